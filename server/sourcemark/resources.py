"""Where the shipped data lies: beside the package in a wheel, at the top of the tree in a checkout."""

import csv
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder `models`, `seeds` or `extension` that belongs to this installation.

    Raises FileNotFoundError, with a sentence that says what to do, when neither place has it.
    """
    for place in (_PACKAGE / name, _PACKAGE.parents[1] / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(
        f"The folder “{name}” that belongs to Sourcemark is missing. Install the package again, "
        "or run from a complete checkout."
    )


def rows(path: str) -> list[list[str]]:
    """Return the rows of a CSV file under `seeds`, without its header."""
    with (folder("seeds") / path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
