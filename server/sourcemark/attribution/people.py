"""Find the people that an article's narration names, speaking or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from sourcemark.attribution.lexicon import Match
from sourcemark.attribution.ranges import starting_within
from sourcemark.text.tokens import Token

_NOT_PEOPLE = frozenset({"documents", "media", "organisations"})
_MALE_TITLES = frozenset({"mr", "mr.", "sir", "lord", "king", "prince"})
_FEMALE_TITLES = frozenset({"mrs", "mrs.", "ms", "ms.", "miss", "dame", "lady", "queen", "princess"})
_COURTESY_TITLES = _MALE_TITLES | _FEMALE_TITLES


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person's name outside quotations, as half-open token indices of its block."""

    start: int
    end: int


def find_people(
    tokens: Sequence[Token], quoted: Sequence[bool], matches: Sequence[Match]
) -> list[NamedPerson]:
    """Return the runs of capitalised words of a block that name a person, in order.

    A run counts with two words at least, or after a courtesy title, when no word list knows part of it as
    a body, an outlet or a place.
    """
    other = {i for m in matches if m.entry.list in _NOT_PEOPLE for i in range(m.start, m.end)}
    given = {m.start for m in matches if m.entry.list == "names"}
    people = []
    index = 0
    while index < len(tokens):
        start = end = index
        while end < len(tokens) and tokens[end].capitalised and not quoted[end] and end not in other:
            end += 1
        index = max(end, index + 1)
        if start < end and tokens[start].lower in _COURTESY_TITLES:
            if end - start > 1:
                people.append(NamedPerson(start + 1, end))
            continue
        # a sentence's first word is capitalised anyway: "Yesterday Hollis" is no name
        opens_sentence = start == 0 or not tokens[start - 1].is_word
        if end - start > 2 or (end - start == 2 and (start in given or not opens_sentence)):
            people.append(NamedPerson(start, end))
    return people


def gender_of(tokens: Sequence[Token], matches: Sequence[Match], start: int, end: int) -> str | None:
    """Return `he` or `she` where a title or a given name within `start` to `end` tells, else None."""
    words = {token.lower for token in tokens[max(0, start - 1) : end]}
    if words & _MALE_TITLES:
        return "he"
    if words & _FEMALE_TITLES:
        return "she"
    kinds = (m.entry.kind for m in starting_within(matches, start, end) if m.entry.list == "names")
    return next(kinds, None)
