"""Pages of real web archives are articles; every other answer is rejected, and nothing else is an item."""

from collections.abc import Sequence
import gzip
import io
from pathlib import Path
from typing import Any
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.reading_inputs import PAGES, only_articles, read, reasons
from sourcemark.archive.inputs import LARGEST_ITEM
from sourcemark.archive.items import ArchiveArticle, Rejected

DATE = "2024-05-01T20:00:00Z"
HTML = ("Content-Type", "text/html; charset=utf-8")
PAGE = PAGES[0].read_bytes()


class Archive:
    """A WARC file in the making."""

    def __init__(self, path: Path, packed: bool = True) -> None:
        self.path = path
        self._file = io.BytesIO()
        self._writer = WARCWriter(self._file, gzip=packed)

    def add(
        self,
        name: str,
        content: bytes = PAGE,
        status: str = "200 OK",
        headers: Sequence[tuple[str, str]] = (HTML,),
        kind: str = "response",
    ) -> None:
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        if kind == "request":
            http = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
        self._write(
            f"https://example.org/{name}",
            kind,
            payload=io.BytesIO(content),
            http_headers=http,
            warc_headers_dict={"WARC-Date": DATE},
        )

    def add_other(self, kind: str, content: bytes, content_type: str) -> None:
        self._write(
            "urn:other",
            kind,
            payload=io.BytesIO(content),
            warc_content_type=content_type,
            length=len(content),
        )

    def _write(self, *arguments: Any, **options: Any) -> None:
        record = self._writer.create_warc_record(*arguments, **options)
        self._writer.write_record(record)
        record.raw_stream.close()

    def stored(self, end: int | None = None) -> Path:
        self.path.write_bytes(self._file.getvalue()[:end])
        return self.path

    @property
    def size(self) -> int:
        return self._file.tell()


