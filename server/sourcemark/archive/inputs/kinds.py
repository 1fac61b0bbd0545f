"""Tell what an input is: by its first bytes where they say so, or else by its name."""

from pathlib import PurePath
from typing import Final

from sourcemark.archive.inputs.options import CSV, HTML, JSONL, PARQUET, TEXT, WARC, InputError
from sourcemark.text.extract import is_html

_SIGNS: Final = {b"PAR1": PARQUET, b"WARC/": WARC}
_SUFFIXES: Final = {
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".csv": CSV,
    ".tsv": CSV,
    ".txt": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".parquet": PARQUET,
    ".warc": WARC,
}
_UNREAD: Final = {
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"PK\x03\x04": "zip",
}
_MARK: Final = b"\xef\xbb\xbf"


def kind_of(head: bytes, name: str) -> str:
    """Return the kind of an input that starts with `head`, unpacked, and is called `name`.

    Raises InputError for what is packed otherwise than with gzip.
    """
    for sign, kind in _SIGNS.items():
        if head.startswith(sign):
            return kind
    for sign, packer in _UNREAD.items():
        if head.startswith(sign):
            raise InputError(f"“{name}” is packed with {packer}, which is not read here. Unpack it first.")
    suffix = suffix_of(name)
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    start = head.removeprefix(_MARK)
    if start.lstrip().startswith(b"{"):
        return JSONL
    return HTML if is_html(start.decode("latin-1")) else TEXT


def suffix_of(name: str) -> str:
    """Return the ending of a file's name in lower case, whether or not `.gz` stands behind it."""
    return PurePath(name.lower().removesuffix(".gz")).suffix
