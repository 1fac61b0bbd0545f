"""The word lists of `seeds/lexicons`, and finding their entries in a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
import re
from types import MappingProxyType

from sourcemark.attribution.function_words import CLAUSE, DETERMINERS, PREPOSITIONS
from sourcemark.resources import rows
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

TITLES = frozenset({"roles", "titles"})
"""Lists of what stands before a name: "Foreign Minister", "Mrs"."""

# last words of entries such as "counsel for" and "people who were"
_NO_NOUNS = PREPOSITIONS | CLAUSE | DETERMINERS
_NOUN_LISTS = frozenset({"documents", "media", "organisations", "roles"})
_PROPER_KINDS = frozenset({"acronym", "outlet", "place"})
_PLAIN = re.compile(r"[a-z ]+")
_WORD_START = re.compile(r"(?<![^\s.])[^\W\d_]")


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
    """All word lists, by phrase."""

    entries: Mapping[tuple[str, ...], Sequence[Entry]]
    lengths: Mapping[str, Sequence[int]]
    """How many words the phrases have that start with a word, longest first."""
    openings: frozenset[tuple[str, ...]]
    """The first two words of every phrase that has more than one."""
    common_nouns: frozenset[str]
    """Words that describe a source and name none, even where a sentence starts with them."""

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return the entries found in `tokens`: the longest of each list at each place, in order."""
        matches = []
        words = [token.lower for token in tokens]
        taken = dict.fromkeys(LISTS, 0)
        for start, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False)):
            lengths = self.lengths.get(word)
            if lengths is None:
                continue
            if (word, following) not in self.openings:
                # no phrase goes on with the next word
                lengths = (1,) if lengths[-1] == 1 else ()
            for length in lengths:
                end = start + length
                for entry in self.entries.get(tuple(words[start:end]), ()):
                    # a slice cut short by the end of the text equals no phrase of `length` words
                    if start >= taken[entry.list] and end <= len(words) and entry.allows(tokens[start]):
                        matches.append(Match(start, end, entry))
                        taken[entry.list] = end
        return matches


@cache
def load_lexicon() -> Lexicon:
    """Read the word lists that belong to this installation."""
    entries: dict[tuple[str, ...], list[Entry]] = {}
    lengths: dict[str, set[int]] = {}
    common_nouns = set()
    for name in LISTS:
        for word, kind, *rest in rows(f"lexicons/{name}.csv"):
            phrase = _phrase(word)
            entry = Entry(name, kind, rest[0] if rest else word)
            entries.setdefault(phrase, []).append(entry)
            lengths.setdefault(phrase[0], set()).add(len(phrase))
            if name in _NOUN_LISTS and kind not in _PROPER_KINDS:
                common_nouns.add(phrase[-1])
    # longest first, so that `find` meets "coast guard spokesman" before "coast guard"
    return Lexicon(
        MappingProxyType({phrase: tuple(found) for phrase, found in entries.items()}),
        MappingProxyType({first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()}),
        frozenset(phrase[:2] for phrase in entries if len(phrase) > 1),
        frozenset(common_nouns - _NO_NOUNS),
    )


def _phrase(word: str) -> tuple[str, ...]:
    """Return the tokens of an entry as a text has them: "u.s." and "sen." keep their stops there."""
    if _PLAIN.fullmatch(word):
        return tuple(word.split())
    written = _WORD_START.sub(lambda letter: letter.group().upper(), word)
    return tuple(token.lower for token in tokenize(written))
