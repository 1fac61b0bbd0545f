"""Any JSON, any Unicode, any nesting of quotation marks: an answer comes, and its spans are exact slices.

A half of a surrogate pair is read like any other character where a program hands it over; on the wire, where
UTF-8 has no place for it, it is malformed JSON.
"""

from collections.abc import Sequence
import json
from typing import Any

from hypothesis import given, settings, strategies
from hypothesis.strategies import SearchStrategy
import msgspec
import pytest

from sourcemark.attribution.quotes import find_quotations
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.text.offsets import from_utf16
from sourcemark.text.segment import sentence_spans
from sourcemark.web.answer import label_answer
from sourcemark.web.problems import ProblemError
from sourcemark.web.reading import read_label_request
from sourcemark.web.schemas import Block, LabelRequest, Model
from unit.test_labeler import check

SMALL = Settings(max_blocks=3, max_characters=40)

CHARACTERS = strategies.characters(exclude_categories=())
"""Every code point, halves of surrogate pairs too."""

ANY_TEXT = strategies.text(CHARACTERS, max_size=60)

ENDINGS = strategies.sampled_from([" ", ". ", "? ", "… ", ", ", "\u00a0", "\u2028", "\n"])
WORDS = strategies.sampled_from(
    "said she he told according to who Ana Ruiz the ministry reportedly U.S. Mr. '90s don’t 34 WHO".split()
)
PAIRS = strategies.sampled_from(
    [
        ("“", "”"),
        ("‘", "’"),
        ('"', '"'),
        ("'", "'"),
        ("''", "''"),
        ("``", "''"),
        ("„", "“"),
        ("“", ""),
        ("", "”"),
    ]
)

PROSE = strategies.lists(WORDS | ENDINGS | CHARACTERS, max_size=8).map("".join)


def _quoted(inside: SearchStrategy[str]) -> SearchStrategy[str]:
    """Put marks around texts and texts beside them; some marks never close, or were never opened."""
    return strategies.builds(
        lambda before, marks, text, after: f"{before} {marks[0]}{text}{marks[1]}{after}",
        PROSE,
        PAIRS,
        inside,
        PROSE,
    )


NESTED = strategies.recursive(PROSE, _quoted, max_leaves=8)
ARTICLES = strategies.lists(NESTED | ANY_TEXT, max_size=4)

SCALARS = (
    strategies.none()
    | strategies.booleans()
    | strategies.integers()
    | strategies.floats()
    | strategies.sampled_from(["utf-16", "code-point", "utf-8", ""])
    | ANY_TEXT
)
KEYS = strategies.sampled_from(["blocks", "id", "text", "title", "offsets", "kind"]) | ANY_TEXT
ANY_JSON = strategies.recursive(
    SCALARS,
    lambda inside: strategies.lists(inside, max_size=4) | strategies.dictionaries(KEYS, inside, max_size=4),
    max_leaves=12,
)
ALMOST = strategies.fixed_dictionaries(
    {"blocks": strategies.lists(strategies.fixed_dictionaries({"id": SCALARS, "text": SCALARS}), max_size=4)},
    optional={"title": SCALARS, "offsets": SCALARS, "kind": ANY_JSON},
)
"""Requests that have the right keys, and anything at all as their values."""


@given(strategies.binary(max_size=80) | (ANY_JSON | ALMOST).map(lambda value: json.dumps(value).encode()))
@settings(max_examples=300)
def test_any_body_is_an_article_within_the_limits_or_a_problem(body: bytes) -> None:
    try:
        request = read_label_request(body, SMALL)
    except ProblemError as error:
        assert error.problem.status in {400, 413, 422}
        return
    except msgspec.ValidationError:
        return
    assert 0 < len(request.blocks) <= 3
    assert len({block.id for block in request.blocks}) == len(request.blocks)
    assert len(request.title or "") + sum(len(block.text) for block in request.blocks) <= 40
    # whatever was let in can be written again
    assert read_label_request(msgspec.json.encode(request), SMALL) == request


@given(ANY_TEXT, strategies.booleans())
@settings(max_examples=200)
def test_a_text_comes_in_as_it_is_unless_half_of_a_pair_is_in_it(text: str, escaped: bool) -> None:
    sent = json.dumps({"blocks": [{"id": "p1", "text": text}]}, ensure_ascii=escaped)
    # JavaScript writes a half of a pair as an escape, so two of them may meet and be a whole
    meant = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    body = sent.encode("utf-8", "surrogatepass")
    whole = not any("\ud800" <= character <= "\udfff" for character in text)
    if whole or (escaped and meant.encode("utf-16-le") == text.encode("utf-16-le", "surrogatepass")):
        assert read_label_request(body, Settings()).blocks[0].text == meant
    else:
        with pytest.raises(ProblemError) as raised:
            read_label_request(body, Settings())
        assert raised.value.problem.type.endswith("malformed-json")


@given(NESTED | ANY_TEXT)
@settings(max_examples=200)
def test_sentences_and_quotations_lie_in_their_text_and_in_order(text: str) -> None:
    in_order(text, sentence_spans(text))
    (quotations,) = find_quotations([text])
    in_order(text, [(quotation.start, quotation.end) for quotation in quotations])


@given(ARTICLES)
@settings(max_examples=120)
def test_any_article_is_labelled_and_javascript_cuts_the_same_words_out(
    fast: Labeler, blocks: list[str]
) -> None:
    article = fast.label(blocks)
    check(blocks, article)

    sent = [Block(f"p{number}", text) for number, text in enumerate(blocks)]
    in_units, in_points = (
        label_answer(LabelRequest(sent, offsets=unit), article, Model("", "", ""))
        for unit in ("utf-16", "code-point")
    )
    pairs: list[tuple[Any, Any]] = list(zip(in_units.sentences, in_points.sentences, strict=True))
    for units, points in [*pairs]:
        pairs += zip(units.evidence, points.evidence, strict=True)
    for units, points in pairs:
        text = blocks[int(points.block[1:])]
        held = text.encode("utf-16-le", "surrogatepass")
        cut = held[2 * units.start : 2 * units.end]
        assert cut == text[points.start : points.end].encode("utf-16-le", "surrogatepass")
        assert from_utf16(text, [units.start, units.end]) == [points.start, points.end]


def in_order(text: str, spans: Sequence[tuple[int, int]]) -> None:
    """Fail unless spans are in order, lie in `text` and are not empty."""
    end_before = 0
    for start, end in spans:
        assert end_before <= start < end <= len(text)
        end_before = end
