"""HTML pages, from files and from web archives: their encoding, their article, their columns."""

from collections.abc import Mapping
from typing import Any, Final
import zlib

from sourcemark.archive.inputs.articles import RefusedError, finished, value_of
from sourcemark.archive.inputs.lines import TOO_LARGE
from sourcemark.archive.inputs.options import HTML, LARGEST_ITEM, InputError, ReaderOptions
from sourcemark.archive.items import ArchiveArticle, Rejected
from sourcemark.text.extract import ExtractError, MissingExtraError, metadata_of_html, paragraphs_of_html
from sourcemark.text.page_encoding import decoded_page

CHARSET: Final = "charset"
CODING: Final = "coding"
"""Keys of an item's content: what the server said of the page's encoding, and how it packed it."""

MOST_TAGS: Final = 50_000
"""Tags of a page; the time to find an article among them grows with their square."""

_TOLD: Final = ("folder", "url", "date")
METADATA: Final = ("title", "published", "author", "site")
"""Columns that are read from the page itself, where they are to be kept."""

_GZIP: Final = b"\x1f\x8b"


def read(where: str, content: Mapping[str, Any], options: ReaderOptions) -> ArchiveArticle | Rejected:
    """Understand a page. Raises InputError where trafilatura is not installed."""
    known = content["id"]
    try:
        html = decoded_page(_unpacked(content[HTML], content.get(CODING)), content.get(CHARSET))
        if html.count("<") > MOST_TAGS:
            raise RefusedError(f"It has more than {MOST_TAGS:,} tags, which no page with one article has.")
        blocks = _blocks(html)
        return finished(where, known, blocks, None, _kept(html, content, options))
    except MissingExtraError as error:
        raise InputError(str(error)) from error
    except RefusedError as error:
        return Rejected(where, known, str(error))
    # whatever a page does to the parsers costs this page only
    except Exception as error:
        return Rejected(where, known, f"The page cannot be taken apart ({type(error).__name__}).")


def _kept(html: str, content: Mapping[str, Any], options: ReaderOptions) -> dict[str, str | None]:
    told = {name: value for name, value in content.items() if name in _TOLD}
    if not set(METADATA).isdisjoint(options.keep):
        told |= metadata_of_html(html)
    return {name: value_of(told.get(name) or None, name) for name in options.keep}


def _blocks(html: str) -> list[str]:
    try:
        return paragraphs_of_html(html)
    except MissingExtraError:
        raise
    except ExtractError:
        raise RefusedError("No article was found in the page.") from None


def _unpacked(content: bytes, coding: str | None) -> bytes:
    """Undo the coding that a server sent a page in; many archives keep its name when they have undone it."""
    if coding in (None, "", "identity") or (coding in ("gzip", "x-gzip") and content[:2] != _GZIP):
        return content
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise RefusedError("The page is packed in a way that is not read here: only gzip and deflate are.")
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        unpacker = zlib.decompressobj(window)
        try:
            page = unpacker.decompress(content, LARGEST_ITEM + 1)
        except zlib.error:
            continue
        if len(page) > LARGEST_ITEM:
            raise RefusedError(TOO_LARGE)
        if not unpacker.eof:
            raise RefusedError("The page breaks off.")
        return page
    raise RefusedError("The page is packed, and damaged.")
