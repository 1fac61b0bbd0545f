"""Find the words that report speech: said, according to, declined to comment."""

from collections.abc import Sequence
from dataclasses import dataclass

from sourcemark.attribution.lexicon import Match

STRONG = frozenset({"attribution", "claim", "no_comment", "speech"})
"""Kinds whose cues report speech by themselves; the others only lean that way."""

_WEAK = frozenset({"document", "hedge", "perception"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence, as half-open token indices of its block."""

    start: int
    end: int
    kind: str
    lemma: str
    quoted: bool
    """Whether it stands inside a quotation, so that somebody else reports it."""
    withholds: bool = False
    """Whether it is part of words that hold a name back: "people briefed on the talks said"."""


def find_cues(matches: Sequence[Match], quoted: Sequence[bool]) -> list[Cue]:
    """Return the cues among a block's word-list matches, in order.

    `quoted` tells of each token of the block whether it stands inside a quotation.
    """
    withheld = {i for m in matches if m.entry.list == "anonymity" for i in range(m.start, m.end)}
    return [
        Cue(m.start, m.end, m.entry.kind, m.entry.lemma, quoted[m.start], m.start in withheld)
        for m in matches
        if m.entry.list == "cues"
    ]


def main_cue(cues: Sequence[Cue]) -> Cue | None:
    """Return the cue that most likely carries the sentence's outermost attribution.

    A cue outside quotations beats one inside, a strong kind beats a weak one, the first beats the rest.
    """
    outside = [cue for cue in cues if not cue.quoted]
    return min(outside, key=_weight, default=None)


def _weight(cue: Cue) -> tuple[int, int]:
    if cue.kind in STRONG:
        # "in a statement, she said": the verb has the subject
        second = cue.withholds or (cue.lemma.startswith("in ") and cue.kind == "attribution")
        return int(second), cue.start
    return (3 if cue.kind in _WEAK else 2), cue.start
