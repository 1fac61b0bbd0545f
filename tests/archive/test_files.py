"""Text and HTML files, folders, gzip, standard input: each file is one article, whatever it is called."""

from collections.abc import Iterator
from contextlib import contextmanager
import gzip
import inspect
import io
import os
from pathlib import Path
import pickle
import subprocess
import sys
from typing import Any

import pytest

from archive.reading_inputs import (
    PAGES,
    SEEDS,
    blocks_by_id,
    only_articles,
    read,
    read_all,
    reasons,
    texts,
)
from sourcemark.archive.inputs import LARGEST_ITEM, InputError, ReaderOptions, size_of, source_of
from sourcemark.archive.inputs.folders import files_of
from sourcemark.archive.items import Item, Rejected

PARAGRAPH = "The ministry of water said in a statement on Tuesday that the old dam above the town would hold."
GERMAN = "Das Ministerium teilte am Dienstag mit, dass der alte Damm oberhalb der Stadt halten werde."


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a folder with the seed articles as texts in one folder, and as pages in another."""
    place = tmp_path / "archive"
    (place / "texts").mkdir(parents=True)
    (place / "pages" / "deep").mkdir(parents=True)
    for name, text in texts().items():
        (place / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    for page in PAGES:
        (place / "pages" / "deep" / page.name).write_bytes(page.read_bytes())
    (place / "pages" / "style.css").write_text("p { color: black }")
    return place


@contextmanager
def standard_input(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make a pipe with the content of a file standard input."""
    with subprocess.Popen(["cat", path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(process.stdout))
        yield


def test_a_folder_is_read_by_name_with_all_that_lies_below_it(archive: Path) -> None:
    found = only_articles(read(archive, keep=("folder",)))
    ids = [each.id for each in found]
    assert ids == sorted(ids) and len(ids) == len(PAGES) + len(texts())
    assert {each.kept["folder"] for each in found} == {"pages/deep", "texts"}
    assert all(each.where == f"archive/{each.id}" for each in found)
    blocks = blocks_by_id(read(archive / "texts"))
    assert blocks == {f"{name}.txt": text.split("\n\n") for name, text in texts().items()}


def test_only_files_with_the_names_that_were_told_are_read(archive: Path) -> None:
    assert len(read(archive, patterns=("*FIRE.txt",))) == 1
    assert len(read(archive, patterns=("pages/*.html",))) == len(PAGES)
    with pytest.raises(InputError, match=r"^No file in the folder “archive” is called \*\.md\. Say which"):
        source_of([archive], ReaderOptions(patterns=("*.md",)))


def test_the_article_of_a_page_is_found_and_what_it_says_of_itself_can_be_kept(archive: Path) -> None:
    page = archive / "pages" / "deep" / "seed-border-crisis.html"
    (article,) = only_articles(read(page, keep=("title", "published", "author", "site", "folder")))
    assert any("Despite Veskara’s claim" in block for block in article.article.blocks)
    assert article.kept["published"] == "2024-02-14"
    assert article.kept["author"] == "Marnie Duxbury"
    assert article.kept["site"] is article.kept["folder"] is None
    assert (article.kept["title"] or "").startswith("Alliance chief sees")


def test_nothing_in_a_folder_stops_the_others_or_is_dropped(tmp_path: Path) -> None:
    place = tmp_path / "folder"
    (place / "d.txt").mkdir(parents=True)
    (place / "d.txt" / "inside.txt").write_text(PARAGRAPH)
    (place / "a-empty.txt").write_bytes(b"")
    (place / "b-blank.txt").write_text(" \n\n ")
    (place / "c-dangling.txt").symlink_to(place / "nowhere")
    (place / "e-huge.txt").write_bytes(b"x" * (LARGEST_ITEM + 1))
    (place / "f-binary.txt").write_bytes(bytes(range(256)))
    os.mkfifo(place / "g-pipe.txt")
    (place / "h-no-page.html").write_text("<html></html>")
    (place / "i-packed.txt").write_bytes(gzip.compress(PARAGRAPH.encode())[:40])
    (place / "j-damaged.txt.gz").write_bytes(gzip.compress(PARAGRAPH.encode())[:-8] + bytes(8))
    (place / "k-german.txt").write_text(GERMAN)
    (place / "l-packed.htm").write_bytes(gzip.compress(PAGES[0].read_bytes()))
    (place / "m-nothing.html").write_bytes(b"")
    found = read(place)
    told = {
        each.where.removeprefix("folder/"): reason for each, reason in zip(found, reasons(found), strict=True)
    }
    assert told == {
        "a-empty.txt": "The file is empty.",
        "b-blank.txt": "It holds no text.",
        "c-dangling.txt": "The file cannot be read (No such file or directory).",
        "d.txt/inside.txt": None,
        "e-huge.txt": "It is larger than 5 MB; what is larger is not read.",
        "f-binary.txt": "The file is not utf-8 text.",
        "g-pipe.txt": "“folder/g-pipe.txt” is no ordinary file. Standard input is named -.",
        "h-no-page.html": "No article was found in the page.",
        "i-packed.txt": "The gzip breaks off here: the rest is missing.",
        "j-damaged.txt.gz": "The gzip is damaged here: the rest cannot be unpacked.",
        "k-german.txt": None,
        "l-packed.htm": None,
        "m-nothing.html": "The file is empty.",
    }
    assert [each.where for each in found] == sorted(each.where for each in found)


def test_a_folder_deeper_than_python_can_call_is_read(tmp_path: Path) -> None:
    below = tmp_path.joinpath(*["d"] * 200)
    below.mkdir(parents=True)
    (below / "z.txt").write_text(PARAGRAPH)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        (found,) = files_of(tmp_path, ["*.txt"])
    finally:
        sys.setrecursionlimit(limit)
    assert found == ("d/" * 200 + "z.txt", below / "z.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_encoding_that_was_told(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "cafe.txt"
    path.write_bytes(f"“{PARAGRAPH}”\n\nCafé.".encode(encoding))
    told = encoding if encoding == "cp1252" else "utf-8"
    (article,) = only_articles(read(path, encoding=told))
    assert article.article.blocks == (f"“{PARAGRAPH}”", "Café.")


@pytest.mark.parametrize("name", ["news", "news.jsonl", "news.jsonl.gz", "news.txt"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_gzip_is_known_by_its_bytes_and_not_by_its_name(tmp_path: Path, name: str, packed: bool) -> None:
    content = SEEDS.read_bytes()
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if packed else content)
    options = {"kind": "jsonl"} if name == "news.txt" else {}
    assert blocks_by_id(read(path, **options)) == blocks_by_id(read(SEEDS))


def test_what_a_gzip_holds_before_it_breaks_off_is_read(tmp_path: Path) -> None:
    lines = SEEDS.read_bytes().splitlines(keepends=True)
    whole, cut = gzip.compress(b"".join(lines[:3])), gzip.compress(b"".join(lines[3:]))[:4_000]
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(whole + cut)
    found = read(path)
    assert len(found) > 3
    assert reasons(found) == [*[None] * (len(found) - 1), "The gzip breaks off here: the rest is missing."]
    path.write_bytes(whole + b"more")
    assert reasons(read(path)) == [*[None] * 3, "The gzip is damaged here: the rest cannot be unpacked."]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", ["jsonl", "html", "text", "csv"])
def test_standard_input_is_read_like_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, packed: bool
) -> None:
    content = {
        "jsonl": SEEDS.read_bytes() * 3,
        "html": PAGES[0].read_bytes(),
        "text": (PARAGRAPH * 900).encode(),
        "csv": b"id;text\n" + f"7;{PARAGRAPH}\n".encode() * 900,
    }[kind]
    path = tmp_path / "content"
    path.write_bytes(gzip.compress(content) if packed else content)
    options: dict[str, Any] = {"kind": "csv", "delimiter": ";"} if kind == "csv" else {}
    with standard_input(path, monkeypatch):
        source = source_of(["-"], ReaderOptions(**options))
        assert source.names == ("stdin",)
        found = only_articles(read_all(source))
    assert [each.article for each in found] == [each.article for each in only_articles(read(path, **options))]
    assert all(each.where.startswith("stdin") for each in found)


def test_several_inputs_are_read_in_a_row_and_told_apart(tmp_path: Path) -> None:
    for year in ("2019", "2020"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "news.txt").write_text(f"{PARAGRAPH} It is {year}.")
    found = read(tmp_path / "2020" / "news.txt", SEEDS, tmp_path / "2019" / "news.txt")
    assert [found[0].where, found[-1].where] == ["2020/news.txt", "2019/news.txt"]
    assert found[1].where.endswith("articles.jsonl:1")


def test_a_source_travels_to_workers_and_reads_the_same_there(archive: Path) -> None:
    source = source_of([archive, SEEDS])
    there = pickle.loads(pickle.dumps(source))
    items = list(source.items())
    assert there == source
    assert all(isinstance(item, Item) for item in items)
    assert [
        there.read(pickle.loads(pickle.dumps(item))) for item in items if isinstance(item, Item)
    ] == read_all(source)


def test_the_size_of_an_item_is_that_of_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PARAGRAPH)
    (item,) = source_of([path]).items()
    assert isinstance(item, Item)
    assert size_of(item) == len(PARAGRAPH) + len("a.txt")


@pytest.mark.parametrize(
    ("content", "packer"),
    [(b"\x28\xb5\x2f\xfd\x00", "zstd"), (b"BZh9", "bzip2"), (b"\xfd7zXZ\x00", "xz"), (b"PK\x03\x04", "zip")],
)
def test_what_is_packed_otherwise_is_said(tmp_path: Path, content: bytes, packer: str) -> None:
    path = tmp_path / "news.jsonl.other"
    path.write_bytes(content)
    with pytest.raises(
        InputError, match=rf"is packed with {packer}, which is not read here. Unpack it first"
    ):
        source_of([path])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "pdf"}, "There is no kind of input “pdf”: choose one of auto, jsonl,"),
        ({"paragraphs": "tabs"}, "Paragraphs end at blank-lines or at lines, not at “tabs”."),
        ({"delimiter": ";;"}, "The delimiter of CSV is one character"),
        ({"encoding": "klingon"}, "There is no encoding “klingon”"),
        ({"encoding": "hex"}, "There is no encoding “hex”"),
        ({"keep": ("a", "a")}, "A column to keep is named twice."),
        ({"patterns": ()}, "Say which files of a folder to read"),
        ({"kind": "html", "keep": ("year",)}, "“articles.jsonl” has no column “year”. It has folder, title,"),
        ({"kind": "parquet"}, "“articles.jsonl” cannot be read as Parquet"),
    ],
)
def test_an_option_that_cannot_be_used_is_said(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as raised:
        source_of([SEEDS], ReaderOptions(**options))
    assert str(raised.value).startswith(message)


def test_an_input_that_cannot_be_used_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "a.txt").write_text(PARAGRAPH)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match=r"^Name a file, a folder, or - for standard input"):
        source_of([])
    with pytest.raises(InputError, match=r"^There is no file or folder at “.*/missing”\.$"):
        source_of([tmp_path / "missing"])
    with pytest.raises(InputError, match=r"^An input is named twice"):
        source_of([SEEDS, str(SEEDS)])
    with pytest.raises(InputError, match=r"^“pipe” is no ordinary file\. Standard input is named -\.$"):
        source_of([tmp_path / "pipe"])
    with pytest.raises(InputError, match=r"^“some” has no column “year”\. It has folder, title"):
        source_of([tmp_path / "some"], ReaderOptions(keep=("year",)))
    with (
        standard_input(SEEDS, monkeypatch),
        pytest.raises(InputError, match=r"^Parquet is not read from standard input"),
    ):
        source_of(["-"], ReaderOptions(kind="parquet"))


@pytest.mark.parametrize("kind", ["html", "warc", "parquet"])
def test_a_library_that_is_missing_is_said_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    for library in ("trafilatura", "warcio", "pyarrow"):
        monkeypatch.setitem(sys.modules, library, None)
    path = tmp_path / f"news.{kind}"
    path.write_text("x")
    for place in (path, tmp_path):
        with pytest.raises(
            InputError, match=rf"^Reading {kind} needs .*pip install 'sourcemark\[archive\]'$"
        ):
            source_of([place], ReaderOptions(patterns=(f"*.{kind}",)))
    # everything else is read without them
    assert len(only_articles(read(SEEDS))) == len(texts())


def test_a_worker_without_the_library_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of([PAGES[0]])
    (item,) = source.items()
    assert isinstance(item, Item)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(InputError, match=r"^Reading HTML needs trafilatura"):
        source.read(item)


def test_a_file_that_goes_away_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(SEEDS.read_bytes())
    source = source_of([path, SEEDS])
    path.unlink()
    first, second, *_ = source.items()
    assert first == Rejected("news.jsonl", None, "The file cannot be read (No such file or directory).")
    assert isinstance(second, Item)
