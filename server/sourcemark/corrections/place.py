"""Where corrections are kept: in a file of this computer, in a PostgreSQL database, or nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from sourcemark.corrections.errors import NotCreatedError
from sourcemark.settings import Settings, SettingsError, data_folder, variable_of

OFF: Final = "off"
SQLITE: Final = "sqlite"
FILE: Final = "corrections.sqlite"

_SCHEME: Final = "postgresql://"
_LITTLE: Final = 65_536


@dataclass(frozen=True, slots=True)
class File:
    """A file of SQLite. It need not be there yet."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Database:
    """A database of PostgreSQL."""

    url: str

    def __str__(self) -> str:
        # without the user, the password and the options
        address = urlsplit(self.url)
        return f"{_SCHEME}{address.netloc.rpartition('@')[2]}{address.path}"


Place: TypeAlias = File | Database


def place_of(settings: Settings, environ: Mapping[str, str]) -> Place | None:
    """Return where corrections are kept; None where they are not.

    Where nothing is told, this computer's own service keeps them and a public one does not. Raises
    SettingsError where what is told is no place.
    """
    return place_named(settings.corrections or (OFF if settings.public else SQLITE), environ)


def place_named(name: str, environ: Mapping[str, str]) -> Place | None:
    """Return the place of a name that the setting can have. Raises SettingsError."""
    if name == OFF:
        return None
    if name == SQLITE:
        return File(data_folder(environ) / FILE)
    if name.startswith(_SCHEME):
        return Database(name)
    if name.endswith(f".{SQLITE}") and "://" not in name:
        return File(Path(name))
    # not repeated: it may hold a password
    raise SettingsError(
        f"{variable_of('corrections')} is {OFF}, {SQLITE}, the path of a file that ends in .{SQLITE}, or "
        f"begins with {_SCHEME}, such as {_SCHEME}sourcemark:PASSWORD@localhost/sourcemark."
    )


def try_out(file: File) -> None:
    """Write a little where the file would be made, and delete it again. Raises CorrectionsError."""
    there = next(each for each in file.path.resolve().parents if each.exists())
    try:
        with TemporaryFile(dir=there, buffering=0) as trial:
            trial.write(bytes(_LITTLE))
    except OSError as error:
        raise NotCreatedError(str(file), error) from error


def chosen_place(settings: Settings, environ: Mapping[str, str], named: str | None) -> Place:
    """Return the place that a command works on: the one that is `named`, or that of the service.

    Raises SettingsError where there is none.
    """
    place = place_named(named, environ) if named else place_of(settings, environ)
    if place is None:
        raise SettingsError(
            "No corrections are kept here, because they are off. Name the place of others with --database."
        )
    return place
