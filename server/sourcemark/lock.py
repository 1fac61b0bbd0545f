"""One process at a time: a lock that is the system's.

It is gone with the process that holds it, however that ends, so that nothing stale is ever in the way of the
next one. The file that it is put on stays, and is always empty.
"""

from collections.abc import Iterator
from contextlib import contextmanager
import os
from pathlib import Path
import sys


@contextmanager
def exclusive(path: Path) -> Iterator[bool]:
    """Hold the lock for as long as the block lasts; give whether it could be had. Raises OSError."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(file)
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
