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
    SUBJECTS,
    TIMES,
)
from sourcemark.attribution.openings import is_adverb, is_break, without_lead, without_preamble
from sourcemark.text.tokens import Token

_LONGEST_PHRASE = 30
_LONGEST_INVERTED = 8
_OPENS_CLAUSE = frozenset("who which whose".split())
_OPENS_APPOSITION = frozenset("a an who whose".split())
_ASIDES = {")": "(", "]": "[", "-": "-", "–": "–", "—": "—"}
_NEVER_INVERTED = PRONOUNS | PREPOSITIONS | CALENDAR | {"to", "there"}
_ENDS_QUOTATION = frozenset(["”", '"', "''"])


def left_phrase(tokens: Sequence[Token], cue_start: int, first: int, nouns: Set[str]) -> tuple[int, int]:
    """Return the phrase to the left of a verb: up to the mark or the word that ends the subject."""
    end = _before_verb(tokens, cue_start, first)
    if end > first and tokens[end - 1].lower in ("who", "which") and not tokens[end - 1].is_acronym:
        # "officials who spoke": the antecedent is the source
        end -= 1
        if end > first and tokens[end - 1].text == ",":
            end -= 1
    if end > first and (opening := _ASIDES.get(tokens[end - 1].text)) is not None:
        # "Hollis (34) said", "his old friend - Tom Reed - said"
        end = next((i for i in range(end - 2, first - 1, -1) if tokens[i].text == opening), end - 1)
    elif end > first and tokens[end - 1].text == ",":
        # an apposition stands between subject and verb: "Hollis, 34, said"
        start = end - 1
        while start > first and not is_break(tokens, start - 1):
            start -= 1
        return without_preamble(tokens, *_last_clause(tokens, start, end - 1))
    if end > first and tokens[end - 1].lower in SUBJECTS and not tokens[end - 1].is_acronym:
        # "the loopholes he cited"
        return end - 1, end
    start = end
    while start > first and (step := _step_left(tokens, start - 1, first, nouns)):
        start -= step
    return without_lead(tokens, start, end), end


def _last_clause(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Drop what has a verb of its own: "The bridge is shut, his spokesman, Tom Reed, said"."""
    stop, finite = end, False
    for index in range(end - 1, start - 1, -1):
        finite = finite or (tokens[index].lower in FINITE and not tokens[index].capitalised)
        if tokens[index].text != "," and index > start:
            continue
        opening = index + (tokens[index].text == ",")
        if finite and stop < end and tokens[opening].lower not in _OPENS_CLAUSE:
            return stop + 1, end
        stop, finite = index, False
    return start, end


def _before_verb(tokens: Sequence[Token], cue_start: int, first: int) -> int:
    """Return where the subject ends, before "has now" and "on Tuesday"."""
    end = cue_start
    while end > first:
        word = tokens[end - 1]
        if (
            word.lower in CALENDAR
            or (word.lower in TIMES and not word.capitalised)
            or (not word.capitalised and (word.lower in BEFORE_VERB or is_adverb(word)))
            or (word.lower in ("on", "at", "in") and end < cue_start and tokens[end].lower in CALENDAR)
        ):
            end -= 1
        else:
            break
    return end


def antecedent(tokens: Sequence[Token], cue_start: int, first: int) -> tuple[int, int] | None:
    """Return the noun phrase right before "who said": "reviled by Republicans who say …", or None."""
    end = _before_verb(tokens, cue_start, first)
    if end - 1 <= first or tokens[end - 1].lower != "who" or tokens[end - 1].is_acronym:
        return None
    end -= 1
    start = end
    while start > first and tokens[start - 1].is_word and tokens[start - 1].lower not in PREPOSITIONS:
        start -= 1
    return start, end


def _step_left(tokens: Sequence[Token], index: int, first: int, nouns: Set[str]) -> int:
    """Return how many tokens to the left the subject goes on: none where it ends."""
    if tokens[index].lower in FINITE and index > first and tokens[index - 1].lower in ("who", "which"):
        # "officials who were there said": a clause inside the subject
        return 2
    return 0 if _ends_subject(tokens, index, first, nouns) else 1


def _ends_subject(tokens: Sequence[Token], index: int, first: int, nouns: Set[str]) -> bool:
    token = tokens[index]
    if is_break(tokens, index) or token.text == ",":
        return True
    if token.lower == "and" and index > first:
        # "Hollis and Green said" is one subject, "the car stopped and police said" is not
        before, after = tokens[index - 1], tokens[index + 1]
        return not (before.capitalised and after.capitalised) and not (
            before.lower in nouns and (after.lower in nouns or after.lower == "other")
        )
    # a verb of its own belongs to another clause
    return (token.lower in CLAUSE and not token.is_acronym) or token.lower in FINITE


def right_phrase(tokens: Sequence[Token], start: int, last: int) -> tuple[int, int]:
    """Return the phrase that starts at `start`, up to a break or another clause."""
    end = start
    while end < min(last, start + _LONGEST_PHRASE):
        token = tokens[end]
        if is_break(tokens, end) or (token.lower in CLAUSE and token.lower not in ("who", "and", "whose")):
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
    comma = next(
        (i for i in range(start, end) if tokens[i].text == "," or tokens[i].lower in _OPENS_CLAUSE), end
    )
    chunk = tokens[start:comma]
    if any(token.lower in FINITE for token in chunk):
        return False
    if all(token.lower in TIMES or is_adverb(token) for token in tokens[first:before]):
        # "Meanwhile, says Hollis, the lights were off"
        return comma < end and cue.lemma == "say"
    if after_quotation or (before > first and tokens[before - 1].text in _ENDS_QUOTATION):
        return True
    # "…, said the mayor." ends a sentence, "Hollis, 34, said the wall fell" does not
    names_source = any(token.capitalised or token.lower in common_nouns for token in chunk)
    clause = next((i for i in range(start, end) if tokens[i].lower in _OPENS_CLAUSE), end)
    narrated = any(token.lower in FINITE for token in tokens[start:clause])
    closes = end >= last - 1 or tokens[end].text == "."
    return cue.lemma == "say" and not narrated and names_source and closes and len(chunk) <= _LONGEST_INVERTED
