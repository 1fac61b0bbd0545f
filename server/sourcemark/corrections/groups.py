"""Corrections of one sentence put together: who agrees, who does not. Nothing is averaged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sourcemark.corrections.tables import Correction
from sourcemark.labels import NONE


@dataclass(frozen=True, slots=True)
class Proposal:
    """One label for one sentence, and everybody who proposes it, each once."""

    label: str
    """Label id, or `none`."""
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A sentence that somebody corrected, with every label that is proposed for it."""

    digest: str
    proposals: tuple[Proposal, ...]

    @property
    def sentence(self) -> str:
        """The sentence, as somebody gave it."""
        return self.proposals[0].corrections[-1].sentence

    @property
    def is_contested(self) -> bool:
        """Whether different labels are proposed."""
        return len(self.proposals) > 1


def by_sentence(corrections: Iterable[Correction]) -> Iterator[Disputed]:
    """Put together the corrections of each sentence, which come one after the other; the latest day last."""
    for digest, same in groupby(corrections, lambda each: each.digest):
        # by our own order: databases differ in where they put null
        ordered = sorted(same, key=lambda each: (proposed(each), each.day, each.id))
        proposals = [Proposal(label, tuple(those)) for label, those in groupby(ordered, proposed)]
        yield Disputed(digest, tuple(proposals))


def proposed(correction: Correction) -> str:
    """Return the label that a correction proposes, or `none`."""
    return correction.proposed or NONE


def given(correction: Correction) -> str:
    """Return the label that was given, or the state of a sentence that had none."""
    return correction.given or correction.given_state
