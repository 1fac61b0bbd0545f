"""Every line of JSON lines that holds anything is an article, or is rejected with a reason that hides it."""

from pathlib import Path
import tracemalloc
from typing import Any

from hypothesis import given, strategies
from hypothesis.strategies import SearchStrategy
import msgspec
import pytest

from archive.reading_inputs import (
    SEEDS,
    articles,
    blocks_by_id,
    only_articles,
    read,
    read_all,
    texts,
)
from sourcemark.archive.inputs import LARGEST_ITEM, MOST_BLOCKS, ReaderOptions, source_of
from sourcemark.archive.items import ArchiveArticle, Item, Rejected

CANARY = "Zanzibar"


def written(place: Path, *lines: Any) -> Path:
    path = place / "news.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    return path


def test_a_corpus_is_an_archive_and_keeps_its_paragraphs_exactly() -> None:
    found = read(SEEDS, keep=("outlet",))
    assert blocks_by_id(found) == {each["id"]: each["paragraphs"] for each in articles()}
    assert [each.kept for each in only_articles(found)] == [{"outlet": each["outlet"]} for each in articles()]
    assert [each.article.title for each in only_articles(found)] == [each["title"] for each in articles()]
    assert [each.where for each in only_articles(found)][:2] == ["articles.jsonl:1", "articles.jsonl:2"]


def test_a_text_is_cut_at_its_blank_lines(tmp_path: Path) -> None:
    path = written(tmp_path, *({"id": name, "text": text} for name, text in texts().items()))
    assert blocks_by_id(read(path)) == {each["id"]: each["paragraphs"] for each in articles()}


@pytest.mark.parametrize(
    ("text", "paragraphs", "blocks"),
    [
        ("One  line\nand another.\n\n\n Two.", "blank-lines", ["One  line\nand another.", "\n Two."]),
        ("One.\r\n\r\nTwo.", "blank-lines", ["One.\r", "Two."]),
        ("One.\nTwo.\r\nThree.\n\n", "lines", ["One.", "Two.", "Three."]),
    ],
)
def test_blocks_are_exact_slices_of_the_text(
    tmp_path: Path, text: str, paragraphs: str, blocks: list[str]
) -> None:
    (article,) = only_articles(read(written(tmp_path, {"text": text}), paragraphs=paragraphs))
    assert list(article.article.blocks) == blocks
    assert all(block in text for block in blocks)


def test_columns_may_have_other_names_and_ids_may_be_numbers(tmp_path: Path) -> None:
    line = {"key": 17, "head": "Dam", "body": ["One.", "Two."], "year": 1999, "online": True, "by": None}
    (article,) = only_articles(
        read(
            written(tmp_path, line),
            id_column="key",
            title_column="head",
            text_column="body",
            keep=("by", "year", "online", "place"),
        )
    )
    assert (article.id, article.article.title, article.article.blocks) == ("17", "Dam", ("One.", "Two."))
    assert list(article.kept.items()) == [("by", None), ("year", "1999"), ("online", "true"), ("place", None)]


