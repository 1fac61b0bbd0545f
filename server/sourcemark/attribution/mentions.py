"""Find the words that name a source: the subject of a cue, or what follows "according to"."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from sourcemark.attribution.cues import Cue
from sourcemark.attribution.function_words import (
    BEFORE_SOURCE,
    BEFORE_VERB,
    CALENDAR,
    CLAUSE,
    DETERMINERS,
    FINITE,
    NUMBERS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
)
from sourcemark.text.tokens import Token

_BREAKS = frozenset(["“", "”", '"', "''", "``", ";", ":", "—", "–", "(", ")", ".", "?", "!"])
_LONGEST_PHRASE = 30


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
    """The words of the name, without titles and roles; empty for a noun or pronoun."""
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
    if source_follows or _is_inverted(tokens, cue, first, last):
        start, end = _right_phrase(tokens, cue.end, last)
    else:
        start, end = _left_phrase(tokens, cue.start, first)
    return _mention(tokens, start, end, common_nouns)


def _left_phrase(tokens: Sequence[Token], cue_start: int, first: int) -> tuple[int, int]:
    end = cue_start
    while end > first and (tokens[end - 1].lower in BEFORE_VERB or tokens[end - 1].lower.endswith("ly")):
        end -= 1
    if end > first and tokens[end - 1].lower in ("who", "which"):
        # "officials who spoke": the antecedent is the source
        end -= 1
        if end > first and tokens[end - 1].text == ",":
            end -= 1
    if end > first and tokens[end - 1].text in (",", ")"):
        # an apposition stands between subject and verb: "Hollis, 34, said"
        start = end - 1
        while start > first and tokens[start - 1].text not in _BREAKS:
            start -= 1
        return _without_preamble(tokens, start, end - 1)
    start = end
    while start > first and not _ends_subject(tokens, start - 1, first):
        start -= 1
    return _without_lead(tokens, start, end), end


def _ends_subject(tokens: Sequence[Token], index: int, first: int) -> bool:
    token = tokens[index]
    if token.text in _BREAKS or token.text == ",":
        return True
    if token.lower == "and" and index > first:
        # "Hollis and Green said" is one subject, "the car stopped and police said" is not
        return not (tokens[index - 1].capitalised and tokens[index + 1].capitalised)
    # a verb of its own belongs to another clause
    return token.lower in CLAUSE or token.lower in FINITE


def _without_preamble(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Drop leading chunks such as "In a statement," so that the phrase starts with its noun."""
    while start < end and tokens[start].lower in PREPOSITIONS | CALENDAR | CLAUSE:
        comma = next((i for i in range(start, end) if tokens[i].text == ","), None)
        if comma is None:
            return _without_lead(tokens, start, end), end
        start = comma + 1
    return start, end


def _without_lead(tokens: Sequence[Token], start: int, end: int) -> int:
    """Drop a leading "On Tuesday" or a conjunction left at the start of a sentence."""
    while start < end - 1 and tokens[start].lower in PREPOSITIONS | CALENDAR | CLAUSE:
        start += 1
    return start


def _right_phrase(tokens: Sequence[Token], start: int, last: int) -> tuple[int, int]:
    end = start
    while end < min(last, start + _LONGEST_PHRASE):
        token = tokens[end]
        if token.text in _BREAKS or (token.lower in CLAUSE and token.lower not in ("who", "and", "whose")):
            break
        end += 1
    while end > start and not tokens[end - 1].is_word:
        end -= 1
    return start, end


def _is_inverted(tokens: Sequence[Token], cue: Cue, first: int, last: int) -> bool:
    start, end = _right_phrase(tokens, cue.end, last)
    if start == end or not tokens[start].is_word or cue.end - cue.start > 1:
        return False
    if tokens[start].lower in PRONOUNS | PREPOSITIONS | CALENDAR | {"to", "there"}:
        return False
    before = cue.start - 1
    if before < first:
        return False
    after_quotation = tokens[before].text in ("”", '"', "''", "’", "'")
    after_comma = tokens[before].text == ","
    if not (after_quotation or after_comma):
        return False
    chunk = [token.lower for token in tokens[start:end]]
    if "," in chunk:
        chunk = chunk[: chunk.index(",")]
    if any(word in FINITE for word in chunk):
        return False
    follows_quotation = after_quotation or (before > first and tokens[before - 1].text in ("”", '"', "''"))
    return follows_quotation or len(chunk) <= 8


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
    if len(core) == 1 and head in PRONOUNS:
        return Mention(start, core_end, end, "pronoun", (), head, "bare")
    name = _name(core)
    if len(name) == 1 and name[0].lower() in common_nouns:
        name = ()
    return Mention(start, core_end, end, "name" if name else "noun", name, head, _determiner(core))


def _ends_core(tokens: Sequence[Token], index: int, common_nouns: Set[str]) -> bool:
    token = tokens[index]
    if token.text in _BREAKS or token.text == ",":
        return True
    if _in_name(tokens[index - 1]) and token.is_word and not token.capitalised:
        # "Hollis opened": a verb ends the name, "Hollis aides" goes on
        return token.lower not in common_nouns and token.lower not in PARTICLES
    if token.lower.endswith(("ed", "ing")) and tokens[index - 1].lower in common_nouns:
        # "residents evacuated from the block", "parents waiting outside"
        return True
    return token.lower in PREPOSITIONS or token.lower in ("who", "which", "that", "whose", "as")


def _name(core: Sequence[Token]) -> tuple[str, ...]:
    """Return the run of capitalised words that closes a noun phrase: "A Western diplomat" has none."""
    end = len(core)
    start = end
    while start > 0 and (_in_name(core[start - 1]) or (start > 1 and core[start - 1].lower in PARTICLES)):
        start -= 1
    return tuple(token.text for token in core[start:end])


def _in_name(token: Token) -> bool:
    return (
        token.capitalised
        and token.lower not in DETERMINERS | NUMBERS | CALENDAR | PRONOUNS | CLAUSE
        and token.lower not in PREPOSITIONS
    )


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
