"""Corrections in a file of SQLite, for its owner alone, with nothing left in it of what was deleted."""

from contextlib import closing, suppress
import os
from pathlib import Path
import sqlite3
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from sourcemark.corrections.errors import CorrectionsError

_BUSY_SECONDS: Final = 10

_ON_OPENING: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)


class SqliteFile:
    """One file. Each transaction opens it anew, so that no page of it stays in memory afterwards."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.engine: Engine = create_engine(
            "sqlite://", creator=self._connect, poolclass=NullPool, hide_parameters=True
        )
        event.listen(self.engine, "begin", _begin)

    def exists(self) -> bool:
        """Whether the file is there."""
        return self._path.exists()

    def create(self) -> None:
        """Create the file where there is none, readable by its owner alone from its first moment."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))

    def lock(self, connection: Connection) -> None:
        """Nothing to do: a transaction that writes has the file for itself from its beginning."""

    def made(self) -> None:
        """Let readers and a writer work side by side, once the tables are there. The file remembers it.

        SQLite does not wait for others here: where somebody is in the file, whoever opens it next does it.
        """
        with closing(self._connect()) as file:
            try:
                file.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise

    def forget(self) -> None:
        """Empty the journal beside the file, which may hold what was deleted.

        Where somebody reads meanwhile, or there is no room, whoever deletes next does it.
        """
        with suppress(sqlite3.DatabaseError), closing(self._connect()) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def forget_all(self) -> None:
        """Write the file anew, without what was deleted, and empty its journal.

        Raises CorrectionsError where another program reads it for as long as this one waits.
        """
        with closing(self._connect()) as file:
            file.execute("VACUUM")
            (busy, *_) = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise CorrectionsError(
                f"The corrections are deleted, but another program is reading {self._path}, and their text "
                "is still in the file beside it. Close that program and do it again."
            )

    def examine(self) -> None:
        """Read the whole file. Raises CorrectionsError where it is damaged, or others may read it."""
        with closing(self._connect()) as file:
            (found,) = file.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise CorrectionsError(
                f"The file of the corrections {self._path} is damaged ({found}). Copy it away, export what "
                "can be read, and delete it."
            )
        if os.name == "posix" and self._path.stat().st_mode & 0o077:
            raise CorrectionsError(
                f"Other users of this computer can read {self._path}, which holds what readers corrected. "
                f"Run: chmod 600 {self._path}"
            )

    def _connect(self) -> sqlite3.Connection:
        address = f"{self._path.resolve().as_uri()}?mode=rw"
        # transactions are begun below and not by the module, which would leave changes of tables out of them
        file = sqlite3.connect(
            address, _BUSY_SECONDS, uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            for each in _ON_OPENING:
                file.execute(each)
        except BaseException:
            file.close()
            raise
        return file


def _begin(connection: Any) -> None:
    # whoever reads first and writes then may find that somebody else has written in between
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
