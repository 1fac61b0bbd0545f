"""Files, folders and standard input in a row, as one source of items."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from sourcemark.archive.inputs import csv_rows, files, lines, pages, parquet_rows, web_records
from sourcemark.archive.inputs.articles import article_of
from sourcemark.archive.inputs.digests import Digests, FolderDigest
from sourcemark.archive.inputs.folders import files_of
from sourcemark.archive.inputs.kinds import kind_of
from sourcemark.archive.inputs.options import (
    AUTO,
    CSV,
    HTML,
    JSONL,
    PARQUET,
    WARC,
    InputError,
    ReaderOptions,
)
from sourcemark.archive.inputs.streams import (
    BrokenInputError,
    Counted,
    InputFile,
    head_of,
    opened,
    unpacked,
)
from sourcemark.archive.items import ArchiveArticle, Item, Rejected


@dataclass(frozen=True, slots=True)
class InputFolder:
    """A folder of the input, with all that lies below it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a person named, in order. A `Source`: it holds names and options, and no open file."""

    inputs: tuple[InputFile | InputFolder, ...]
    options: ReaderOptions

    @property
    def names(self) -> tuple[str, ...]:
        """What the inputs are called in `where` and in the manifest."""
        return tuple(each.name for each in self.inputs)

    def items(self, digests: Digests | None = None) -> Iterator[Item | Rejected]:
        """Yield the items of all inputs in order, and collect the digests of what was read on the way.

        Standard input can be read only once.
        """
        digests = digests or Digests()
        for each in self.inputs:
            if isinstance(each, InputFile):
                yield from self._file(each, each.name, digests)
                continue
            folder = FolderDigest()
            for relative, path in files_of(each.path, self.options.patterns):
                file = InputFile(path, f"{each.name}/{relative}", relative, self.options.kind)
                yield from self._file(file, relative, folder)
            digests.add(each.name, folder)

    def read(self, item: Item) -> ArchiveArticle | Rejected:
        """Make an article of an item, or say why there is none.

        Raises InputError only where trafilatura is missing on the computer that is to read a page.
        """
        content: Any = item.content
        if isinstance(content, bytes):
            return lines.read(item.where, content, self.options)
        if HTML in content:
            return pages.read(item.where, content, self.options)
        if files.PLAIN in content:
            return files.read(item.where, content, self.options)
        return article_of(item.where, content[csv_rows.COLUMNS], self.options)

    def _file(self, file: InputFile, name: str, digests: Digests | FolderDigest) -> Iterator[Item | Rejected]:
        """Yield the items of one file. What keeps it from being read on is rejected as its last."""
        try:
            with opened(file) as counted:
                yield from self._items(file, counted)
                counted.finish()
                digests.add(name, counted)
        except OSError as error:
            yield Rejected(file.name, None, f"The file cannot be read ({error.strerror}).")
        except InputError as error:
            yield Rejected(file.name, None, error.reason)

    def _items(self, file: InputFile, counted: Counted) -> Iterator[Item | Rejected]:
        stream = unpacked(counted)
        try:
            if file.kind == AUTO:
                file = replace(file, kind=kind_of(head_of(stream), file.name))
            yield from _items(file, stream, self.options)
        except BrokenInputError as error:
            yield Rejected(file.name, None, str(error))
        except InputError as error:
            yield Rejected(file.name, None, error.reason)
        except UnicodeError:
            yield Rejected(file.name, None, "From here on it is not text in the encoding that was told.")


def _items(file: InputFile, stream: BinaryIO, options: ReaderOptions) -> Iterator[Item | Rejected]:
    if file.kind == JSONL:
        return lines.items(stream, file.name)
    if file.kind == CSV:
        return csv_rows.items(stream, file.name, options)
    if file.kind == WARC:
        return web_records.items(stream, file.name)
    if file.kind == PARQUET:
        return parquet_rows.items(file, options)
    return files.items(stream, file)


def size_of(item: Item) -> int:
    """Return how much an item holds: bytes and characters, the same each time."""
    return _size(item.content)


def _size(content: object) -> int:
    if isinstance(content, str | bytes):
        return len(content)
    if isinstance(content, Mapping):
        return sum(map(_size, content.values()))
    return sum(map(_size, content)) if isinstance(content, list) else 0
