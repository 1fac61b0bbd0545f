"""What a person can say about an input, and the limits of what is read."""

import codecs
from typing import Annotated, Final

import msgspec
from msgspec import Meta

AUTO: Final = "auto"
JSONL: Final = "jsonl"
CSV: Final = "csv"
PARQUET: Final = "parquet"
TEXT: Final = "text"
HTML: Final = "html"
WARC: Final = "warc"
KINDS: Final = (AUTO, JSONL, CSV, PARQUET, TEXT, HTML, WARC)
"""What an input can be said to be."""

BLANK_LINES: Final = "blank-lines"
LINES: Final = "lines"

LARGEST_ITEM: Final = 5_000_000
"""Bytes of one line, row, file or page; a larger one is rejected."""


class InputError(Exception):
    """An input that cannot be read at all; the message says why, and what to do.

    `reason` says why in words that repeat nothing of the input.
    """

    def __init__(self, message: str, reason: str | None = None) -> None:
        super().__init__(message)
        self.reason = reason or message


class ReaderOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How an input is to be read."""

    kind: Annotated[
        str,
        Meta(description="What the input is. auto tells it by its first bytes and its name."),
    ] = AUTO
    id_column: Annotated[
        str | None,
        Meta(
            description="Column with the article's id. Left out, it is `id`; without one, the place counts."
        ),
    ] = None
    title_column: Annotated[
        str | None, Meta(description="Column with the title. Left out, it is `title`, where there is one.")
    ] = None
    text_column: Annotated[
        str | None,
        Meta(description="Column with the text. Left out, it is `paragraphs`, a list, or else `text`."),
    ] = None
    keep: Annotated[
        tuple[str, ...], Meta(description="Columns that go into the output beside the labels.")
    ] = ()
    patterns: Annotated[
        tuple[str, ...], Meta(description="Names of the files that are read in a folder, such as *.txt.")
    ] = ("*.txt", "*.html", "*.htm")
    encoding: Annotated[str, Meta(description="Encoding of CSV and of text files.")] = "utf-8"
    delimiter: Annotated[
        str | None,
        Meta(description="What separates the columns of CSV. Left out, a tab in a .tsv file, else a comma."),
    ] = None
    paragraphs: Annotated[
        str,
        Meta(description="What ends a paragraph of a text: a blank line, or the end of each line."),
    ] = BLANK_LINES

    def check(self) -> None:
        """Raise InputError where a value cannot be used."""
        if self.kind not in KINDS:
            raise InputError(f"There is no kind of input “{self.kind}”: choose one of {', '.join(KINDS)}.")
        if self.paragraphs not in (BLANK_LINES, LINES):
            raise InputError(f"Paragraphs end at {BLANK_LINES} or at {LINES}, not at “{self.paragraphs}”.")
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '\r\n"'):
            raise InputError("The delimiter of CSV is one character, such as ; or a tab.")
        if len(set(self.keep)) < len(self.keep):
            raise InputError("A column to keep is named twice. Name each once.")
        if not self.patterns:
            raise InputError("Say which files of a folder to read, such as *.txt.")
        try:
            "".encode(codecs.lookup(self.encoding).name)
        except LookupError:
            raise InputError(f"There is no encoding “{self.encoding}”: utf-8 and cp1252 are two.") from None
