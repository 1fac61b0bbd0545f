"""What keeps a workshop's file or folder from being used, in words that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import sqlite3
from typing import Final

from sourcemark.failures import Failure, failure_of
from sourcemark.settings import variable_of
from sourcemark.workshop.errors import WorkshopError

_ANOTHER_FOLDER: Final = f"name another folder in {variable_of('state_folder')}"

_FULL: Final = (
    "Nothing was changed in {path}, because its disk is full or failing ({error}). Make room on that disk, "
    f"or {_ANOTHER_FOLDER}, and do it again."
)
_FORBIDDEN: Final = (
    "Sourcemark may not write to {path} ({error}). Give this user account the right to write there, "
    f"or {_ANOTHER_FOLDER}."
)
_DAMAGED: Final = (
    "The workshop's file {path} cannot be read, because it is damaged or something else ({error}). It was "
    "left as it is. To go on without it, delete it and open a new workshop."
)
_HELD: Final = "Another program holds {path} open for itself ({error}). Close that program and do it again."
_UNKNOWN: Final = f"{{path}} cannot be read or written ({{error}}). Look at that disk, or {_ANOTHER_FOLDER}."

_WORDS: Final = {
    Failure.FULL: _FULL,
    Failure.FORBIDDEN: _FORBIDDEN,
    Failure.DAMAGED: _DAMAGED,
    Failure.HELD: _HELD,
    Failure.UNKNOWN: _UNKNOWN,
}


class FileError(WorkshopError):
    """The workshop's file or its folder cannot be used. The message names it: for the facilitator alone."""


class NewerFileError(FileError):
    """A newer version of Sourcemark wrote the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The workshop's file {path} was written by a newer version of Sourcemark. Start that version to "
            "go on with the workshop, or delete the file to go on without it."
        )


class DamagedFileError(FileError):
    """The file holds something else than it should."""

    def __init__(self, path: Path, error: object) -> None:
        super().__init__(_DAMAGED.format(path=path, error=error))


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what the system and SQLite say of a file into a FileError."""
    try:
        yield
    except OSError as error:
        words = _WORDS[failure_of(error)]
        raise FileError(words.format(path=path, error=error.strerror or error)) from error
    except sqlite3.DatabaseError as error:
        raise FileError(_WORDS[failure_of(error)].format(path=path, error=error)) from error
