"""Example articles, from those that ship with Sourcemark."""

import msgspec

from sourcemark.resources import folder
from sourcemark.web.schemas import Example


def read_examples() -> list[Example]:
    """Return the example articles in order; none where the installation has none."""
    try:
        lines = (folder("seeds") / "articles.jsonl").read_bytes()
    except FileNotFoundError:
        return []
    return msgspec.json.Decoder(Example).decode_lines(lines)