@pytest.fixture(params=["news.warc.gz", "news.warc", "news"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    return Archive(tmp_path / request.param, packed=request.param != "news.warc")


def test_pages_are_articles_with_the_address_as_id(archive: Archive) -> None:
    for page in PAGES:
        archive.add(page.name, page.read_bytes())
    path = archive.stored()
    found = only_articles(read(path, keep=("url", "date", "published", "title")))
    assert [each.id for each in found] == [f"https://example.org/{page.name}" for page in PAGES]
    assert [each.article.blocks for each in found] == [
        each.article.blocks for page in PAGES for each in only_articles(read(page))
    ]
    assert found[0].kept["url"] == found[0].id
    assert found[0].kept["date"] == DATE
    assert found[0].kept["published"] == "2024-10-01"
    assert found[1].where == f"{path.name}:2"


def test_what_is_no_page_is_rejected_and_what_is_no_answer_is_no_item(archive: Archive) -> None:
    archive.add_other("warcinfo", b"software: a crawler\r\n", "application/warc-fields")
    archive.add("a", kind="request", content=b"")
    archive.add("a")
    archive.add_other("metadata", b"fetchTimeMs: 12\r\n", "application/warc-fields")
    archive.add("b", status="404 Not Found")
    archive.add("c", status="301 Moved", headers=[("Location", "/a")], content=b"")
    archive.add("d", headers=[("Content-Type", "image/png")])
    archive.add("e", headers=[("Content-Type", "Zanzibar, a secret")])
    archive.add("f", headers=[])
    archive.add("g", content=b"")
    archive.add("h", content=b"x" * (LARGEST_ITEM + 1))
    archive.add("i", content=b"<html><body><p> </p></body></html>")
    archive.add("j", content=b"<a href=x>word</a>" * 25_001)
    archive.add_other("conversion", b"Zanzibar", "text/plain")
    archive.add_other("resource", PAGE, "text/html")
    archive.add_other("resource", b"Zanzibar", "application/json")
    found = read(archive.stored())
    assert reasons(found) == [
        None,
        "The answer to this address was 404, not 200.",
        "The answer to this address was 301, not 200.",
        "It is image/png, no HTML page.",
        "It is of no known type, no HTML page.",
        "It is of no known type, no HTML page.",
        "The page is empty.",
        "It is larger than 5 MB; what is larger is not read.",
        "No article was found in the page.",
        "It has more than 50,000 tags, which no page with one article has.",
        "It is neither an answer nor a page, but a record derived from one.",
        None,
        "It is application/json, no HTML page.",
    ]
    assert "Zanzibar" not in str([each for each in found if isinstance(each, Rejected)])
    assert [each.id for each in found[:3]] == [f"https://example.org/{name}" for name in "abc"]
    assert [each.where.rpartition(":")[2] for each in found[:2]] == ["3", "5"]


def chunked(content: bytes) -> bytes:
    parts = [content[start : start + 1_000] for start in range(0, len(content), 1_000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ([HTML, ("Transfer-Encoding", "chunked")], chunked(PAGE)),
        ([HTML, ("Content-Encoding", "gzip")], gzip.compress(PAGE)),
        (
            [HTML, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")],
            chunked(gzip.compress(PAGE)),
        ),
        ([HTML, ("Content-Encoding", "deflate")], zlib.compress(PAGE)),
        ([HTML, ("Content-Encoding", "deflate")], deflated(PAGE)),
        # archives that undid it and kept its name
        ([HTML, ("Content-Encoding", "gzip")], PAGE),
        ([HTML, ("Transfer-Encoding", "chunked")], PAGE),
    ],
)
def test_a_page_is_unpacked_as_the_server_packed_it(
    archive: Archive, headers: list[tuple[str, str]], content: bytes
) -> None:
    archive.add("a", content, headers=headers)
    archive.add("b")
    first, second = only_articles(read(archive.stored()))
    assert first.article == second.article


@pytest.mark.parametrize(
    ("coding", "content", "reason"),
    [
        ("br", PAGE, "The page is packed in a way that is not read here: only gzip and deflate are."),
        ("gzip", gzip.compress(PAGE)[:-99], "The page breaks off."),
        ("gzip", b"\x1f\x8bxxxxxxxxxx", "The page is packed, and damaged."),
        ("gzip", gzip.compress(bytes(9_000_000)), "It is larger than 5 MB; what is larger is not read."),
    ],
)
def test_a_page_that_cannot_be_unpacked_costs_only_itself(
    archive: Archive, coding: str, content: bytes, reason: str
) -> None:
    archive.add("a", content, headers=[HTML, ("Content-Encoding", coding)])
    archive.add("b")
    assert reasons(read(archive.stored())) == [reason, None]


def test_a_page_is_read_in_the_encoding_that_the_server_told(archive: Archive) -> None:
    said = "“Zürich und Genf,” said the ministry, was the café’s name in every one of its many statements."
    page = f"<html><body><article><p>{said}</p><p>{said} Again.</p></article></body></html>"
    archive.add("a", page.encode("cp1252"), headers=[("Content-Type", "text/html;charset=windows-1252")])
    archive.add("b", page.encode("utf-16"), headers=[("Content-Type", "text/html")])
    archive.add("c", page.encode(), headers=[("Content-Type", "application/xhtml+xml")])
    for article in only_articles(read(archive.stored())):
        assert any(said in block for block in article.article.blocks), article


def test_an_archive_that_breaks_off_is_read_until_there(tmp_path: Path) -> None:
    for packed in (True, False):
        archive = Archive(tmp_path / f"news-{packed}.warc", packed)
        archive.add("a")
        whole = archive.size
        archive.add("b", PAGES[1].read_bytes())
        found = read(archive.stored(whole + 1_000))
        assert isinstance(found[0], ArchiveArticle)
        (reason,) = reasons(found[1:])
        assert reason in ("The gzip breaks off here: the rest is missing.", "The record breaks off.")


def test_what_stands_between_records_is_said_and_not_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    archive = Archive(tmp_path / "news.warc", packed=False)
    archive.add("Zanzibar is no address")
    path = archive.stored()
    path.write_bytes(path.read_bytes() + b"Zanzibar is no record\r\n\r\nnor is this")
    found = read(path)
    assert reasons(found) == [None, "The web archive is damaged here: the rest cannot be read."]
    path.write_bytes(b"WARC/1.0\r\nZanzibar\x00\xff" + bytes(9_000))
    assert reasons(read(path)) == ["The record does not say what it is."]
    assert (*capfd.readouterr(), caplog.records) == ("", "", [])
