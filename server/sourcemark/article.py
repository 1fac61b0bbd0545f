"""What an article is to the rest of the package: plain data, offsets into the reader's own text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from msgspec import Struct

TOO_LONG: Final = "too-long"
NOT_ENGLISH: Final = "not-english"
DEADLINE: Final = "deadline"
SKIP_REASONS: Final = (TOO_LONG, NOT_ENGLISH, DEADLINE)
"""Why a block can be left out."""


class Span(Struct, frozen=True, gc=False):
    """A half-open stretch `[start, end)` of one block's text, in code points."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was sent: its blocks (paragraphs) in order, each an exact text."""

    blocks: tuple[str, ...]
    title: str | None = None

    def text(self, span: Span) -> str:
        """Return the slice of the block that `span` points to."""
        return self.blocks[span.block][span.start : span.end]


class Speaker(Struct, frozen=True, gc=False):
    """Who stands behind a sentence, as the article names them."""

    name: str
    named: bool
    """False where the article gives a description ("a military source") and no name."""


class Evidence(Struct, frozen=True, gc=False):
    """A stretch of text that led to a label: a `source` mention or a `cue` such as "said"."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """One sentence with its label. `label` is None unless `state` is "labelled"."""

    span: Span
    label: str | None
    state: str
    scores: Mapping[str, float]
    """Calibrated probabilities by score id; they sum to 1."""
    speaker: Speaker | None
    evidence: tuple[Evidence, ...]
    reason: str

    @property
    def block(self) -> int:
        """Index of the block the sentence stands in."""
        return self.span.block

    @property
    def start(self) -> int:
        """First code point of the sentence in its block."""
        return self.span.start

    @property
    def end(self) -> int:
        """Code point after the sentence's last one."""
        return self.span.end


@dataclass(frozen=True, slots=True)
class SkippedBlock:
    """A block that was not labelled, and why: one of `SKIP_REASONS`."""

    block: int
    reason: str


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """Every sentence of every block, once and in order, and the blocks that were left out."""

    sentences: tuple[LabelledSentence, ...]
    skipped: tuple[SkippedBlock, ...] = ()
