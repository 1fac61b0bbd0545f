"""The tables of a workshop's file, and how they are opened."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
import os
from pathlib import Path
import sqlite3
from typing import Final

from sourcemark.workshop.trouble import NewerFileError, in_words

FORMAT: Final = 1
"""Of the tables below; a file says which it has in `PRAGMA user_version`."""

# without rowids: they would tell in which order people came and answered
_TABLES: Final = (
    """CREATE TABLE workshop (
        plan BLOB NOT NULL, code TEXT NOT NULL, facilitator TEXT NOT NULL, projector TEXT NOT NULL,
        stage TEXT NOT NULL, article INTEGER NOT NULL, started REAL NOT NULL, last_action REAL NOT NULL,
        door TEXT)""",
    """CREATE TABLE participant (
        id TEXT PRIMARY KEY, secret TEXT NOT NULL UNIQUE, people INTEGER NOT NULL,
        handed_in INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""",
    """CREATE TABLE answer (
        participant TEXT NOT NULL REFERENCES participant ON DELETE CASCADE, round INTEGER NOT NULL,
        sentence INTEGER NOT NULL, choices TEXT NOT NULL,
        PRIMARY KEY (participant, round, sentence)) WITHOUT ROWID""",
    """CREATE TABLE tally (
        round INTEGER NOT NULL, sentence INTEGER NOT NULL, n INTEGER NOT NULL, counts BLOB NOT NULL,
        PRIMARY KEY (round, sentence)) WITHOUT ROWID""",
    "CREATE TABLE note (sentence INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    """CREATE TABLE slip (
        question TEXT NOT NULL, option TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (question, option)) WITHOUT ROWID""",
)
_HEADER_BYTES: Final = 16
_BUSY_SECONDS: Final = 10


@contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction, which is kept whole or not at all.

    Each opens the file anew, so that no page of it stays in memory afterwards. Raises FileError, as all
    functions here do, where the file cannot be read or written.
    """
    address = f"{path.resolve().as_uri()}?mode=rw"
    with in_words(path), closing(sqlite3.connect(address, _BUSY_SECONDS, uri=True)) as file:
        # transactions are begun and ended here, not by the module
        file.isolation_level = None
        file.execute("PRAGMA secure_delete = ON")
        file.execute("PRAGMA temp_store = MEMORY")
        file.execute("PRAGMA foreign_keys = ON")
        # what a killed process has written is with the system already; waiting for the disk after each
        # answer would guard against a power cut alone, and take longer than a full room can wait
        file.execute("PRAGMA synchronous = OFF")
        file.execute("BEGIN IMMEDIATE")
        try:
            if file.execute("PRAGMA user_version").fetchone()[0] > FORMAT:
                raise NewerFileError(path)
            yield file
            file.execute("COMMIT")
        except BaseException:
            # where the disk is full SQLite has rolled back already
            if file.in_transaction:
                file.execute("ROLLBACK")
            raise


def create(path: Path) -> None:
    """Create the file without anything in it, readable by its owner alone from its first moment."""
    with in_words(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def create_tables(file: sqlite3.Connection) -> None:
    """Create the tables of a new workshop."""
    for table in _TABLES:
        file.execute(table)
    file.execute(f"PRAGMA user_version = {FORMAT}")


def is_blank(file: sqlite3.Connection) -> bool:
    """Whether there are no tables: the service was killed while it created them."""
    return file.execute("SELECT 1 FROM sqlite_schema").fetchone() is None


def exists(path: Path) -> bool:
    """Whether there is a file with something in it; what an interrupted deletion left is removed."""
    with in_words(path), suppress(FileNotFoundError):
        if begins(path):
            return True
    erase(path)
    return False


def begins(path: Path) -> bool:
    """Whether there is anything in the file but zeros. Raises FileNotFoundError."""
    with path.open("rb") as file:
        return any(file.read(_HEADER_BYTES))


def erase(path: Path) -> None:
    """Overwrite the file, and its journal where a killed process left one, with zeros; then delete both.

    Where they cannot be overwritten they are deleted nevertheless.
    """
    for each in (path, path.with_name(path.name + "-journal")):
        with in_words(each):
            if each.exists():
                # some file systems need room to overwrite, which a full disk does not have
                with suppress(OSError), each.open("r+b") as file:
                    file.write(bytes(each.stat().st_size))
                    file.flush()
                    os.fsync(file.fileno())
                each.unlink()
