"""The word lists of `seeds/lexicons`, and finding their entries in a text."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
import re
from sys import intern

from msgspec import Struct

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


class Entry(Struct, frozen=True, gc=False):
    """One line of a word list: the list's name and the kind that it gives to a word or phrase."""

    list: str
    kind: str
    lemma: str
    name: str
    """List and kind together, as features are called by them."""

    def allows(self, token: Token) -> bool:
        """Whether a phrase of this entry may start with `token`: "us" is not "US", "mark" is no name."""
        if self.kind == "acronym":
            return token.text.isupper()
        return token.capitalised or not (self.kind in _PROPER_KINDS or self.list == "names")


class Match(Struct, frozen=True, gc=False):
    """An entry found in a text, as half-open token indices."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, by phrase."""

    entries: Mapping[tuple[str, ...], Sequence[Entry]]
    lengths: Mapping[str, Mapping[str, Sequence[int]]]
    """How many words the phrases have that start with two words, longest first.

    By the first and the second; by the first and "" where no phrase goes on with the word that follows.
    """
    common_nouns: frozenset[str]
    """Words that describe a source and name none, even where a sentence starts with them."""

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return the entries found in `tokens`: the longest of each list at each place, in order."""
        matches = []
        words = [token.lower for token in tokens]
        taken = dict.fromkeys(LISTS, 0)
        for start, lengths in enumerate(map(self.lengths.get, words)):
            if lengths is None:
                continue
            following = words[start + 1] if start + 1 < len(words) else ""
            for length in lengths.get(following) or lengths[""]:
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
    common_nouns = set()
    for name in LISTS:
        for word, kind, *rest in rows(f"lexicons/{name}.csv"):
            phrase = _phrase(word)
            entry = Entry(name, kind, rest[0] if rest else word, intern(f"{name}={kind}"))
            entries.setdefault(phrase, []).append(entry)
            if name in _NOUN_LISTS and kind not in _PROPER_KINDS:
                common_nouns.add(phrase[-1])
    return Lexicon(
        {phrase: tuple(found) for phrase, found in entries.items()},
        _lengths(entries),
        frozenset(common_nouns - _NO_NOUNS),
    )


def _lengths(phrases: Collection[tuple[str, ...]]) -> dict[str, dict[str, tuple[int, ...]]]:
    # most words open no phrase, and share what is said of them
    alone: dict[str, tuple[int, ...]] = {"": (1,)}
    words = {phrase[0] for phrase in phrases if len(phrase) == 1}
    lengths = dict.fromkeys(words, alone)
    longer: dict[tuple[str, ...], set[int]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            longer.setdefault(phrase[:2], set()).add(len(phrase))
    for (first, second), found in longer.items():
        own = (1,) if first in words else ()
        if lengths.get(first, alone) is alone:
            lengths[first] = {"": own}
        # longest first, so that `find` meets "coast guard spokesman" before "coast guard"
        lengths[first][second] = (*sorted(found, reverse=True), *own)
    return lengths


def _phrase(word: str) -> tuple[str, ...]:
    """Return the tokens of an entry as a text has them: "u.s." and "sen." keep their stops there."""
    if _PLAIN.fullmatch(word):
        return tuple(word.split())
    written = _WORD_START.sub(lambda letter: letter.group().upper(), word)
    return tuple(token.lower for token in tokenize(written))
