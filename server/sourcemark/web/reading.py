"""Reads a request to label: valid JSON, the form of the contract, within the limits."""

from typing import Any

from flask import g, request
import msgspec

from sourcemark.settings import Settings
from sourcemark.web.problems import ProblemError
from sourcemark.web.schemas import LabelRequest
from sourcemark.web.service import current_settings


def current_label_request() -> LabelRequest:
    """Return the article that the current request holds, read once. Raises as `read_label_request`."""
    if "label_request" not in g:
        g.label_request = read_label_request(request.get_data(cache=False), current_settings())
    label_request: LabelRequest = g.label_request
    return label_request


def characters_of(label_request: LabelRequest) -> int:
    """Return how many characters (code points) a request holds, its title included."""
    return len(label_request.title or "") + sum(len(block.text) for block in label_request.blocks)


def read_label_request(body: bytes, settings: Settings) -> LabelRequest:
    """Return the request that `body` holds.

    Raises the problem that stands in the way; msgspec.ValidationError where the form is wrong.
    """
    label_request = msgspec.convert(read_json(body), LabelRequest)
    _check_blocks(label_request, settings)
    return label_request


def read_json(body: bytes) -> Any:
    """Return what the JSON `body` holds, apart from its form. Raises the problem `malformed-json`."""
    # apart from its form: read in one go, a document that breaks off after a wrong type would count as
    # whole, and so would invalid UTF-8 in a field that nobody reads
    try:
        return msgspec.json.decode(body)
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError):
        raise ProblemError("malformed-json") from None


def _check_blocks(label_request: LabelRequest, settings: Settings) -> None:
    blocks = label_request.blocks
    if not blocks:
        raise ProblemError("no-blocks", pointer="#/blocks")
    if len(blocks) > settings.max_blocks:
        raise ProblemError("too-many-blocks", limit=settings.max_blocks)
    if characters_of(label_request) > settings.max_characters:
        raise ProblemError("too-many-characters", limit=settings.max_characters)
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        if block.id in seen:
            raise ProblemError("duplicate-block-id", pointer=f"#/blocks/{index}/id")
        seen.add(block.id)
