"""Find out what is named, and whether it can be read, before anything is."""

from collections.abc import Sequence
from contextlib import nullcontext
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
import sys
from typing import Final

from sourcemark.archive.inputs import csv_rows, files, pages, parquet_rows, web_records
from sourcemark.archive.inputs.folders import files_of
from sourcemark.archive.inputs.kinds import kind_of
from sourcemark.archive.inputs.naming import STANDARD_INPUT, names_of
from sourcemark.archive.inputs.options import AUTO, CSV, HTML, PARQUET, TEXT, WARC, InputError, ReaderOptions
from sourcemark.archive.inputs.source import InputFolder, Inputs
from sourcemark.archive.inputs.streams import (
    HEAD,
    BrokenInputError,
    Counted,
    InputFile,
    head_of,
    opened,
    unpacked,
)

_LIBRARIES: Final = {PARQUET: ("pyarrow",), HTML: ("trafilatura",), WARC: ("warcio", "trafilatura")}
_COLUMNS: Final = {
    TEXT: files.COLUMNS,
    HTML: (*files.COLUMNS, *pages.METADATA),
    WARC: (*web_records.COLUMNS, *pages.METADATA),
}
"""What can be kept of inputs that have no columns of their own."""


def source_of(paths: Sequence[str | Path], reader: ReaderOptions | None = None) -> Inputs:
    """Return the source of these files, folders, and `-` for standard input, in this order.

    Raises InputError where one is missing, is not what it should be, or needs what is not installed. The
    beginning of standard input is read to tell its kind.
    """
    reader = reader or ReaderOptions()
    reader.check()
    if not paths:
        raise InputError("Name a file, a folder, or - for standard input.")
    named = zip(map(str, paths), names_of(paths), strict=True)
    return Inputs(tuple(_input(path, name, reader) for path, name in named), reader)


def _input(path: str, name: str, reader: ReaderOptions) -> InputFile | InputFolder:
    try:
        if path == STANDARD_INPUT:
            return _standard_input(name, reader)
        if Path(path).is_dir():
            return _folder(InputFolder(Path(path), name), reader)
        file = InputFile(Path(path), name, name, AUTO)
        with opened(file) as content:
            file = InputFile(Path(path), name, name, _kind(content, name, reader))
            _check(file, content, reader)
        return file
    except FileNotFoundError:
        raise InputError(f"There is no file or folder at “{path}”.") from None
    except BrokenInputError as error:
        raise InputError(f"“{path}” cannot be read: {error}") from None
    except OSError as error:
        raise InputError(f"“{path}” cannot be read ({error.strerror}).") from None


def _standard_input(name: str, reader: ReaderOptions) -> InputFile:
    head = sys.stdin.buffer.read(HEAD)
    file = InputFile(None, name, name, _kind(Counted(BytesIO(head)), name, reader), head)
    _check(file, Counted(BytesIO(head)), reader)
    return file


def _folder(folder: InputFolder, reader: ReaderOptions) -> InputFolder:
    if next(files_of(folder.path, reader.patterns), None) is None:
        raise InputError(
            f"No file in the folder “{folder.name}” is called {' or '.join(reader.patterns)}. "
            "Say which of its files to read."
        )
    kinds = {kind_of(b"", pattern) for pattern in reader.patterns}
    if kinds <= _COLUMNS.keys():
        _check_kept(folder.name, [column for kind in sorted(kinds) for column in _COLUMNS[kind]], reader)
    if not all(map(_installed, ("pyarrow", "trafilatura", "warcio"))):
        for relative, _ in files_of(folder.path, reader.patterns):
            _need(reader.kind if reader.kind != AUTO else kind_of(b"", relative))
    return folder


def _kind(content: Counted, name: str, reader: ReaderOptions) -> str:
    return reader.kind if reader.kind != AUTO else kind_of(head_of(unpacked(content)), name)


def _check(file: InputFile, content: Counted, reader: ReaderOptions) -> None:
    _need(file.kind)
    if file.kind == PARQUET:
        parquet_rows.check(file, reader)
    elif file.kind == CSV:
        with opened(file) if file.path is not None else nullcontext(content) as beginning:
            csv_rows.check(unpacked(beginning), file.name, reader)
    elif file.kind in _COLUMNS:
        _check_kept(file.name, _COLUMNS[file.kind], reader)


def _check_kept(name: str, columns: Sequence[str], reader: ReaderOptions) -> None:
    unknown = [each for each in reader.keep if each not in columns]
    if unknown:
        raise InputError(
            f"“{name}” has no column “{unknown[0]}”. It has {', '.join(dict.fromkeys(columns))}."
        )


def _need(kind: str) -> None:
    """Raise InputError where a library that reads this kind is not installed."""
    missing = [library for library in _LIBRARIES.get(kind, ()) if not _installed(library)]
    if missing:
        raise InputError(
            f"Reading {kind} needs {' and '.join(missing)}, which is not installed. "
            "Run: pip install 'sourcemark[archive]'"
        )


def _installed(library: str) -> bool:
    return find_spec(library) is not None
