"""Offsets in two units: code points, as Python counts them, and UTF-16 code units, as JavaScript does.

The two differ by one for every character beyond U+FFFF that stands before the offset: "😀" has length 1 in
Python and 2 in JavaScript. Nothing here changes the text, so a slice stays the same characters in both.
"""

from bisect import bisect_left
from collections.abc import Iterable


def to_utf16(text: str, offsets: Iterable[int]) -> list[int]:
    """Return code-point offsets of `text` as UTF-16 code units."""
    astral = _astral_positions(text)
    return [offset + bisect_left(astral, offset) for offset in offsets]


def from_utf16(text: str, offsets: Iterable[int]) -> list[int]:
    """Return UTF-16 offsets of `text` as code points.

    Raises ValueError for an offset between the two halves of one character.
    """
    # where each of them begins, counted in UTF-16: every earlier one adds a unit
    astral = [position + earlier for earlier, position in enumerate(_astral_positions(text))]
    return [_from_utf16(offset, astral) for offset in offsets]


def _from_utf16(offset: int, astral: list[int]) -> int:
    before = bisect_left(astral, offset)
    if before and astral[before - 1] == offset - 1:
        raise ValueError(f"UTF-16 offset {offset} lies inside a character.")
    return offset - before


def _astral_positions(text: str) -> list[int]:
    """Return the indices of the characters that UTF-16 writes as two units."""
    # nearly every text has none, and encoding it tells so far faster than looking at each character;
    # a lone surrogate is one unit in both, and must not stop the encoding
    if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return []
    return [index for index, character in enumerate(text) if character > "\uffff"]
