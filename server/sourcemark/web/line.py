"""What may be known of a request afterwards: counts, durations and ids. Never a word that was sent."""

from collections.abc import Iterable
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from sourcemark.article import SKIP_REASONS
from sourcemark.labels import LABEL_IDS, NONE, UNSURE
from sourcemark.web.kinds import KINDS

METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
OTHER: Final = "other"
"""A method that is none of these: it could be any word."""
SHOWN_AS: Final = (*LABEL_IDS, NONE, UNSURE)
"""What a sentence can be shown as: with a label, as without a source, or as not sure."""


def _one_of(names: Iterable[str]) -> Meta:
    return Meta(pattern=f"^({'|'.join(names)})$")


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of one request. The log writes it, the meters add it up, and nothing else is noted."""

    time: str
    """When it was answered, to the second, in UTC."""
    id: str
    """Drawn by lot; a fault's answer and its line in the log have the same."""
    method: Annotated[str, _one_of((*METHODS, OTHER))]
    route: str | None = None
    """The pattern of the address, such as `/examples/<id>`, and not the address; None where there is none."""
    status: int
    problem: Annotated[str, _one_of(KINDS)] | None = None
    """Why it was refused."""
    milliseconds: int
    blocks: int | None = None
    characters: int | None = None
    sentences: int | None = None
    labels: dict[Annotated[str, _one_of(SHOWN_AS)], int] | None = None
    """How many sentences are shown as what."""
    skipped: dict[Annotated[str, _one_of(SKIP_REASONS)], int] | None = None
    """How many blocks were not read, by the reason."""
    model: str | None = None
    """The id of the model that labelled."""
