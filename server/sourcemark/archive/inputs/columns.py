"""Which columns of a table are read."""

from collections.abc import Sequence

from sourcemark.archive.inputs.naming import well_formed
from sourcemark.archive.inputs.options import InputError, ReaderOptions

_SHOWN = 20


def wanted(columns: Sequence[str], name: str, options: ReaderOptions) -> list[str]:
    """Return the columns that are needed of those a table has, in its order.

    Raises InputError where one that is named is not among them, or no text is.
    """
    text = options.text_column or next((each for each in ("paragraphs", "text") if each in columns), "text")
    named = {each for each in (options.id_column, options.title_column, text, *options.keep) if each}
    for column in sorted(named):
        if column not in columns:
            raise InputError(
                f"“{name}” has no column “{column}”. {_those(columns)}", f"It has no column “{column}”."
            )
        if columns.count(column) > 1:
            raise InputError(f"“{name}” has the column “{column}” twice. Rename one of them.")
    used = named | {options.id_column or "id", options.title_column or "title"}
    return [column for column in columns if column in used]


def _those(columns: Sequence[str]) -> str:
    shown = ", ".join(f"“{well_formed(column[:40])}”" for column in columns[:_SHOWN])
    more = f", and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return f"Its columns are {shown}{more}." if columns else "It is empty."
