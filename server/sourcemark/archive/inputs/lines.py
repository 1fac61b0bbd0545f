"""JSON lines: one article a line, as `text`, as `paragraphs`, or in the format of an annotated corpus."""

from collections.abc import Iterator
import json
from typing import Any, BinaryIO, Final

from sourcemark.archive.inputs.articles import article_of
from sourcemark.archive.inputs.options import LARGEST_ITEM, ReaderOptions
from sourcemark.archive.items import ArchiveArticle, Item, Rejected

TOO_LARGE: Final = f"It is larger than {LARGEST_ITEM // 1_000_000} MB; what is larger is not read."

_MARK: Final = b"\xef\xbb\xbf"


class _TwiceError(ValueError):
    """An object with the same key twice."""


def items(stream: BinaryIO, name: str) -> Iterator[Item | Rejected]:
    """Yield the lines that hold anything; `where` has their number, from 1."""
    number = 0
    while line := stream.readline(LARGEST_ITEM + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > LARGEST_ITEM and not line.endswith(b"\n"):
            while (rest := stream.readline(LARGEST_ITEM)) and not rest.endswith(b"\n"):
                pass
            yield Rejected(where, None, TOO_LARGE)
            continue
        content = (line.removeprefix(_MARK) if number == 1 else line).strip()
        if content:
            yield Item(where, content)


def read(where: str, content: bytes, options: ReaderOptions) -> ArchiveArticle | Rejected:
    """Understand one line."""
    try:
        fields = json.loads(content.decode(), object_pairs_hook=_object)
    except UnicodeDecodeError:
        return Rejected(where, None, "The line is not UTF-8 text.")
    except _TwiceError:
        return Rejected(where, None, "A key stands twice in the line.")
    except (ValueError, RecursionError):
        return Rejected(where, None, "The line is not JSON, or it breaks off.")
    if not isinstance(fields, dict):
        return Rejected(where, None, "The line is JSON, but no object with a text.")
    return article_of(where, fields, options)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise _TwiceError
    return fields
