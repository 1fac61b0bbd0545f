"""A file that is not what this version wrote is named, left as it is, and said what to do with."""

from collections.abc import Callable
from pathlib import Path
import sqlite3
import subprocess
import sys

import pytest

from sourcemark.workshop import tables
from sourcemark.workshop.state import Keys
from sourcemark.workshop.store import Store
from sourcemark.workshop.trouble import DamagedFileError, FileError, NewerFileError
from unit.workshop.workshops import PLAN

CREATING = """
import os, sqlite3, sys
from sourcemark.workshop import tables
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA cache_size = 1")
file.execute("BEGIN IMMEDIATE")
tables.create_tables(file)
for number in range(80):
    file.execute("INSERT INTO note VALUES (?, ?)", (number, "x" * 2000))
os._exit(9)
"""


def newer(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute(f"PRAGMA user_version = {tables.FORMAT + 1}")
    file.close()


def something_else(path: Path) -> None:
    path.write_bytes(b"Dear diary, today it rained. " * 400)


def another_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE recipe (name TEXT)")
    file.close()


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def scratched(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:8192] = bytes(range(256)) * 16
    path.write_bytes(content)


def scrambled(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("UPDATE workshop SET plan = X'7B22'")
    file.close()


def emptied(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("DELETE FROM workshop")
    file.close()


@pytest.mark.parametrize(
    "harm", [newer, something_else, another_database, cut_off, scratched, scrambled, emptied]
)
def test_a_file_that_cannot_be_used_is_said_so_and_not_touched(
    store: Store, keys: Keys, harm: Callable[[Path], None]
) -> None:
    harm(store.path)
    before = store.path.read_bytes()
    with pytest.raises(FileError) as error:
        store.examine()
    assert isinstance(error.value, NewerFileError if harm is newer else FileError)
    assert str(store.path) in str(error.value)
    assert "delete" in str(error.value)
    assert store.path.read_bytes() == before
    assert [each.name for each in store.path.parent.iterdir()] == [store.path.name]


def test_a_newer_file_is_refused_whatever_is_asked(store: Store, keys: Keys) -> None:
    newer(store.path)
    with pytest.raises(NewerFileError, match="Start that version to go on with the workshop"):
        store.state()
    with pytest.raises(NewerFileError):
        store.open(PLAN)


def test_a_row_that_points_nowhere_is_found(store: Store, keys: Keys) -> None:
    with sqlite3.connect(store.path) as file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute("UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'note'")
    file.close()
    with pytest.raises(DamagedFileError, match="damaged"):
        store.examine()


def test_a_file_that_is_as_it_was_written_is_in_order(store: Store, keys: Keys) -> None:
    store.join(keys.code)
    store.examine()


def test_no_file_and_an_empty_one_are_in_order(store: Store) -> None:
    store.examine()
    store.path.parent.mkdir()
    store.path.touch()
    store.examine()


def test_a_service_killed_while_it_creates_the_file_leaves_no_workshop(store: Store) -> None:
    store.path.parent.mkdir()
    killed = subprocess.run([sys.executable, "-c", CREATING, store.path], check=False)
    assert killed.returncode == 9
    assert any(store.path.read_bytes())
    assert store.state() is None
    assert list(store.path.parent.iterdir()) == []
    store.open(PLAN)


def test_a_folder_that_somebody_else_holds_open_is_said_so(store: Store, keys: Keys) -> None:
    with sqlite3.connect(store.path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tables, "_BUSY_SECONDS", 0)
            with pytest.raises(FileError, match="Another program holds"):
                store.state()
    other.close()
