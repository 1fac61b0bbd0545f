"""Files that are one article each: plain text and HTML pages."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from sourcemark.archive.inputs.articles import RefusedError, cut, finished, value_of
from sourcemark.archive.inputs.lines import TOO_LARGE
from sourcemark.archive.inputs.options import HTML, LARGEST_ITEM, ReaderOptions
from sourcemark.archive.inputs.streams import InputFile, read_at_most
from sourcemark.archive.items import ArchiveArticle, Item, Rejected

PLAIN: Final = "plain"
"""Key of an item's content under which a text file stands."""

COLUMNS: Final = ("folder",)
"""The column that files have: the folder they lie in, within the one that was named."""

_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


def items(stream: BinaryIO, file: InputFile) -> Iterator[Item | Rejected]:
    """Yield the one item that a file is."""
    content = read_at_most(stream, LARGEST_ITEM)
    if not content:
        yield Rejected(file.name, file.id, "The file is empty.")
    elif len(content) > LARGEST_ITEM:
        yield Rejected(file.name, file.id, TOO_LARGE)
    else:
        key = HTML if file.kind == HTML else PLAIN
        yield Item(file.name, {key: content, "id": file.id, "folder": file.id.rpartition("/")[0]})


def read(where: str, content: Mapping[str, Any], options: ReaderOptions) -> ArchiveArticle | Rejected:
    """Understand a text file."""
    try:
        text = _decoded(content[PLAIN], options.encoding)
        kept = {
            name: value_of(content[name] or None, name) if name in COLUMNS else None for name in options.keep
        }
        return finished(where, content["id"], cut(text, options), None, kept)
    except UnicodeError:
        return Rejected(where, content["id"], f"The file is not {options.encoding} text.")
    except RefusedError as error:
        return Rejected(where, content["id"], str(error))


def _decoded(content: bytes, encoding: str) -> str:
    # a byte order mark says more than an option
    if content.startswith(_WIDE):
        return content.decode("utf-16")
    return content.decode(encoding).removeprefix("\ufeff")
