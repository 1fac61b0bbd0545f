"""Corrections as lines of a corpus that `sourcemark train` reads: one for each sentence and label proposed.

The neighbours stand beside the sentence and are not annotated. Whoever gave it is a number.
"""

from collections.abc import Iterable, Iterator
import hashlib
from typing import Final

import msgspec

from sourcemark.corrections.groups import Disputed, Proposal, by_sentence
from sourcemark.corrections.tables import Correction

_DIGITS: Final = 16
"""Of a digest that are written."""


class Sentence(msgspec.Struct, frozen=True):
    """The corrected sentence: a whole paragraph, `[0, end)` in code points."""

    paragraph: int
    start: int
    end: int
    label: str
    speaker: None
    doubtful: bool
    """Whether somebody else proposes another label."""


class WasGiven(msgspec.Struct, frozen=True):
    """What the tool said of the sentence, and which model."""

    label: str | None
    state: str
    model: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One article of the corpus: a sentence with its neighbours, each a paragraph."""

    id: str
    corpus: str = "corrections"
    outlet: str = ""
    sampling: str = "correction"
    title: None = None
    paragraphs: list[str]
    sentences: list[Sentence]
    correction: bool = True
    sentence_digest: str
    """The same in the lines of one sentence."""
    given: list[WasGiven]
    contributors: int
    """How many propose this label for this sentence."""
    contributor_numbers: list[int]
    contested: bool
    """Whether another line proposes another label for the same sentence."""


def lines(corrections: Iterable[Correction]) -> Iterator[Line]:
    """Yield a line for each sentence and label proposed; those of one sentence come one after the other.

    `corrections` come as `Store.corrections` yields them.
    """
    for disputed in by_sentence(corrections):
        for proposal in disputed.proposals:
            yield _line(disputed, proposal)


def encoded(line: Line) -> bytes:
    """Return a line as JSON in UTF-8, with its end."""
    return msgspec.json.encode(line) + b"\n"


def _line(disputed: Disputed, proposal: Proposal) -> Line:
    latest = proposal.corrections[-1]
    before = [latest.before] if latest.before is not None else []
    after = [latest.after] if latest.after is not None else []
    numbers = sorted(each.contributor.number for each in proposal.corrections)
    return Line(
        id=f"correction-{_digest(disputed.digest, proposal.label)}",
        paragraphs=[*before, latest.sentence, *after],
        sentences=[
            Sentence(
                paragraph=len(before),
                start=0,
                end=len(latest.sentence),
                label=proposal.label,
                speaker=None,
                doubtful=disputed.is_contested,
            )
        ],
        sentence_digest=disputed.digest[:_DIGITS],
        given=_given(proposal),
        contributors=len(numbers),
        contributor_numbers=numbers,
        contested=disputed.is_contested,
    )


def _given(proposal: Proposal) -> list[WasGiven]:
    said = {WasGiven(each.given, each.given_state, each.model) for each in proposal.corrections}
    return sorted(said, key=lambda each: (each.label or "", each.state, each.model))


def _digest(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:_DIGITS]
