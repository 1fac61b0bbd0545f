"""What a fuzzer calls: one function for each place where text from outside is read.

Each takes any bytes at all, makes of them what arrives at that place, and fails unless the promises are kept:
no error but those that are part of the answer; every span inside its text, in order and an exact slice.
"""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import Final

import msgspec

from sourcemark.article import Article, Span
from sourcemark.attribution.evidence import explain
from sourcemark.attribution.lexicon import Lexicon, load_lexicon
from sourcemark.attribution.reading import read_article
from sourcemark.labels import LABEL_IDS, LABELLED, NONE, UNSURE
from sourcemark.settings import Settings
from sourcemark.text.extract import ExtractError, is_html, paragraphs_of_html, paragraphs_of_text
from sourcemark.text.offsets import from_utf16, to_utf16
from sourcemark.text.segment import sentence_spans
from sourcemark.web.problems import ProblemError
from sourcemark.web.reading import read_label_request
from sourcemark.web.schemas import LabelRequest

Target = Callable[[bytes], None]

_LIMITS: Final = Settings()
_DECISIONS: Final = [*((label, LABELLED) for label in LABEL_IDS), (None, NONE), (None, UNSURE)]
_MOST_OFFSETS: Final = 64

_lexicon: Callable[[], Lexicon] = cache(load_lexicon)


def segmentation(data: bytes) -> None:
    """Cut a paragraph into sentences."""
    text = _any_text(data)
    end_before = 0
    for start, end in sentence_spans(text):
        assert end_before <= start < end <= len(text)
        assert text[end_before:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        end_before = end
    assert text[end_before:].strip() == ""


def attribution(data: bytes) -> None:
    """Read who speaks in an article, and explain every decision that could be made about a sentence."""
    article = Article(tuple(_any_text(data).split("\n\n")))
    reading = read_article(article, _lexicon())

    expected = [
        Span(number, *span) for number, text in enumerate(article.blocks) for span in sentence_spans(text)
    ]
    assert [sentence.span for sentence in reading.sentences] == expected
    assert len(reading.turns) == len(reading.sentences)
    for text, block in zip(article.blocks, reading.blocks, strict=True):
        assert block.text == text
        _check_order(((token.start, token.end) for token in block.tokens), text)
        _check_order(((quotation.start, quotation.end) for quotation in block.quotations), text)
    for index in range(len(reading.sentences)):
        for label, state in _DECISIONS:
            explanation = explain(reading, index, label, state)
            assert explanation.reason.endswith(".")
            for evidence in explanation.evidence:
                span = evidence.span
                assert 0 <= span.start < span.end <= len(article.blocks[span.block])
                assert article.text(span).strip() == article.text(span)


def extraction(data: bytes) -> None:
    """Find the article in a page of HTML, or the paragraphs of a plain text."""
    # a form and the command line both give Unicode without halves of characters
    text = data.decode("utf-8", "replace")
    is_html(text)
    for paragraph in paragraphs_of_text(text):
        assert paragraph == " ".join(paragraph.split()) != ""
    try:
        paragraphs = paragraphs_of_html(text)
    except ExtractError:
        return
    assert paragraphs
    for paragraph in paragraphs:
        assert paragraph.strip()
        _check_order(sentence_spans(paragraph), paragraph)


def decoding(data: bytes) -> None:
    """Read the body of a request: an article within the limits, or a problem that says what is wrong."""
    _decoded(data)
    # few bytes are JSON at all, so they are also sent as the texts and ids of an article
    texts = data.decode("utf-8", "replace").split("\n\n")
    blocks = [{"id": text[:101], "text": text} for text in texts]
    request = _decoded(msgspec.json.encode({"title": texts[-1], "blocks": blocks}))
    assert request is None or [block.text for block in request.blocks] == texts


def _decoded(body: bytes) -> LabelRequest | None:
    try:
        request = read_label_request(body, _LIMITS)
    except (ProblemError, msgspec.ValidationError):
        return None
    blocks = request.blocks
    assert 0 < len(blocks) <= _LIMITS.max_blocks
    assert len({block.id for block in blocks}) == len(blocks)
    assert all(0 < len(block.id) <= 100 for block in blocks)
    assert len(request.title or "") + sum(len(block.text) for block in blocks) <= _LIMITS.max_characters
    # what was read can be written again: no half of a character has come in
    assert read_label_request(msgspec.json.encode(request), _LIMITS) == request
    return request


def offsets(data: bytes) -> None:
    """Convert offsets between code points and UTF-16, of a text as JavaScript holds it."""
    units = data[: len(data) // 2 * 2]
    text = units.decode("utf-16-le", "surrogatepass")
    whole = len(units) // 2
    code_points = range(0, len(text) + 1, max(1, len(text) // _MOST_OFFSETS))
    there = to_utf16(text, code_points)
    assert there == sorted(there)
    assert from_utf16(text, there) == list(code_points)
    assert to_utf16(text, [0, len(text)]) == [0, whole]
    for start, end in pairwise(code_points):
        first, last = to_utf16(text, [start, end])
        assert units[2 * first : 2 * last] == text[start:end].encode("utf-16-le", "surrogatepass")
    for unit in range(0, whole + 1, max(1, whole // _MOST_OFFSETS)):
        before = units[: 2 * unit].decode("utf-16-le", "surrogatepass")
        try:
            (found,) = from_utf16(text, [unit])
        except ValueError:
            # between the two halves of one character, and nowhere else
            assert text[len(before) - 1] > "\uffff" >= before[-1]
        else:
            assert text[:found] == before


TARGETS: Final[dict[str, Target]] = {
    target.__name__: target for target in (segmentation, attribution, extraction, decoding, offsets)
}
"""Every target by its name."""


def _any_text(data: bytes) -> str:
    """Return bytes as a text that may hold halves of characters, as a program can hand one over."""
    return data.decode("utf-8", "surrogateescape")


def _check_order(spans: Iterable[tuple[int, int]], text: str) -> None:
    end_before = 0
    for start, end in spans:
        assert end_before <= start < end <= len(text)
        end_before = end
