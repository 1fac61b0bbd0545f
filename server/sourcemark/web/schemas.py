"""The wire contract of `/v1`: what is sent and what is answered, and nothing else.

Inside `/v1` fields may be added and never changed or taken away; a request's unknown fields are ignored.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from sourcemark.article import SKIP_REASONS
from sourcemark.labels import LABEL_IDS, SCORE_IDS, STATES

Unit = Literal["utf-16", "code-point"]
"""What offsets count: UTF-16 code units, as JavaScript does, or code points, as Python does."""

BlockId = Annotated[str, Meta(min_length=1, max_length=100, description="The caller's name for a block.")]
LabelId = Annotated[str, Meta(extra_json_schema={"enum": list(LABEL_IDS)})]
State = Annotated[str, Meta(extra_json_schema={"enum": list(STATES)})]
Offset = Annotated[int, Meta(ge=0)]
Scores = Annotated[
    dict[str, float],
    Meta(
        description="Calibrated probabilities that sum to 1.",
        extra_json_schema={"propertyNames": {"enum": list(SCORE_IDS)}, "required": list(SCORE_IDS)},
    ),
]


class Block(Struct, frozen=True):
    """One paragraph of the article, as the reader sees it."""

    id: BlockId
    text: str


class LabelRequest(Struct, frozen=True):
    """An article: its paragraphs in order."""

    # said in the document only: an empty list is a problem of its own
    blocks: Annotated[list[Block], Meta(description="Ids must differ.", extra_json_schema={"minItems": 1})]
    title: str | None = None
    offsets: Unit = "utf-16"


class Model(Struct, frozen=True):
    """The model that labelled; `id` changes with every change of the file."""

    name: str
    version: str
    id: str


class Speaker(Struct, frozen=True):
    """Who stands behind a sentence, as the article names them."""

    name: str
    named: bool


class Evidence(Struct, frozen=True):
    """A stretch of text that led to the label; it may lie in an earlier block."""

    kind: str
    block: BlockId
    start: Offset
    end: Offset


class Sentence(Struct, frozen=True):
    """One sentence, `[start, end)` of its block. `label` is null unless `state` is "labelled"."""

    block: BlockId
    start: Offset
    end: Offset
    label: LabelId | None
    state: State
    scores: Scores
    speaker: Speaker | None
    evidence: list[Evidence]
    reason: str


class Skipped(Struct, frozen=True):
    """A block that was not checked, and why (`too-long`, `not-english`, `deadline`; more may come)."""

    block: BlockId
    reason: Annotated[str, Meta(examples=list(SKIP_REASONS))]


class LabelAnswer(Struct, frozen=True):
    """Every sentence of every block, once and in order."""

    model: Model
    offsets: Unit
    sentences: list[Sentence]
    skipped: list[Skipped]
    summary: Annotated[
        dict[str, int],
        Meta(description="How many sentences there are, in all and by label or state."),
    ]


class Label(Struct, frozen=True):
    """A label, what it means and what it does not mean, in words for readers."""

    id: LabelId
    name: str
    definition: str
    caution: str


class Unmarked(Struct, frozen=True):
    """What it means that a sentence is not marked, in words for readers."""

    none: str
    unsure: str
    skipped: str


class Limits(Struct, frozen=True, omit_defaults=True):
    """What one request may hold, and on a service for others one minute. Characters are code points."""

    max_blocks: int
    max_block_characters: int
    max_characters: int
    max_body_bytes: int
    max_seconds: Annotated[
        float, Meta(description="Seconds for labelling; later blocks are skipped as `deadline`.")
    ]
    requests_per_minute: Annotated[
        int | None, Meta(description="For whoever asks: a token or an address.")
    ] = None
    characters_per_minute: Annotated[int | None, Meta(description="As above.")] = None


class AboutAnswer(Struct, frozen=True):
    """What answers here, what its labels mean and what it accepts."""

    product: str
    version: str
    model: Model
    labels: list[Label]
    unmarked: Unmarked
    offsets: list[Unit]
    limits: Limits
    token_required: bool
    corrections: Annotated[bool, Meta(description="Whether it keeps what readers correct.")]


class ExampleTitle(Struct, frozen=True):
    """An example article's name."""

    id: str
    title: str


class ExampleList(Struct, frozen=True):
    """The example articles that the page offers."""

    examples: list[ExampleTitle]


class Example(Struct, frozen=True):
    """An example article."""

    id: str
    title: str
    paragraphs: list[str]


class HealthAnswer(Struct, frozen=True):
    """The service runs (`ok`), or can label (`ready`)."""

    status: Literal["ok", "ready"]


class Problem(Struct, frozen=True, omit_defaults=True):
    """What went wrong, as RFC 9457 has it. Never holds text of the article."""

    type: str
    title: str
    status: int
    detail: str
    limit: Annotated[int | None, Meta(description="The limit that was passed.")] = None
    pointer: Annotated[
        str | None, Meta(description="Where in the request, as a JSON Pointer (RFC 6901) fragment.")
    ] = None
    retry_after: Annotated[int | None, Meta(description="Seconds after which to try again.")] = None
    request_id: Annotated[str | None, Meta(description="What to quote when reporting a fault.")] = None
