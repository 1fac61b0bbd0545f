"""Find the words that name a source: the subject of a cue, or what follows "according to"."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from sourcemark.attribution.cues import Cue
from sourcemark.attribution.function_words import (
    AFTER_NOUN,
    BEFORE_SOURCE,
    CALENDAR,
    CLAUSE,
    DETERMINERS,
    NUMBERS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
)
from sourcemark.attribution.phrases import BREAKS, is_inverted, left_phrase, right_phrase, up_to_clause
from sourcemark.text.tokens import Token

_ENDS_CORE = PREPOSITIONS | AFTER_NOUN
_NOT_IN_NAMES = DETERMINERS | NUMBERS | CALENDAR | PRONOUNS | CLAUSE | PREPOSITIONS


@dataclass(frozen=True, slots=True)
class Mention:
    """A source mention, as half-open token indices of its block.

    `start` to `end` is the whole phrase with its appositions ("Jane Hollis, 34, who lives next door"),
    `core_end` closes the noun phrase that heads it ("Jane Hollis").
    """

    start: int
    core_end: int
    end: int
    form: str
    """`name`, `noun` or `pronoun`."""
    name: tuple[str, ...]
    """The capitalised words that close the noun phrase, titles included; empty for a noun or pronoun."""
    head: str
    """The last word of the core, lower case."""
    determiner: str
    """`definite`, `indefinite`, `number`, `possessive` or `bare`."""


def find_mention(
    tokens: Sequence[Token], cue: Cue, first: int, last: int, common_nouns: Set[str] = frozenset()
) -> Mention | None:
    """Return the source that a cue speaks for, or None.

    `first` and `last` are the half-open token range of the sentence that holds the cue. No parser: the
    subject is looked for to the left of the cue, to its right after "according to" and where the verb is
    inverted ("…,” said Jane Hollis"). `common_nouns` are words that are no name though a sentence starts
    with them ("Police said").
    """
    source_follows = cue.kind == "attribution" and tokens[cue.end - 1].lower in BEFORE_SOURCE
    if source_follows and cue.start == first:
        start, end = up_to_clause(tokens, *right_phrase(tokens, cue.end, last))
    elif source_follows or is_inverted(tokens, cue, first, last, common_nouns):
        start, end = right_phrase(tokens, cue.end, last)
    else:
        start, end = left_phrase(tokens, cue.start, first)
    return _mention(tokens, start, end, common_nouns)


def _mention(tokens: Sequence[Token], start: int, end: int, common_nouns: Set[str]) -> Mention | None:
    while start < end and not tokens[start].is_word:
        start += 1
    if start >= end:
        return None
    core_end = start + 1
    while core_end < end and not _ends_core(tokens, core_end, common_nouns):
        core_end += 1
    core = tokens[start:core_end]
    head = core[-1].lower
    if len(core) == 1 and head in PRONOUNS and not core[0].is_acronym:
        return Mention(start, core_end, end, "pronoun", (), head, "bare")
    if (named_end := _end_of_apposed_name(tokens, core_end, end)) is not None:
        core_end, core = named_end, tokens[start:named_end]
    name = _name(core)
    if len(name) == 1 and name[0].lower() in common_nouns:
        name = ()
    return Mention(start, core_end, end, "name" if name else "noun", name, head, _determiner(core))


def _end_of_apposed_name(tokens: Sequence[Token], comma: int, end: int) -> int | None:
    """Return where the name ends in "another witness, Tom Reed", whose core ends at `comma`, or None."""
    if comma >= end or tokens[comma].text != "," or _in_name(tokens[comma - 1]):
        return None
    stop = comma + 1
    while stop < end and _in_name(tokens[stop]):
        stop += 1
    whole = stop == end or tokens[stop].text == ","
    return stop if whole and stop - comma > 2 else None


def _ends_core(tokens: Sequence[Token], index: int, common_nouns: Set[str]) -> bool:
    token = tokens[index]
    if token.text in BREAKS or token.text == ",":
        return True
    if _in_name(tokens[index - 1]) and token.is_word and not token.capitalised:
        # "Hollis opened": a verb ends the name, "Hollis aides" goes on
        return token.lower not in common_nouns and token.lower not in PARTICLES
    if token.lower.endswith(("ed", "ing")) and tokens[index - 1].lower in common_nouns:
        # "residents evacuated from the block", "parents waiting outside"
        return True
    return token.lower in _ENDS_CORE and not token.is_acronym


def _name(core: Sequence[Token]) -> tuple[str, ...]:
    """Return the run of capitalised words that closes a noun phrase: "A Western diplomat" has none."""
    end = len(core)
    start = end
    while start > 0 and (_in_name(core[start - 1]) or (start > 1 and core[start - 1].lower in PARTICLES)):
        start -= 1
    return tuple(token.text for token in core[start:end])


def _in_name(token: Token) -> bool:
    return token.is_acronym or (token.capitalised and token.lower not in _NOT_IN_NAMES)


def _determiner(core: Sequence[Token]) -> str:
    first = core[0].lower
    if first in ("the", "this", "that", "these", "those"):
        return "definite"
    if first in ("a", "an", "another", "some", "any"):
        return "indefinite"
    if first in NUMBERS or first.isdigit():
        return "number"
    if first in DETERMINERS:
        return "possessive"
    return "bare"
