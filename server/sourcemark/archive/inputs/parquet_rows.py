"""Parquet: one article a row, read by small batches of the columns that are needed."""

from collections.abc import Iterator
from typing import Any, Final

from sourcemark.archive.inputs.columns import wanted
from sourcemark.archive.inputs.csv_rows import COLUMNS
from sourcemark.archive.inputs.lines import TOO_LARGE
from sourcemark.archive.inputs.options import LARGEST_ITEM, InputError, ReaderOptions
from sourcemark.archive.inputs.streams import BrokenInputError, InputFile
from sourcemark.archive.items import Item, Rejected

_ROWS: Final = 64
_BUFFER: Final = 1 << 20


def check(file: InputFile, options: ReaderOptions) -> None:
    """Raise InputError where a column is missing or is no text, or where it is no Parquet file."""
    with _opened(file) as table:
        _wanted(table.schema_arrow, file.name, options)


def items(file: InputFile, options: ReaderOptions) -> Iterator[Item | Rejected]:
    """Yield the rows; `where` has their number, from 1."""
    import pyarrow

    number = 0
    with _opened(file) as table:
        columns = _wanted(table.schema_arrow, file.name, options)
        try:
            for batch in table.iter_batches(_ROWS, columns=columns, use_threads=False):
                values = {name: _as_text(batch.column(name)) for name in batch.schema.names}
                for row in range(batch.num_rows):
                    number += 1
                    yield _item(f"{file.name}:{number}", values, row)
        except (pyarrow.ArrowException, OSError, ValueError):
            raise BrokenInputError("The Parquet file is damaged here: the rest cannot be read.") from None


def _item(where: str, columns: dict[str, Any], row: int) -> Item | Rejected:
    try:
        values = {name: column[row].as_py() for name, column in columns.items()}
    except UnicodeDecodeError:
        return Rejected(where, None, "The row holds text that is not UTF-8.")
    if sum(map(_size, values.values())) > LARGEST_ITEM:
        return Rejected(where, None, TOO_LARGE)
    return Item(where, {COLUMNS: values})


def _size(value: Any) -> int:
    return sum(map(_size, value)) if isinstance(value, list) else len(value or "")


def _as_text(column: Any) -> Any:
    """Return a column as text, numbers and dates as Arrow writes them; lists of text stay lists."""
    import pyarrow

    return column if _is_list(column.type) else column.cast(pyarrow.string())


def _opened(file: InputFile) -> Any:
    import pyarrow
    import pyarrow.parquet

    if file.path is None:
        raise InputError("Parquet is not read from standard input, since its columns stand at its end.")
    try:
        return pyarrow.parquet.ParquetFile(file.path, buffer_size=_BUFFER, pre_buffer=False)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise InputError(
            f"“{file.name}” cannot be read as Parquet: it breaks off, or is packed in a gzip.",
            "It cannot be read as Parquet: it breaks off, or is packed in a gzip.",
        ) from None


def _wanted(schema: Any, name: str, options: ReaderOptions) -> list[str]:
    columns = wanted(schema.names, name, options)
    text = options.text_column or ("paragraphs" if "paragraphs" in columns else "text")
    for column in columns:
        kind = schema.field(column).type
        if not (_is_plain(kind) or (column == text and _is_list(kind) and _is_plain(kind.value_type))):
            raise InputError(
                f"The column “{column}” of “{name}” holds {kind}, which is not read as text.",
                f"Its column “{column}” does not hold text.",
            )
    return columns


def _is_plain(kind: Any) -> bool:
    from pyarrow import types

    is_text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    is_number = types.is_primitive(kind) or types.is_decimal(kind) or types.is_null(kind)
    return bool(is_text or is_number or (types.is_dictionary(kind) and _is_plain(kind.value_type)))


def _is_list(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_list(kind) or types.is_large_list(kind))
