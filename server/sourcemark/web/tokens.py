"""Tokens for a service that others can reach: signed, with an end, and revocable.

A token is `sm_<id>.<end>.<signature>`, the end in seconds since 1970. One file in the state folder, for its
owner alone, has the key that signs them and each token's id, end and note. No token is in it.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
import hashlib
import hmac
import os
from pathlib import Path
import re
import secrets
import sqlite3
import stat
import time
from typing import Final

from itsdangerous import Signer

from sourcemark.web.problems import ProblemError

FILE: Final = "tokens.sqlite"
PREFIX: Final = "sm_"
LONGEST_NOTE: Final = 200

_FORM: Final = re.compile(rf"{PREFIX}([0-9a-f]{{12}})\.([0-9]{{10,11}})\.[0-9A-Za-z_-]{{43}}")
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS key (key BLOB NOT NULL)",
    """CREATE TABLE IF NOT EXISTS token (
        id TEXT PRIMARY KEY, note TEXT NOT NULL, ends INTEGER NOT NULL, revoked INTEGER NOT NULL)""",
)
_BUSY_SECONDS: Final = 10
# whoever reads first and writes then may find that somebody else has written in between
_WRITING: Final = "BEGIN IMMEDIATE"
_DAY: Final = 86_400


class TokenError(Exception):
    """The tokens cannot be read or changed. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What is kept of a token that was made."""

    id: str
    note: str
    ends: int
    """Seconds since 1970."""
    revoked: bool


class Tokens:
    """The tokens of one state folder. Safe to share between threads, and between processes by the file."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.path = folder / FILE
        self._clock = clock

    def new(self, days: int, note: str) -> str:
        """Make a token that holds for `days`, and return it: it is told here and never again.

        Raises TokenError where the note is not one line of 1 to 200 characters, or the file cannot be used.
        """
        if not note.strip() or len(note) > LONGEST_NOTE or not note.isprintable():
            raise TokenError(
                f"The note is one line of 1 to {LONGEST_NOTE} characters that says whom the token is for."
            )
        id, ends = secrets.token_hex(6), int(self._clock()) + days * _DAY
        self._create()
        with self._file(_WRITING) as file:
            file.execute("INSERT INTO token VALUES (?, ?, ?, 0)", (id, note.strip(), ends))
            return _signed(_key(file), id, str(ends))

    def all(self) -> list[Issued]:
        """Return what is kept of every token, the one that ends first before the others."""
        if not self.path.exists():
            return []
        with self._file() as file:
            rows = file.execute("SELECT id, note, ends, revoked FROM token ORDER BY ends, id").fetchall()
        return [Issued(id, note, ends, bool(revoked)) for id, note, ends, revoked in rows]

    def revoke(self, id: str) -> None:
        """Let a token hold no longer, in every process at once. Raises TokenError for an unknown id."""
        if self.path.exists():
            with self._file(_WRITING) as file:
                if file.execute("UPDATE token SET revoked = 1 WHERE id = ?", (id,)).rowcount:
                    return
        raise TokenError(f"There is no token with the id “{id}”. `sourcemark token list` shows the ids.")

    def holds(self, issued: Issued) -> bool:
        """Whether a token can be used now."""
        return not issued.revoked and self._clock() < issued.ends

    def check(self, token: str) -> str:
        """Return the id of a token that holds.

        Raises the problem `token-not-valid`, `token-expired` or `token-revoked`, and TokenError where the
        file cannot be read.
        """
        form = _FORM.fullmatch(token)
        if not form or not self.path.exists():
            raise ProblemError("token-not-valid")
        id, ends = form.groups()
        with self._file() as file:
            # signed again and compared whole: base64 can write one signature in several ways
            if not hmac.compare_digest(_signed(_key(file), id, ends), token):
                raise ProblemError("token-not-valid")
            row = file.execute("SELECT revoked FROM token WHERE id = ?", (id,)).fetchone()
        # signed with the key and yet unknown: the file is an older copy
        if row is None:
            raise ProblemError("token-not-valid")
        if row[0]:
            raise ProblemError("token-revoked")
        if self._clock() >= int(ends):
            raise ProblemError("token-expired")
        return id

    def check_file(self) -> None:
        """Raise TokenError where others on this computer can read the key."""
        if os.name == "posix" and self.path.exists() and stat.S_IMODE(self.path.stat().st_mode) & 0o077:
            raise TokenError(
                f"Other users of this computer can read {self.path}, which holds the key of the tokens. "
                f"Run: chmod 600 {self.path}"
            )

    def _create(self) -> None:
        """Create the file where there is none, for its owner alone from its first moment."""
        with self._in_words():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileExistsError):
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with self._file(_WRITING) as file:
            for table in _TABLES:
                file.execute(table)
            if file.execute("SELECT 1 FROM key").fetchone() is None:
                file.execute("INSERT INTO key VALUES (?)", (secrets.token_bytes(32),))

    @contextmanager
    def _file(self, begin: str = "BEGIN") -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, which is kept whole or not at all."""
        address = f"{self.path.resolve().as_uri()}?mode=rw"
        with (
            self._in_words(),
            closing(sqlite3.connect(address, _BUSY_SECONDS, uri=True, isolation_level=None)) as file,
        ):
            file.execute(begin)
            yield file
            # what is closed without it is rolled back
            file.execute("COMMIT")

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            raise TokenError(
                f"The file of the tokens {self.path} cannot be read or written ({error}). Is the disk "
                "full, or the folder somebody else's? If the file is damaged, delete it and make new tokens."
            ) from error


def _key(file: sqlite3.Connection) -> bytes:
    key: bytes = file.execute("SELECT key FROM key").fetchone()[0]
    return key


def _signed(key: bytes, id: str, ends: str) -> str:
    signer = Signer(key, salt="sourcemark.token", key_derivation="hmac", digest_method=hashlib.sha256)
    return PREFIX + signer.sign(f"{id}.{ends}").decode()
