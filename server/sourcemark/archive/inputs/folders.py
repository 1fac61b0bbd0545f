"""The files of a folder, in an order that is the same on every system."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
import os
from pathlib import Path
from typing import Final

from sourcemark.archive.inputs.naming import well_formed

_PACKED: Final = ".gz"


def files_of(folder: Path, patterns: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the files whose names match a pattern, in all folders below: relative path (with `/`), and path.

    Sorted by name, by code points. Upper and lower case match alike, and `.gz` may stand behind the name; a
    pattern with a `/` is matched with the relative path. Links to folders are not followed. A folder that
    cannot be listed is yielded itself.
    """
    # no recursion: folders may lie deeper than Python's stack
    waiting = [_entries(folder, "")]
    while waiting:
        relative, is_folder = next(waiting[-1], (None, False))
        if relative is None:
            waiting.pop()
            continue
        inside = _listed(folder, relative) if is_folder else None
        if inside is not None:
            waiting.append(inside)
        elif is_folder or _wanted(relative, patterns):
            yield well_formed(relative), folder / relative


def _listed(folder: Path, relative: str) -> Iterator[tuple[str, bool]] | None:
    try:
        return _entries(folder, f"{relative}/")
    except OSError:
        return None


def _entries(folder: Path, before: str) -> Iterator[tuple[str, bool]]:
    with os.scandir(f"{folder}/{before}") as found:
        entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in found]
    return ((before + name, is_folder) for name, is_folder in sorted(entries))


def _wanted(relative: str, patterns: Sequence[str]) -> bool:
    path = relative.lower().removesuffix(_PACKED)
    name = path.rpartition("/")[2]
    return any(
        fnmatchcase(path if "/" in pattern else name, pattern.lower().removesuffix(_PACKED))
        for pattern in patterns
    )
