"""Find what a sentence or a stretch of one starts with, behind "On Tuesday," and the like."""

from collections.abc import Sequence, Set

from sourcemark.attribution.function_words import (
    BEFORE_VERB,
    CALENDAR,
    CLAUSE,
    DETERMINERS,
    FINITE,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
)
from sourcemark.attribution.names import is_abbreviation_point
from sourcemark.text.tokens import Token

_BREAKS = frozenset(["“", "”", '"', "''", "``", ";", ":", "—", "–", "-", "(", ")", ".", "?", "!"])
"""Marks that no noun phrase crosses."""
_LONGEST_PHRASE = 30
_LONGEST_APPOSITION = 12
_LONGEST_DATELINE = 12
_LONGEST_NAME_IN_LY = 6
_MOST_LEADS = 4
_DASHES = frozenset("-–—")
_LEADS = PREPOSITIONS | CALENDAR | CLAUSE
_SINGLE_LEADS = TIMES | {"but", "and", "or", "so", "asked"}


def is_break(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun phrase ends at a mark: not at the full stop of an abbreviation."""
    return tokens[index].text in _BREAKS and not is_abbreviation_point(tokens, index)


def leading_phrase(tokens: Sequence[Token], first: int, stop: int, nouns: Set[str]) -> tuple[int, int]:
    """Return the noun phrase that a sentence starts with, after a dateline or "On Tuesday,"."""
    start = _after_dateline(tokens, first, stop)
    start, end = without_preamble(tokens, start, min(stop, start + _LONGEST_PHRASE))
    if start >= end or not tokens[start].is_word:
        return start, start
    if tokens[start].lower in PRONOUNS:
        return start, start + 1
    cut = start + 1
    while cut < end and not _ends_leading(tokens, cut, nouns):
        cut += 1
    if cut < end and tokens[cut].text == ",":
        closing = next(
            (i for i in range(cut + 1, min(end, cut + _LONGEST_APPOSITION)) if tokens[i].text == ","), cut
        )
        return start, closing
    return start, cut


def _after_dateline(tokens: Sequence[Token], first: int, stop: int) -> int:
    """Return where the text starts behind "GALWAY (Gannet) -"."""
    for index in range(first + 1, min(stop, first + _LONGEST_DATELINE)):
        if tokens[index].text in _DASHES and tokens[first].is_acronym:
            return index + 1
    return first


def _ends_leading(tokens: Sequence[Token], index: int, nouns: Set[str]) -> bool:
    token, before = tokens[index], tokens[index - 1]
    if is_break(tokens, index) or token.text == "," or token.lower in FINITE or token.lower in BEFORE_VERB:
        return token.lower != "'s"
    if before.capitalised and before.lower not in DETERMINERS and token.is_word and not token.capitalised:
        # "Jane Hollis met", but "Republican presidential nominee"
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        return token.lower not in nouns and token.lower not in PARTICLES and following not in nouns
    if before.lower in nouns and not before.capitalised:
        # "the company forecast a jump"
        return token.lower not in nouns and not token.capitalised and token.lower not in PREPOSITIONS
    return token.lower in CLAUSE and not token.is_acronym


def without_preamble(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Drop leading chunks such as "In a statement," so that the phrase starts with its noun."""
    for _ in range(_MOST_LEADS):
        while start < end - 1 and (tokens[start].lower in _SINGLE_LEADS or tokens[start].text == ","):
            start += 1
        if start >= end or not _opens_preamble(tokens[start]):
            break
        comma = next((i for i in range(start, end) if tokens[i].text == ","), None)
        if comma is None:
            return without_lead(tokens, start, end), end
        start = comma + 1
    return start, end


def _opens_preamble(token: Token) -> bool:
    return (token.lower in _LEADS and not token.is_acronym) or token.lower.endswith("ing") or is_adverb(token)


def is_adverb(token: Token) -> bool:
    """Whether a word looks like "repeatedly"; Kelly and Emily are people."""
    return token.lower.endswith("ly") and (not token.capitalised or len(token.text) > _LONGEST_NAME_IN_LY)


def without_lead(tokens: Sequence[Token], start: int, end: int) -> int:
    """Drop a leading "On Tuesday" or "Meanwhile", or a conjunction left at the start of a sentence."""
    while start < end - 1 and (tokens[start].lower in _LEADS or tokens[start].lower in TIMES):
        start += 1
    return start
