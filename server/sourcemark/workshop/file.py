"""The workshop's file, opened for as long as its time is not up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
import sqlite3
from threading import RLock

import msgspec

from sourcemark.workshop import tables
from sourcemark.workshop.errors import NoWorkshopError
from sourcemark.workshop.lifetime import Lifetime
from sourcemark.workshop.plan import Plan
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import Keys


class WorkshopFile:
    """The file of one workshop, where there is one. Safe to share between threads; raises FileError."""

    def __init__(self, path: Path, clock: Callable[[], float], steady: Callable[[], float]) -> None:
        self.path = path
        self.lock = RLock()
        """To be held by whoever does several things that nothing may come between."""
        self._lifetime = Lifetime(clock, steady)

    def create(self, plan: Plan, keys: Keys) -> None:
        """Create the file of a workshop that begins now."""
        tables.create(self.path)
        with tables.transaction(self.path) as file:
            tables.create_tables(file)
            times = self._lifetime.begin()
            row = (msgspec.json.encode(plan), *astuple(keys), Stage.WELCOME, 0, *times, None)
            file.execute("INSERT INTO workshop VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction. Where its time is up it is deleted, whoever asks.

        Raises NoWorkshopError where there is none.
        """
        with self.lock:
            if not tables.exists(self.path):
                raise NoWorkshopError
            try:
                with tables.transaction(self.path) as file:
                    if tables.is_blank(file):
                        raise _NothingIsLeftError
                    followed = self._lifetime.follow(file)
                    if self._lifetime.is_over(file):
                        raise _NothingIsLeftError
                    yield file
                self._lifetime.followed(followed)
            except _NothingIsLeftError:
                tables.erase(self.path)
                raise NoWorkshopError from None

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Open the file as `read` does, for what somebody does in the workshop."""
        with self.read() as file:
            yield file
            self._lifetime.touch(file)


class _NothingIsLeftError(Exception):
    """Leaves the transaction before the file is deleted."""
