"""Read the sentences of a labelled archive, some whole articles at a time. Needs pyarrow."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import csv, json, parquet

from sourcemark.archive.report.errors import ReportError
from sourcemark.labels import SCORE_IDS

_TYPES: Final = {
    "number": pa.int64(),
    "block": pa.int32(),
    "start": pa.int32(),
    "end": pa.int32(),
    "label": pa.string(),
    "state": pa.string(),
    **dict.fromkeys(SCORE_IDS, pa.float32()),
    "speaker": pa.string(),
    "named": pa.bool_(),
}
"""The columns that a report needs, of those that an archive has."""

_NEVER_EMPTY: Final = ("number", "block", "start", "end", "state", *SCORE_IDS)
_BATCH: Final = 65_536
"""Rows that are read from a Parquet file at once."""
_BYTES: Final = 16 << 20
"""Bytes that are read from other files at once."""


def sentence_tables(parts: Sequence[Path], kept: Sequence[str]) -> Iterator[Any]:
    """Yield pyarrow tables of sentences in order, with kept columns; no article is in two of them.

    Only as much as one table is in memory, so articles may be many, and files large. Raises ReportError
    where a file is damaged.
    """
    schema = pa.schema([*_TYPES.items(), *((name, pa.string()) for name in kept)])
    for path in parts:
        try:
            yield from _whole_articles(_tables(path, schema))
        except (pa.ArrowException, OSError, LookupError, ValueError) as error:
            # libraries say more in further lines, for those who know their insides
            told = str(error).partition("\n")[0]
            raise ReportError(
                f"{path} is damaged: {told}. Delete it and run the same `sourcemark archive` command again; "
                "it makes what is missing. No report was written."
            ) from error


def _tables(path: Path, schema: Any) -> Iterator[Any]:
    """Yield a file's columns, piece by piece, with the types that they should have."""
    for batch in _batches(path, schema):
        table = pa.Table.from_batches([batch]).select(schema.names).cast(schema)
        for name in _NEVER_EMPTY:
            if table[name].null_count:
                raise ValueError(f"a sentence has no “{name}”")
        yield table


def _batches(path: Path, schema: Any) -> Iterator[Any]:
    if path.suffix == ".parquet":
        with parquet.ParquetFile(path) as file:
            yield from file.iter_batches(_BATCH, columns=schema.names)
    elif path.stat().st_size == 0:
        # the readers of text object to a file without a line
        return
    elif path.suffix == ".csv":
        options = csv.ConvertOptions(
            column_types=schema, include_columns=schema.names, null_values=[""], strings_can_be_null=True
        )
        parsing = csv.ParseOptions(newlines_in_values=True)
        with csv.open_csv(path, csv.ReadOptions(block_size=_BYTES), parsing, options) as file:
            yield from file
    else:
        parsing = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
        with json.open_json(path, json.ReadOptions(block_size=_BYTES), parsing) as file:
            yield from file


def _whole_articles(tables: Iterator[Any]) -> Iterator[Any]:
    """Move the sentences of the last article of each table to the next one, which may have more of it."""
    rest = None
    for table in tables:
        joined = table if rest is None else pa.concat_tables([rest, table])
        if not joined.num_rows:
            continue
        numbers = joined["number"].to_numpy()
        at = int(np.searchsorted(numbers, numbers[-1]))
        if at:
            yield joined.slice(0, at).combine_chunks()
        rest = joined.slice(at)
    if rest is not None:
        yield rest.combine_chunks()
