"""Find the stretch of words beside a cue that holds its source."""

from collections.abc import Sequence, Set

from sourcemark.attribution.cues import Cue
from sourcemark.attribution.function_words import (
    BEFORE_VERB,
    CALENDAR,
    CLAUSE,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
)
from sourcemark.text.tokens import Token

BREAKS = frozenset(["“", "”", '"', "''", "``", ";", ":", "—", "–", "(", ")", ".", "?", "!"])
"""Marks that no noun phrase crosses."""
_LONGEST_PHRASE = 30
_LONGEST_INVERTED = 8
_OPENS_APPOSITION = frozenset("a an who whose".split())
_LEADS = PREPOSITIONS | CALENDAR | CLAUSE
_NEVER_INVERTED = PRONOUNS | PREPOSITIONS | CALENDAR | {"to", "there"}
_ENDS_QUOTATION = frozenset(["”", '"', "''"])


def left_phrase(tokens: Sequence[Token], cue_start: int, first: int) -> tuple[int, int]:
    """Return the phrase to the left of a verb: up to the mark or the word that ends the subject."""
    end = cue_start
    while end > first and (tokens[end - 1].lower in BEFORE_VERB or tokens[end - 1].lower.endswith("ly")):
        end -= 1
    if end > first and tokens[end - 1].lower in ("who", "which") and not tokens[end - 1].is_acronym:
        # "officials who spoke": the antecedent is the source
        end -= 1
        if end > first and tokens[end - 1].text == ",":
            end -= 1
    if end > first and tokens[end - 1].text == ")":
        # "Hollis (34) said"
        opening = next((i for i in range(end - 1, first - 1, -1) if tokens[i].text == "("), end - 1)
        end = max(first, opening)
    elif end > first and tokens[end - 1].text == ",":
        # an apposition stands between subject and verb: "Hollis, 34, said"
        start = end - 1
        while start > first and tokens[start - 1].text not in BREAKS:
            start -= 1
        return _without_preamble(tokens, start, end - 1)
    start = end
    while start > first and (step := _step_left(tokens, start - 1, first)):
        start -= step
    return _without_lead(tokens, start, end), end


def _step_left(tokens: Sequence[Token], index: int, first: int) -> int:
    """Return how many tokens to the left the subject goes on: none where it ends."""
    if tokens[index].lower in FINITE and index > first and tokens[index - 1].lower in ("who", "which"):
        # "officials who were there said": a clause inside the subject
        return 2
    return 0 if _ends_subject(tokens, index, first) else 1


def _ends_subject(tokens: Sequence[Token], index: int, first: int) -> bool:
    token = tokens[index]
    if token.text in BREAKS or token.text == ",":
        return True
    if token.lower == "and" and index > first:
        # "Hollis and Green said" is one subject, "the car stopped and police said" is not
        return not (tokens[index - 1].capitalised and tokens[index + 1].capitalised)
    # a verb of its own belongs to another clause
    return (token.lower in CLAUSE and not token.is_acronym) or token.lower in FINITE


def _without_preamble(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Drop leading chunks such as "In a statement," so that the phrase starts with its noun."""
    while start < end and tokens[start].lower in _LEADS:
        comma = next((i for i in range(start, end) if tokens[i].text == ","), None)
        if comma is None:
            return _without_lead(tokens, start, end), end
        start = comma + 1
    return start, end


def _without_lead(tokens: Sequence[Token], start: int, end: int) -> int:
    """Drop a leading "On Tuesday" or a conjunction left at the start of a sentence."""
    while start < end - 1 and tokens[start].lower in _LEADS:
        start += 1
    return start


def right_phrase(tokens: Sequence[Token], start: int, last: int) -> tuple[int, int]:
    """Return the phrase that starts at `start`, up to a break or another clause."""
    end = start
    while end < min(last, start + _LONGEST_PHRASE):
        token = tokens[end]
        if token.text in BREAKS or (token.lower in CLAUSE and token.lower not in ("who", "and", "whose")):
            break
        end += 1
    while end > start and not tokens[end - 1].is_word:
        end -= 1
    return start, end


def up_to_clause(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Cut "two officials, the bridge was closed" at its comma, and leave "Hollis, 34, a neighbour" whole."""
    for index in range(start, end - 1):
        following = tokens[index + 1]
        if tokens[index].text == "," and not (
            following.lower in _OPENS_APPOSITION or following.text.isdigit()
        ):
            return start, index
    return start, end


def is_inverted(tokens: Sequence[Token], cue: Cue, first: int, last: int, common_nouns: Set[str]) -> bool:
    """Whether the subject follows its verb: "…,” said Jane Hollis"."""
    start, end = right_phrase(tokens, cue.end, last)
    if start == end or not tokens[start].is_word or cue.end - cue.start > 1:
        return False
    if tokens[start].lower in _NEVER_INVERTED:
        return False
    before = cue.start - 1
    if before < first:
        return False
    after_quotation = tokens[before].text in _ENDS_QUOTATION or tokens[before].text in ("’", "'")
    after_comma = tokens[before].text == ","
    if not (after_quotation or after_comma):
        return False
    comma = next((i for i in range(start, end) if tokens[i].text == ","), end)
    chunk = tokens[start:comma]
    if any(token.lower in FINITE for token in chunk):
        return False
    if after_quotation or (before > first and tokens[before - 1].text in _ENDS_QUOTATION):
        return True
    # "…, said the mayor." ends a sentence, "Hollis, 34, said the wall fell" does not
    names_source = any(token.capitalised or token.lower in common_nouns for token in chunk)
    return cue.lemma == "say" and names_source and end >= last - 1 and len(chunk) <= _LONGEST_INVERTED
