"""What keeps a file from being used: the few kinds of failure that a person can do something about."""

from enum import Enum, auto
import errno
import sqlite3
from typing import Final


class Failure(Enum):
    """Each place where files are kept has words of its own for these."""

    FULL = auto()
    """The disk is full or failing."""
    FORBIDDEN = auto()
    """This user account may not write there."""
    DAMAGED = auto()
    """What is there is damaged or something else."""
    HELD = auto()
    """Another program holds it for itself."""
    UNKNOWN = auto()


# a process whose files may not grow any further is told EFBIG
_OF_SYSTEM: Final = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO), Failure.FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST), Failure.FORBIDDEN),
}
# https://sqlite.org/rescode.html; a statement fails with SQLITE_ERROR where a table is missing
_OF_SQLITE: Final = {
    **dict.fromkeys((sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR), Failure.FULL),
    **dict.fromkeys(
        (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN), Failure.FORBIDDEN
    ),
    **dict.fromkeys((sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR), Failure.DAMAGED),
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED), Failure.HELD),
}
# the lower byte of an extended result code is the code that it extends
_PRIMARY: Final = 0xFF


def failure_of(error: OSError | sqlite3.Error) -> Failure:
    """Return which kind of failure the system or SQLite tells of."""
    if isinstance(error, OSError):
        return _OF_SYSTEM.get(error.errno or 0, Failure.UNKNOWN)
    # what the module itself finds wrong has no code
    code = getattr(error, "sqlite_errorcode", -1)
    return _OF_SQLITE.get(code & _PRIMARY, Failure.UNKNOWN)
