"""Web archives (WARC, ISO 28500): one article a page that was answered with 200.

Read with warcio (https://github.com/webrecorder/warcio). Answers that are no pages are rejected, with the
reason. What is no answer, but tells about one (`warcinfo`, `request`, `metadata`, `revisit`), is no item.
"""

from collections.abc import Iterator
import logging
import re
from typing import Any, BinaryIO, Final

from sourcemark.archive.inputs.articles import LONGEST_NAME, is_unicode
from sourcemark.archive.inputs.lines import TOO_LARGE
from sourcemark.archive.inputs.options import HTML, LARGEST_ITEM
from sourcemark.archive.inputs.pages import CHARSET, CODING
from sourcemark.archive.inputs.streams import BrokenInputError, read_at_most
from sourcemark.archive.items import Item, Rejected

COLUMNS: Final = ("url", "date")
"""Columns that a page of a web archive has beside those of its own: `date` is when it was captured."""

_ABOUT_OTHERS: Final = ("warcinfo", "request", "metadata", "revisit")
_DERIVED: Final = ("conversion", "continuation")
_ANSWERS: Final = ("response", "resource")
_PAGES: Final = ("text/html", "application/xhtml+xml")
_DAMAGED: Final = "The web archive is damaged here: the rest cannot be read."
_MEDIA_TYPE: Final = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,80}", re.A)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I | re.A)


class _Pieces:
    """A stream that gives what there is, so that what comes before a break is not lost with it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        piece: bytes = self._stream.read1(size)
        return piece


def items(stream: BinaryIO, name: str) -> Iterator[Item | Rejected]:
    """Yield the answers in a web archive, unpacked; `where` has the number of the record, from 1."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import BufferedReader

    # it would tell the terminal what is wrong with a record, in the record's words
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    try:
        records = ArchiveIterator(_Pieces(stream))
        # it would look for a gzip, which is unpacked already
        records.reader = BufferedReader(records.fh)
        # the same for what stands where a record should
        records.INC_RECORD = ""
        for number, record in enumerate(records, start=1):
            if record.rec_type not in _ABOUT_OTHERS:
                yield _item(f"{name}:{number}", record)
            if records.err_count:
                break
        if records.err_count:
            raise BrokenInputError(_DAMAGED)
    except BrokenInputError:
        raise
    # warcio has no one error for what is no record
    except Exception:
        raise BrokenInputError(_DAMAGED) from None


def _item(where: str, record: Any) -> Item | Rejected:
    url = record.rec_headers.get_header("WARC-Target-URI")
    if url is None or len(url) > LONGEST_NAME or not is_unicode(url):
        url = None
    reason = _no_page(record)
    if reason is not None:
        return Rejected(where, url, reason)
    headers = record.http_headers
    kind = _header(headers, "Content-Type") or record.content_type or ""
    charset = _CHARSET.search(kind)
    coding = _header(headers, "Content-Encoding")
    content = read_at_most(_payload(record), LARGEST_ITEM)
    read_at_most(record.raw_stream, LARGEST_ITEM)
    # what is left of the length that the record claims, where there is nothing left to read
    if getattr(record.raw_stream, "limit", 0) > 0:
        return Rejected(where, url, "The record breaks off.")
    if not content:
        return Rejected(where, url, "The page is empty.")
    return Item(
        where,
        {
            HTML: content,
            "id": url,
            "url": url,
            "date": record.rec_headers.get_header("WARC-Date"),
            CHARSET: charset[1] if charset else None,
            CODING: coding.strip().lower() if coding else None,
        },
    )


def _no_page(record: Any) -> str | None:
    """Return why a record holds no page, or None where it holds one."""
    if record.rec_type in _DERIVED:
        return "It is neither an answer nor a page, but a record derived from one."
    if record.rec_type not in _ANSWERS:
        return "The record does not say what it is."
    headers = record.http_headers
    status = headers.get_statuscode() if headers is not None else "200"
    if status != "200":
        told = status if re.fullmatch(r"[0-9]{3}", status or "") else "without a number"
        return f"The answer to this address was {told}, not 200."
    kind = (_header(headers, "Content-Type") if headers is not None else record.content_type) or ""
    media_type = kind.partition(";")[0].strip().lower()
    if media_type not in _PAGES:
        told = media_type if _MEDIA_TYPE.fullmatch(media_type) else "of no known type"
        return f"It is {told}, no HTML page."
    if record.length is not None and record.length > LARGEST_ITEM:
        return TOO_LARGE
    return None


def _header(headers: Any, name: str) -> str | None:
    found: str | None = headers.get_header(name) if headers is not None else None
    return found


def _payload(record: Any) -> Any:
    from warcio.bufferedreaders import ChunkedDataReader

    chunked = (_header(record.http_headers, "Transfer-Encoding") or "").strip().lower() == "chunked"
    return ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
