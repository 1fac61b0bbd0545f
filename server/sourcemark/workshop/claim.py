"""One service at a time in a state folder.

The lock is the system's: it is gone with the process that holds it, however that ends, so that nothing
stale is ever in the way of the next one. The file that it is put on stays, and is always empty.
"""

from collections.abc import Iterator
from contextlib import contextmanager
import os
from pathlib import Path
import sys
from typing import Final

from sourcemark.settings import variable_of
from sourcemark.workshop.trouble import FileError, in_words

_LOCK: Final = "service.lock"


class ClaimedError(FileError):
    """Another service has the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another Sourcemark is running, by another port, and keeps its workshop in {folder}. Stop that "
            f"one, or give this one a folder of its own in {variable_of('state_folder')}."
        )


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold the state folder for as long as the block lasts; it is made where it is not there.

    Raises ClaimedError where another service holds it, FileError where it cannot be written.
    """
    path = folder / _LOCK
    with in_words(path):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with in_words(path):
            locked = _locked(file)
        if not locked:
            raise ClaimedError(folder)
        yield
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
