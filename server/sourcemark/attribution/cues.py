"""Find the words that report speech: said, according to, declined to comment."""

from collections.abc import Sequence
from dataclasses import dataclass

from sourcemark.attribution.lexicon import Match
from sourcemark.text.tokens import Token

STRONG = frozenset({"attribution", "claim", "no_comment", "speech"})
"""Kinds whose cues report speech by themselves; the others only lean that way."""

_WEAK = frozenset({"channel", "document", "feeling", "hedge", "passive", "perception"})


@dataclass(frozen=True, slots=True)
class Cue:
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
            match.start in withheld or _has_no_subject(tokens[match.start], match),
        )
        for match in matches
        if match.entry.list == "cues"
    ]


def _has_no_subject(word: Token, match: Match) -> bool:
    if match.entry.kind == "attribution" and match.entry.lemma.startswith("in "):
        return True
    return word.lower.endswith("ing") and word.lower not in ("according", "citing")


def main_cue(cues: Sequence[Cue]) -> Cue | None:
    """Return the cue that most likely carries the sentence's outermost attribution.

    A cue outside quotations beats one inside, a strong kind beats a weak one, the first beats the rest.
    """
    outside = [cue for cue in cues if not cue.quoted]
    return min(outside, key=_weight, default=None)


def _weight(cue: Cue) -> tuple[int, bool, int]:
    kind = 0 if cue.kind in STRONG else 2 if cue.kind in _WEAK else 1
    return kind, cue.second, cue.start
