"""The word lists of `seeds/lexicons`, and finding their entries in a text."""

from collections.abc import Sequence
import csv
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sourcemark.resources import folder
from sourcemark.text.tokens import Token, tokenize

LISTS = (
    "anonymity",
    "cues",
    "documents",
    "first_hand",
    "media",
    "names",
    "organisations",
    "roles",
    "titles",
)

_NOUN_LISTS = frozenset({"documents", "media", "organisations", "roles"})
_PROPER_KINDS = frozenset({"acronym", "outlet", "place"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a word list: the list's name and the kind that it gives to a word or phrase."""

    list: str
    kind: str
    lemma: str

    def allows(self, token: Token) -> bool:
        """Whether a phrase of this entry may start with `token`: "us" is not "US", "mark" is no name."""
        if self.kind == "acronym":
            return token.text.isupper()
        return token.capitalised or not (self.kind in _PROPER_KINDS or self.list == "names")


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in a text, as half-open token indices."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, indexed by the first word of each entry."""

    phrases: MappingProxyType[str, tuple[tuple[tuple[str, ...], Entry], ...]]
    common_nouns: frozenset[str]
    """Words that describe a source and name none, even where a sentence starts with them."""

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return the entries found in `tokens`: the longest of each list at each place, in order."""
        matches = []
        words = [token.lower for token in tokens]
        taken = dict.fromkeys(LISTS, 0)
        for start, word in enumerate(words):
            for phrase, entry in self.phrases.get(word, ()):
                end = start + len(phrase)
                if (
                    start >= taken[entry.list]
                    and tuple(words[start:end]) == phrase
                    and entry.allows(tokens[start])
                ):
                    matches.append(Match(start, end, entry))
                    taken[entry.list] = end
        return matches


@cache
def load_lexicon() -> Lexicon:
    """Read the word lists that belong to this installation."""
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    common_nouns = set()
    for name in LISTS:
        with (folder("seeds") / "lexicons" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for word, kind, *rest in rows:
                phrase = tuple(token.lower for token in tokenize(word))
                entry = Entry(name, kind, rest[0] if rest else word)
                phrases.setdefault(phrase[0], []).append((phrase, entry))
                if name in _NOUN_LISTS and kind not in _PROPER_KINDS:
                    common_nouns.add(phrase[-1])
    # longest first, so that `find` meets "coast guard spokesman" before "coast guard"
    return Lexicon(
        MappingProxyType({first: tuple(sorted(rest, key=_longest_first)) for first, rest in phrases.items()}),
        frozenset(common_nouns),
    )


def _longest_first(item: tuple[tuple[str, ...], Entry]) -> tuple[int, str]:
    phrase, entry = item
    return -len(phrase), entry.list
