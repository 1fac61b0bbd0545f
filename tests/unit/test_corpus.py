"""A corpus is read as it was annotated, and what is wrong with one is said with its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from sourcemark.article import Article, Span
from sourcemark.labels import NONE, OFFICIAL
from sourcemark.model.corpus import AnnotatedSentence, CorpusError, best_overlap, read_corpus

GOOD: dict[str, Any] = {
    "id": "a1",
    "corpus": "test",
    "outlet": "The Gannet",
    "title": "Rain",
    "paragraphs": ["The ministry said no. 😀 It rained.", "It rained."],
    "sentences": [
        {"paragraph": 0, "start": 0, "end": 21, "label": OFFICIAL, "speaker": "The ministry"},
        {"paragraph": 0, "start": 22, "end": 34, "label": NONE, "speaker": None, "doubtful": True},
        {"paragraph": 1, "start": 0, "end": 10, "label": NONE},
    ],
}


def written(folder: Path, *lines: str | dict[str, Any]) -> Path:
    path = folder / "corpus.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def with_sentence(**changes: object) -> dict[str, Any]:
    """Return the good article with another first sentence."""
    first, *rest = GOOD["sentences"]
    return GOOD | {"sentences": [first | changes, *rest]}


def test_an_article_is_read_with_its_sentences_in_code_points(tmp_path: Path) -> None:
    [article] = read_corpus(written(tmp_path, GOOD))

    assert (article.id, article.corpus, article.outlet) == ("a1", "test", "The Gannet")
    assert article.article == Article(tuple(GOOD["paragraphs"]), "Rain")
    assert article.sentences == (
        AnnotatedSentence(Span(0, 0, 21), OFFICIAL, "The ministry", False),
        AnnotatedSentence(Span(0, 22, 34), NONE, None, True),
        AnnotatedSentence(Span(1, 0, 10), NONE, None, False),
    )
    assert [article.article.text(sentence.span) for sentence in article.sentences] == [
        "The ministry said no.",
        "😀 It rained.",
        "It rained.",
    ]


def test_blank_lines_and_fields_that_nobody_knows_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, "", GOOD | {"sampling": "random"}, "  ", GOOD | {"id": "a2"}, "")
    assert [article.id for article in read_corpus(path)] == ["a1", "a2"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "Input data was truncated"),
        ("not json", "JSON is malformed"),
        ("[]", "Expected `object`, got `array`"),
        ({"paragraphs": [], "sentences": []}, "missing required field `id`"),
        (GOOD | {"sentences": 3}, "Expected `array`, got `int`"),
        (with_sentence(start="0"), "Expected `int`, got `str`"),
        (with_sentence(label="rumour"), "unknown label “rumour”"),
        (with_sentence(end=36), "a sentence lies outside paragraph 0"),
        (with_sentence(start=-1), "a sentence lies outside paragraph 0"),
        (with_sentence(start=21), "a sentence lies outside paragraph 0"),
        (with_sentence(paragraph=2), "a sentence lies in paragraph 2 of 2"),
        (with_sentence(paragraph=-1), "a sentence lies in paragraph -1 of 2"),
    ],
)
def test_a_line_that_is_wrong_is_named_with_what_is_wrong(
    tmp_path: Path, line: str | dict[str, Any], what: str
) -> None:
    path = written(tmp_path, GOOD, line, GOOD)

    with pytest.raises(CorpusError) as error:
        read_corpus(path)

    assert str(error.value).startswith(f"Line 2 of {path} is not an annotated article: ")
    assert what in str(error.value)


def test_a_line_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    path.write_bytes(path.read_bytes() + b'{"id": "caf\xe9", "paragraphs": [], "sentences": []}\n')
    with pytest.raises(CorpusError, match=r"^Line 2 of "):
        read_corpus(path)


def test_a_missing_corpus_is_said_with_where_to_find_one(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"There is no corpus at .*nowhere\.jsonl\..*seeds/articles\.jsonl"):
        read_corpus(tmp_path / "nowhere.jsonl")
    with pytest.raises(CorpusError, match="There is no corpus at"):
        read_corpus(tmp_path)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_corpus_without_articles_is_said_to_be_empty(tmp_path: Path, content: str) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(content)
    with pytest.raises(CorpusError, match="holds no article"):
        read_corpus(path)


@pytest.mark.parametrize(
    ("span", "best"),
    [
        (Span(0, 0, 10), 0),
        (Span(0, 8, 20), 1),
        (Span(0, 5, 15), 0),  # as much of one as of the other: the first
        (Span(0, 30, 40), None),
        (Span(1, 0, 10), None),
    ],
)
def test_the_best_overlap_shares_most_characters(span: Span, best: int | None) -> None:
    assert best_overlap(span, [Span(0, 0, 10), Span(0, 10, 20)]) == best


def test_nothing_overlaps_an_empty_list() -> None:
    assert best_overlap(Span(0, 0, 10), []) is None