@pytest.mark.parametrize("line", [{"text": "One."}, {"id": None, "text": "One."}, {"id": "", "text": "One."}])
def test_an_article_without_an_id_is_called_by_its_place(tmp_path: Path, line: dict[str, Any]) -> None:
    (article,) = only_articles(read(written(tmp_path, line)))
    assert article.id == article.where == "news.jsonl:1"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"text": "Zanzibar', "The line is not JSON, or it breaks off."),
        (b"Zanzibar", "The line is not JSON, or it breaks off."),
        (b"[" * 100_000, "The line is not JSON, or it breaks off."),
        (b'{"id": ' + b"7" * 5_000 + b', "text": "x"}', "The line is not JSON, or it breaks off."),
        (b'["Zanzibar"]', "The line is JSON, but no object with a text."),
        (b'{"text": "Zanzibar\xff"}', "The line is not UTF-8 text."),
        ('{"text": "Zanzibar"}'.encode("utf-16"), "The line is not UTF-8 text."),
        (b'{"text": "Zanzibar", "text": "x"}', "A key stands twice in the line."),
        (b"{}", "It has no text."),
        (b'{"text": null}', "It has no text."),
        (b'{"text": " \\n\\n "}', "It holds no text."),
        (b'{"paragraphs": []}', "It holds no text."),
        (b'{"paragraphs": ["", " "]}', "It holds no text."),
        (b'{"text": 12}', "Its text is neither text nor a list of paragraphs."),
        (b'{"text": {"Zanzibar": 1}}', "Its text is neither text nor a list of paragraphs."),
        (b'{"paragraphs": ["Zanzibar", 1]}', "One of its paragraphs is not text."),
        (b'{"text": "x", "title": ["Zanzibar"]}', "Its title is not text."),
        (b'{"text": "x", "id": ["Zanzibar"]}', "Its id is neither text nor a number."),
        (b'{"text": "x", "id": "' + 9_000 * b"z" + b'"}', "Its id is longer than 8,000 characters."),
        (b'{"text": "x", "by": {"Zanzibar": 1}}', "Its column “by” is neither text nor a number."),
        (b'{"text": "x", "by": "' + 9_000 * b"z" + b'"}', "Its column “by” is longer than 8,000 characters."),
        (
            b'{"text": "Zanzibar \\ud800"}',
            "Its text is no whole Unicode text. Its encoding may be another than was told.",
        ),
        (
            b'{"text": "' + b"x\\n\\n" * (MOST_BLOCKS + 1) + b'"}',
            "It has 5,001 paragraphs; at most 5,000 are read.",
        ),
        (
            b'{"text": "' + b"x" * LARGEST_ITEM + b'"}',
            "It is larger than 5 MB; what is larger is not read.",
        ),
    ],
)
def test_what_is_no_article_is_rejected_in_words_that_hide_it(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'{"id": "a", "text": "One."}\n\n' + content + b'\n{"id": "b", "text": "Two."}')
    before, rejected, after = read(path, kind="jsonl", keep=("by",))
    assert isinstance(before, ArchiveArticle) and isinstance(after, ArchiveArticle)
    assert (before.id, after.id) == ("a", "b")
    assert isinstance(rejected, Rejected)
    assert (rejected.where, rejected.reason) == ("news.jsonl:3", reason)
    assert CANARY not in str(rejected)


def test_the_id_of_what_is_rejected_is_told_where_it_is_known(tmp_path: Path) -> None:
    (rejected,) = read(written(tmp_path, {"id": "a7", "text": ""}))
    assert rejected.id == "a7"


def test_a_row_of_a_million_characters_is_an_article(tmp_path: Path) -> None:
    (article,) = only_articles(read(written(tmp_path, {"text": "so " * 333_333})))
    assert len(article.article.blocks[0]) == 999_999


def test_a_mark_at_the_beginning_and_line_ends_of_other_systems_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "One."}\r\n\r\n{"text": "Two."}\r\n')
    assert [each.article.blocks for each in only_articles(read(path))] == [("One.",), ("Two.",)]


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    line = msgspec.json.encode({"text": "word " * 1_000}) + b"\n"
    with path.open("wb") as file:
        # many lines, and one that is too large
        file.writelines([line] * 8_000)
        file.writelines([line[:-1]] * 8_000)
    source = source_of([path])
    tracemalloc.start()
    try:
        count = sum(1 for _ in source.items())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 8_001
    assert peak < 5 * LARGEST_ITEM < path.stat().st_size / 3


PLAIN = strategies.none() | strategies.booleans() | strategies.floats() | strategies.text(max_size=9)
NAMES = strategies.sampled_from(["id", "title", "text", "paragraphs", "by"])
LINES: SearchStrategy[bytes] = strategies.one_of(
    strategies.binary(max_size=30),
    strategies.dictionaries(NAMES, PLAIN | strategies.lists(PLAIN, max_size=3)).map(msgspec.json.encode),
    strategies.sampled_from([b"", b" ", b"\r", b'{"text": "\\ud800"}', b'{"text": "One."}']),
)


@given(strategies.lists(LINES, max_size=6).map(b"\n".join))
def test_there_are_as_many_items_as_lines_that_hold_anything(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    if content.startswith(b"\x1f\x8b"):
        # another test's
        return
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(content)
    source = source_of([path], ReaderOptions(kind="jsonl", keep=("by",)))
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    assert len(read_all(source)) == sum(1 for line in lines if line.strip())
    assert list(source.items()) == list(source.items())
    for item in source.items():
        assert isinstance(item, Item)
        found = source.read(item)
        if isinstance(found, ArchiveArticle):
            assert "".join(found.article.blocks).strip()
            msgspec.json.encode([found.id, found.article.blocks, found.article.title, found.kept])
