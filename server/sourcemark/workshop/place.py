"""Where the workshop's file lies, whether one could be kept there, and whether one that is there is sound."""

import os
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import msgspec

from sourcemark.workshop import tables
from sourcemark.workshop.record import read_state
from sourcemark.workshop.trouble import DamagedFileError, in_words

FILE: Final = "workshop.sqlite"

_ROOM: Final = 4_000_000
"""Bytes. Two articles of 200,000 characters, a full room's answers, and a journal of as much again."""


def try_out(folder: Path) -> None:
    """Write as much into the state folder as a workshop may need, and delete it again.

    Where the folder is not there yet, the place that it would be made in is tried. Raises FileError.
    """
    with in_words(folder):
        there = next(each for each in (folder, *folder.resolve().parents) if each.exists())
        with TemporaryFile(dir=there) as trial:
            # zeros would take no room where the file system packs them
            trial.write(os.urandom(_ROOM))
            trial.flush()
            os.fsync(trial.fileno())


def examine(path: Path) -> None:
    """Read the whole of a workshop's file, where there is one. Deletes nothing.

    Raises FileError where it is not what this version writes.
    """
    with in_words(path):
        if not path.exists() or not tables.begins(path):
            return
    with tables.transaction(path) as file:
        (found,) = file.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise DamagedFileError(path, found)
        if tables.is_blank(file):
            return
        try:
            read_state(file)
        except (msgspec.MsgspecError, LookupError, TypeError, ValueError) as error:
            raise DamagedFileError(path, error) from error
