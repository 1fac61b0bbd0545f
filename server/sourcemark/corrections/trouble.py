"""What SQLite, PostgreSQL and the system say, in words that say what to do.

Their own messages are left out where they can repeat a value: a correction's text, or a password.
"""

from collections.abc import Iterator
from contextlib import contextmanager
import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sourcemark.corrections.errors import CorrectionsError, NotCreatedError
from sourcemark.corrections.place import Place
from sourcemark.failures import Failure, failure_of

_ANOTHER: Final = "name another place in SOURCEMARK_CORRECTIONS"

_FULL: Final = (
    "Nothing was changed in {place}, because its disk is full or failing ({error}). Make room on that disk, "
    f"or {_ANOTHER}, and do it again."
)
_FORBIDDEN: Final = (
    "Sourcemark may not write to {place} ({error}). Give this user account the right to write there, or "
    f"{_ANOTHER}."
)
_DAMAGED: Final = (
    "The corrections in {place} cannot be read, because the file is damaged or something else ({error}). It "
    f"was left as it is. To go on without it, move it away, or {_ANOTHER}."
)
_HELD: Final = "Another program holds {place} for itself ({error}). Close that program and do it again."
_UNKNOWN: Final = f"{{place}} cannot be read or written ({{error}}). Look at that disk, or {_ANOTHER}."

_OF_SQLITE: Final = {
    Failure.FULL: _FULL,
    Failure.FORBIDDEN: _FORBIDDEN,
    Failure.DAMAGED: _DAMAGED,
    Failure.HELD: _HELD,
    Failure.UNKNOWN: _UNKNOWN,
}

_UNREACHED: Final = (
    "The database {place} does not answer. Nothing was kept of what was asked for. Start it, or correct the "
    "address in SOURCEMARK_CORRECTIONS, its user and password included."
)
_REFUSED: Final = (
    "The database {place} refuses the user or the password ({error}). Correct them in SOURCEMARK_CORRECTIONS."
)
_NO_DATABASE: Final = "There is no database {place} ({error}). Create it, or correct SOURCEMARK_CORRECTIONS."
_NO_RIGHT: Final = (
    "The database {place} does not let Sourcemark write ({error}). Give its user the right to create tables "
    "and to write in it."
)
_FAILED: Final = "The database {place} could not do what was asked, and nothing was changed ({error})."

# the first that fits; https://www.postgresql.org/docs/current/errcodes-appendix.html
_OF_POSTGRES: Final = {
    "28": _REFUSED,
    "3D": _NO_DATABASE,
    "25006": _NO_RIGHT,
    "3F": _NO_RIGHT,
    "42501": _NO_RIGHT,
    "53": _FULL,
    "57P": _UNREACHED,
    "08": _UNREACHED,
}


@contextmanager
def in_words(place: Place) -> Iterator[None]:
    """Turn what goes wrong at `place` into a CorrectionsError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise CorrectionsError(_words(place, error.orig)) from error
    except sqlite3.DatabaseError as error:
        raise CorrectionsError(_words(place, error)) from error
    except SQLAlchemyError as error:
        # no connection came free in time
        raise CorrectionsError(_UNREACHED.format(place=place)) from error
    except OSError as error:
        raise NotCreatedError(str(place), error) from error


def _words(place: Place, error: BaseException | None) -> str:
    if isinstance(error, sqlite3.Error):
        return _OF_SQLITE[failure_of(error)].format(place=place, error=error)
    fields = _said_by_postgres(error)
    if fields is None:
        return _UNREACHED.format(place=place)
    state = str(fields.get("C", ""))
    words = next((words for start, words in _OF_POSTGRES.items() if state.startswith(start)), _FAILED)
    return words.format(place=place, error=state)


def _said_by_postgres(error: BaseException | None) -> dict[str, str] | None:
    """Return what PostgreSQL says, field by field, as pg8000 hands it on; None where it says nothing.

    After a refusal pg8000 closes the connection. Where the other side was quicker that fails, and the
    failure is raised in the place of the refusal.
    """
    while error is not None:
        if error.args and isinstance(error.args[0], dict):
            return error.args[0]
        error = error.__context__
    return None
