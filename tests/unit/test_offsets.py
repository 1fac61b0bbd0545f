"""Offsets keep pointing at the same characters, whichever unit they are counted in."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, strategies
import pytest

from sourcemark.text.offsets import from_utf16, to_utf16

GOLDEN: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "unicode.json").read_text(encoding="utf-8")
)

# every code point, lone surrogates too, and often enough the ones that JavaScript counts twice
characters = strategies.characters(exclude_categories=()) | strategies.characters(min_codepoint=0x10000)
texts = strategies.text(characters)


def utf16(text: str) -> bytes:
    """Return what JavaScript holds, two bytes a unit."""
    return text.encode("utf-16-le", "surrogatepass")


@given(texts, strategies.data())
def test_a_slice_is_the_same_characters_in_both_units(text: str, data: strategies.DataObject) -> None:
    start = data.draw(strategies.integers(0, len(text)))
    end = data.draw(strategies.integers(start, len(text)))

    first, last = to_utf16(text, [start, end])

    assert utf16(text)[2 * first : 2 * last] == utf16(text[start:end])


@given(texts)
def test_every_offset_survives_the_way_there_and_back(text: str) -> None:
    offsets = range(len(text) + 1)
    assert from_utf16(text, to_utf16(text, offsets)) == list(offsets)


@given(texts)
def test_the_whole_text_is_as_long_as_javascript_says(text: str) -> None:
    assert to_utf16(text, [0, len(text)]) == [0, len(utf16(text)) // 2]


@given(strategies.text(strategies.characters(max_codepoint=0xFFFF)))
def test_without_astral_characters_the_numbers_stay(text: str) -> None:
    offsets = list(range(len(text) + 1))
    assert to_utf16(text, offsets) == offsets


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_golden_offsets_agree_in_both_directions(case: dict[str, Any]) -> None:
    for code_points, units in zip(case["code_points"], case["utf16"], strict=True):
        assert to_utf16(case["text"], code_points) == units
        assert from_utf16(case["text"], units) == code_points


def test_an_offset_inside_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="UTF-16 offset 3 lies inside a character"):
        from_utf16("ab😀", [3])


def test_offsets_come_back_in_the_order_they_were_given() -> None:
    assert to_utf16("😀😀", [2, 0, 1]) == [4, 0, 2]
