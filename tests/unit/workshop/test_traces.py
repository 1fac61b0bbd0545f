"""When a workshop is over, nothing of it is in any file: no answer, no id, no text."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
import subprocess
import sys

import pytest

from sourcemark.labels import ANONYMOUS, OFFICIAL
from sourcemark.workshop import tables
from sourcemark.workshop.errors import NoWorkshopError
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import Keys
from sourcemark.workshop.store import Store
from unit.workshop.workshops import Clock, plan_with, state_of

CANARY = "canary-5f1c"
PLAN = plan_with(OFFICIAL, ANONYMOUS, OFFICIAL, text=f"“{CANARY},” she said.")
HOUR = 3600.0


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def used(store: Store) -> tuple[Keys, list[str]]:
    """Run a workshop through; return its keys and everything that must not be found afterwards."""
    keys = store.open(PLAN)
    secrets = [store.join(keys.code) for _ in range(5)]
    store.move(keys.facilitator, Stage.ALONE)
    for secret in secrets:
        store.answer_all(secret, {1: [ANONYMOUS], 2: [ANONYMOUS, OFFICIAL]})
    store.note(keys.facilitator, 1, f"{CANARY} note")
    store.move(keys.facilitator, Stage.EXIT)
    store.hand_in(secrets[0], {"easier": "easier"})
    ids = [store.participant(secret).id for secret in secrets]
    everything = [CANARY, ANONYMOUS, keys.facilitator, keys.code, *secrets, *ids]
    assert all(word.encode() in bytes_in(store.path.parent) for word in everything)
    return keys, everything


@contextmanager
def still_readable(path: Path) -> Iterator[Callable[[], bytes]]:
    """Hold on to the file's place on the disk, where deleting it alone would leave its bytes."""
    with path.open("rb") as file:

        def read() -> bytes:
            file.seek(0)
            return file.read()

        yield read


def test_the_end_leaves_no_file_and_overwrites_what_was_in_it(store: Store) -> None:
    keys, everything = used(store)
    with still_readable(store.path) as read:
        store.end(keys.facilitator)
        assert list(store.path.parent.iterdir()) == []
        assert not any(word.encode() in read() for word in everything)
        assert not any(read())


def refused(act: Callable[[], object]) -> bool:
    with pytest.raises(NoWorkshopError):
        act()
    return True


@pytest.mark.parametrize(
    "finds_nothing",
    [
        lambda store, secret, keys: store.expire(),
        lambda store, secret, keys: store.state() is None,
        lambda store, secret, keys: refused(lambda: store.answers(secret)),
        lambda store, secret, keys: refused(lambda: store.move(keys.facilitator, Stage.ROOM)),
    ],
)
def test_two_hours_after_the_last_action_whoever_asks_finds_nothing(
    store: Store, clock: Clock, finds_nothing: Callable[[Store, str, Keys], bool]
) -> None:
    keys, everything = used(store)
    clock.now += 2 * HOUR - 61
    assert not store.expire()
    assert store.state() is not None
    clock.now += 61
    with still_readable(store.path) as read:
        assert finds_nothing(store, everything[4], keys)
        assert list(store.path.parent.iterdir()) == []
        assert not any(read())


def test_an_action_gives_two_hours_more_and_looking_on_does_not(store: Store, clock: Clock) -> None:
    keys, _ = used(store)
    for _ in range(3):
        clock.now += 1.5 * HOUR
        store.move(keys.facilitator, Stage.ALONE)
    clock.now += HOUR
    store.state()
    clock.now += HOUR
    assert store.expire()


def test_twelve_hours_after_the_start_it_is_over_whatever_goes_on(store: Store, clock: Clock) -> None:
    keys, _ = used(store)
    for _ in range(11):
        clock.now += HOUR
        store.move(keys.facilitator, Stage.ALONE)
    clock.now += HOUR
    assert store.expire()
    assert list(store.path.parent.iterdir()) == []


def test_a_service_started_after_the_time_was_up_deletes_the_workshop(store: Store, clock: Clock) -> None:
    used(store)
    clock.now += 13 * HOUR
    assert Store(store.path, clock, clock).expire()
    assert list(store.path.parent.iterdir()) == []


def test_what_is_replaced_or_taken_back_is_overwritten_at_once(store: Store) -> None:
    keys, _ = used(store)
    dropped = state_of(store).participants[0].id
    store.note(keys.facilitator, 1, "")
    store.drop(keys.facilitator, dropped)
    assert f"{CANARY} note".encode() not in bytes_in(store.path.parent)
    assert dropped.encode() not in bytes_in(store.path.parent)


def test_no_journal_lies_beside_the_file_between_two_actions(store: Store) -> None:
    used(store)
    assert list(store.path.parent.iterdir()) == [store.path]


def test_a_service_killed_within_a_change_leaves_its_journal_to_be_deleted_too(
    store: Store, clock: Clock
) -> None:
    keys, _ = used(store)
    # a change too large for SQLite's memory is written out before it is committed, and then the process dies
    dying = (
        "import os, sqlite3, sys;"
        "file = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "file.execute('PRAGMA cache_size = 1');"
        "file.execute('BEGIN IMMEDIATE');"
        "[file.execute('INSERT INTO note VALUES (?, ?)', (n, sys.argv[2] * 200)) for n in range(10, 90)];"
        "file.execute('DELETE FROM answer');"
        "os._exit(9)"
    )
    killed = subprocess.run([sys.executable, "-c", dying, store.path, CANARY], check=False)
    assert killed.returncode == 9
    journal = store.path.with_name(store.path.name + "-journal")
    assert CANARY.encode() in journal.read_bytes()
    state = Store(store.path, clock, clock).state()
    assert state is not None
    assert state.answered[1, 1].n == 5
    assert not journal.exists()
    store.end(keys.facilitator)
    assert list(store.path.parent.iterdir()) == []


@pytest.mark.parametrize("left", ["zeros", "journal alone", "nothing in it"])
def test_a_deletion_that_was_interrupted_is_finished(store: Store, left: str) -> None:
    store.path.parent.mkdir()
    journal = store.path.with_name(store.path.name + "-journal")
    if left == "zeros":
        store.path.write_bytes(bytes(4096) + CANARY.encode())
        journal.write_text(CANARY)
    elif left == "journal alone":
        journal.write_text(CANARY)
    else:
        store.path.touch()
    assert store.state() is None
    assert list(store.path.parent.iterdir()) == []
    store.open(PLAN)


def test_the_file_is_overwritten_whole(tmp_path: Path) -> None:
    path = tmp_path / "workshop.sqlite"
    path.write_bytes(b"x" * 12_345)
    with still_readable(path) as read:
        tables.erase(path)
        assert read() == bytes(12_345)


def test_sqlite_overwrites_what_it_deletes(store: Store) -> None:
    store.open(PLAN)
    with tables.transaction(store.path) as file:
        assert file.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert file.execute("PRAGMA foreign_keys").fetchone() == (1,)
