"""Short names for inputs: enough of each path to tell them apart, and no more."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sourcemark.archive.inputs.options import InputError

STANDARD_INPUT: Final = "-"
_NAME: Final = "stdin"


def names_of(paths: Sequence[str | Path]) -> list[str]:
    """Return a name for each path: its last part, with those before it where two would be called the same.

    Raises InputError where one is named twice.
    """
    parts = [_parts(str(path)) for path in paths]
    if len(set(parts)) < len(parts):
        raise InputError("An input is named twice. Name each once.")
    length = 1
    while len({each[-length:] for each in parts}) < len(parts):
        length += 1
    return [well_formed("/".join(each[-length:])) for each in parts]


def well_formed(name: str) -> str:
    """Return a file's name as Unicode text: bytes that are none are question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _parts(path: str) -> tuple[str, ...]:
    if path == STANDARD_INPUT:
        return (_NAME,)
    absolute = Path(path).absolute()
    # the root has no name
    return tuple(part.strip("/\\:") for part in absolute.parts) if absolute.name else ("folder",)
