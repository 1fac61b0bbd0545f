"""Write something else for stretches of a text, and find its old places in the new one."""

from collections.abc import Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """What to write for a stretch of a text, half-open code points."""

    start: int
    end: int
    new: str


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with its edits made. They come in order and do not overlap."""
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.new]
        position = edit.end
    return "".join([*parts, text[position:]])


def moved(start: int, end: int, edits: Sequence[Edit]) -> tuple[int, int]:
    """Return where a stretch of the text, in code points, lies once its edits are made."""
    return _moved(start, edits), _moved(end, edits)


def _moved(offset: int, edits: Sequence[Edit]) -> int:
    return offset + sum(len(edit.new) - (edit.end - edit.start) for edit in edits if edit.end <= offset)
