"""What can go wrong with an archive. Every message is said to the person as it stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sourcemark.failures import Failure, failure_of

_FULL: Final = (
    "{path} could not be written, because its disk is full or failing ({error}). What was finished before is "
    "kept. Make room there and give the same command again to go on."
)
_FORBIDDEN: Final = (
    "Sourcemark may not write {path} ({error}). Give this user account the right to write there, or choose "
    "another folder for OUT."
)
_UNKNOWN: Final = (
    "{path} cannot be read or written ({error}). Look at that disk, or choose another folder for OUT."
)
_WORDS: Final = {Failure.FULL: _FULL, Failure.FORBIDDEN: _FORBIDDEN}


class ArchiveError(Exception):
    """The archive cannot be labelled. The message says why, and what to do next."""


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what the system says of a file of OUT into an ArchiveError."""
    try:
        yield
    except OSError as error:
        words = _WORDS.get(failure_of(error), _UNKNOWN)
        raise ArchiveError(words.format(path=path, error=error.strerror or error)) from error
