"""CSV: a header, then one article a row. Quoted fields may hold line ends; a broken row costs only itself."""

from collections import deque
from collections.abc import Iterator
import csv
import io
from typing import BinaryIO, Final

from sourcemark.archive.inputs.articles import is_unicode
from sourcemark.archive.inputs.columns import wanted
from sourcemark.archive.inputs.kinds import suffix_of
from sourcemark.archive.inputs.lines import TOO_LARGE
from sourcemark.archive.inputs.options import LARGEST_ITEM, InputError, ReaderOptions
from sourcemark.archive.items import Item, Rejected

COLUMNS: Final = "columns"
"""Key of an item's content under which the columns of a row stand, by name."""

_BROKEN: Final = "The row is broken: a quotation mark is not closed, or stands inside a field."


class _TooLargeError(Exception):
    """A row over the limit."""


class _Lines:
    """The lines of a file, for the CSV reader; it can go back to the second line of the row it is in."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        marked = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
        # bytes that are no text stay in the row they stand in
        self._text = io.TextIOWrapper(stream, marked, errors="surrogateescape", newline="")
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self.number = 0
        """Of the line that was read last, from 1."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(LARGEST_ITEM + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._row.append(line)
        self._size += len(line)
        if len(line) > LARGEST_ITEM:
            self._skip(line)
        if self._size > LARGEST_ITEM:
            raise _TooLargeError
        return line

    def begin(self) -> None:
        """Begin a row."""
        self._row.clear()
        self._size = 0

    def go_back(self) -> None:
        """Go back to the line after the one that the row began with."""
        self._again.extendleft(reversed(self._row[1:]))
        self.number -= len(self._row) - 1

    def _skip(self, line: str) -> None:
        """Read to the end of a line that is too long, which is cut where it stands in the row."""
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(LARGEST_ITEM)


def check(stream: BinaryIO, name: str, options: ReaderOptions) -> None:
    """Raise InputError where a column is missing, or there is no header."""
    _Rows(stream, name, options)


def items(stream: BinaryIO, name: str, options: ReaderOptions) -> Iterator[Item | Rejected]:
    """Yield the rows that hold anything; `where` has the number of the line they begin in, from 1."""
    return _Rows(stream, name, options).items()


class _Rows:
    def __init__(self, stream: BinaryIO, name: str, options: ReaderOptions) -> None:
        # one number for the whole process, so it is only ever raised
        csv.field_size_limit(max(csv.field_size_limit(), LARGEST_ITEM))
        self._name = name
        self._delimiter = options.delimiter or ("\t" if suffix_of(name) == ".tsv" else ",")
        self._lines = _Lines(stream, options.encoding)
        self._reader = self._new_reader()
        try:
            self._header = next(self._reader, [])
        except (csv.Error, UnicodeError, _TooLargeError):
            raise InputError(f"The first line of “{name}” is no header of columns.") from None
        self.wanted = wanted(self._header, name, options)

    def items(self) -> Iterator[Item | Rejected]:
        places = {column: self._header.index(column) for column in self.wanted}
        while True:
            self._lines.begin()
            first = self._lines.number + 1
            where = f"{self._name}:{first}"
            try:
                row = next(self._reader, None)
            except (csv.Error, _TooLargeError) as error:
                self._lines.go_back()
                self._reader = self._new_reader()
                yield Rejected(where, None, TOO_LARGE if isinstance(error, _TooLargeError) else _BROKEN)
                continue
            if row is None:
                return
            if row:
                yield self._item(where, row, places)

    def _item(self, where: str, row: list[str], places: dict[str, int]) -> Item | Rejected:
        if len(row) != len(self._header):
            return Rejected(
                where, None, f"The row has {len(row)} fields where the header has {len(self._header)}."
            )
        columns = {column: row[place] for column, place in places.items()}
        if not all(map(is_unicode, columns.values())):
            return Rejected(where, None, "The row is not text in the encoding that was told.")
        return Item(where, {COLUMNS: columns})

    def _new_reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._delimiter, strict=True)
