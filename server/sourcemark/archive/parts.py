"""Writes a shard's rows in one of three forms. The same rows give the same bytes."""

from collections.abc import Callable, Mapping, Sequence
import csv
import io
from types import ModuleType
from typing import Any, Final

import msgspec

from sourcemark.archive.errors import ArchiveError
from sourcemark.archive.rows import COLUMNS, TEXT, Row
from sourcemark.labels import SCORE_IDS

PARQUET, JSONL, CSV = "parquet", "jsonl", "csv"


def columns_of(with_text: bool, keep: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns in their order."""
    return (*COLUMNS, *((TEXT,) if with_text else ()), *keep)


def check(form: str, keep: Sequence[str]) -> None:
    """Raise ArchiveError where a column's name is taken, or what writes this form is not installed."""
    for name in keep:
        if name in (*COLUMNS, TEXT):
            raise ArchiveError(
                f"The column “{name}” cannot be kept, because the output has one of that name already. "
                "Rename it in the input."
            )
    if form == PARQUET:
        _pyarrow()


def encoded(rows: Sequence[Row], form: str, with_text: bool, keep: Sequence[str]) -> bytes:
    """Return the bytes of a part that holds these rows: form is "parquet", "jsonl" or "csv"."""
    return _FORMS[form](rows, with_text, keep)


def schema_of(with_text: bool, keep: Sequence[str]) -> Any:
    """Return the pyarrow schema of the rows."""
    pyarrow = _pyarrow()
    offset = pyarrow.int32()
    evidence = [("kind", pyarrow.string()), ("block", offset), ("start", offset), ("end", offset)]
    kinds = {
        "number": pyarrow.int64(),
        **dict.fromkeys(("block", "start", "end"), offset),
        **dict.fromkeys(SCORE_IDS, pyarrow.float32()),
        "named": pyarrow.bool_(),
        "evidence": pyarrow.list_(pyarrow.struct(evidence)),
        **dict.fromkeys(keep, pyarrow.dictionary(pyarrow.int32(), pyarrow.string())),
    }
    return pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in columns_of(with_text, keep)])


def _parquet(rows: Sequence[Row], with_text: bool, keep: Sequence[str]) -> bytes:
    pyarrow = _pyarrow()
    from pyarrow import parquet

    table = pyarrow.Table.from_pylist(list(rows), schema=schema_of(with_text, keep))
    file = io.BytesIO()
    # all that another version of pyarrow could choose otherwise
    parquet.write_table(
        table,
        file,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=3,
        use_dictionary=True,
        write_statistics=True,
        store_schema=True,
    )
    return file.getvalue()


def _jsonl(rows: Sequence[Row], with_text: bool, keep: Sequence[str]) -> bytes:
    names = columns_of(with_text, keep)
    lines = (msgspec.json.encode({name: row[name] for name in names}) for row in rows)
    return b"".join(line + b"\n" for line in lines)


def _csv(rows: Sequence[Row], with_text: bool, keep: Sequence[str]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns_of(with_text, keep), lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(_cells, rows))
    return file.getvalue().encode()


def _cells(row: Row) -> Mapping[str, Any]:
    named = {None: None, True: "true", False: "false"}[row["named"]]
    return {**row, "named": named, "evidence": msgspec.json.encode(row["evidence"]).decode()}


def _pyarrow() -> ModuleType:
    try:
        import pyarrow
    except ImportError as error:
        raise ArchiveError(
            "Parquet needs pyarrow, which is not installed: pip install 'sourcemark[archive]'. "
            "Or choose another form: --as jsonl."
        ) from error
    return pyarrow  # type: ignore[no-any-return]


_FORMS: Final[Mapping[str, Callable[[Sequence[Row], bool, Sequence[str]], bytes]]] = {
    PARQUET: _parquet,
    JSONL: _jsonl,
    CSV: _csv,
}
FORMS: Final = tuple(_FORMS)
