"""Find the words that report speech: said, according to, declined to comment."""

from collections.abc import Sequence

from msgspec import Struct

from sourcemark.attribution.function_words import (
    CALENDAR,
    CLAUSE,
    DETERMINERS,
    PREPOSITIONS,
    TIMES,
)
from sourcemark.attribution.lexicon import Match
from sourcemark.text.tokens import Token

STRONG = frozenset({"attribution", "claim", "no_comment", "speech"})
"""Kinds whose cues report speech by themselves; the others only lean that way."""

_WEAK = frozenset({"channel", "document", "feeling", "hedge", "passive", "perception"})

_LONGEST_TAIL = 6
_LONGEST_SUBJECT = 8
_TAIL = TIMES | {"on", "in", "at", "a", "the", "statement", "interview"}


class Cue(Struct, frozen=True, gc=False):
    """A cue in a sentence, as half-open token indices of its block."""

    start: int
    end: int
    kind: str
    lemma: str
    quoted: bool
    """Whether it stands inside a quotation, so that somebody else reports it."""
    second: bool
    """Whether another cue has the subject: "speaking in a statement, people briefed on it said"."""


def find_cues(tokens: Sequence[Token], matches: Sequence[Match], quoted: Sequence[bool]) -> list[Cue]:
    """Return the cues among a block's word-list matches, in order.

    `quoted` tells of each token of the block whether it stands inside a quotation.
    """
    withheld = {i for m in matches if m.entry.list == "anonymity" for i in range(m.start, m.end)}
    return [
        Cue(
            match.start,
            match.end,
            match.entry.kind,
            match.entry.lemma,
            quoted[match.start],
            match.start in withheld or _has_no_subject(tokens, match),
        )
        for match in matches
        if match.entry.list == "cues"
    ]


def _has_no_subject(tokens: Sequence[Token], match: Match) -> bool:
    if match.entry.kind == "attribution" and match.entry.lemma.startswith("in "):
        return True
    word = tokens[match.start].lower
    if word.endswith("ing"):
        return word not in ("according", "citing")
    before = tokens[match.start - 1].lower if match.start > 0 else ""
    # "the alleged attacker", "for alleged involvement"
    return word.endswith("ed") and (before in DETERMINERS or (before in PREPOSITIONS and before != "to"))


def main_cue(cues: Sequence[Cue], tokens: Sequence[Token], last: int) -> Cue | None:
    """Return the cue that most likely carries the sentence's outermost attribution.

    `last` closes the sentence in `tokens`. A cue outside quotations beats one inside; one that closes the
    sentence ("…, police said.") beats what it reports; a strong kind beats a weak one, the first beats the
    rest.
    """
    outside = [cue for cue in cues if not cue.quoted]
    if len(outside) < 2:
        return outside[0] if outside else None
    return min(outside, key=lambda cue: _weight(cue, tokens, last))


def _weight(cue: Cue, tokens: Sequence[Token], last: int) -> tuple[int, bool, int]:
    if cue.kind in STRONG:
        kind = -1 if not cue.second and _frames(cue, tokens, last) else 0
    else:
        kind = 2 if cue.kind in _WEAK else 1
    return kind, cue.second, cue.start


def _frames(cue: Cue, tokens: Sequence[Token], last: int) -> bool:
    """Whether a cue closes the sentence: "The bridge, the thief alleged, is safe, the mayor said."."""
    if cue.lemma != "say" or cue.end - cue.start > 1:
        return False
    after = tokens[cue.end : last]
    tail = len(after) <= _LONGEST_TAIL and all(
        not token.is_word or token.lower in CALENDAR or token.lower in _TAIL for token in after
    )
    before = tokens[max(0, cue.start - _LONGEST_SUBJECT) : cue.start]
    comma = next((i for i in range(len(before) - 1, -1, -1) if not before[i].is_word), None)
    # "…, as the crowd said" reports no whole sentence
    return tail and comma is not None and comma + 1 < len(before) and before[comma + 1].lower not in CLAUSE
