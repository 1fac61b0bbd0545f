from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
import os
from pathlib import Path
import sys

import pytest

from sourcemark.corrections.place import Database, File, Place
from sourcemark.corrections.store import Store

if sys.platform != "win32":
    from corrections import cluster as postgres

Open = Callable[..., Store]
"""`open_store(place, **options)`: a store that is closed when the test ends."""


@pytest.fixture(scope="session")
def cluster() -> Iterator["postgres.Cluster"]:
    """A PostgreSQL of this run's own."""
    if sys.platform == "win32":
        pytest.skip("PostgreSQL is started here as on POSIX systems")
    if postgres.program("initdb") is None and not os.environ.get("CI"):
        pytest.skip("needs PostgreSQL: apt install postgresql")
    with postgres.running() as cluster:
        yield cluster


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place where no corrections are yet: everything that uses it holds for both databases."""
    if request.param == "SQLite":
        return File(tmp_path / "data" / "corrections.sqlite")
    cluster = request.getfixturevalue("cluster")
    return Database(cluster.url(cluster.empty_database()))


@pytest.fixture
def open_store() -> Iterator[Open]:
    with ExitStack() as stack:

        def open_store(place: Place, **options: object) -> Store:
            return stack.enter_context(closing(Store(place, **options)))  # type: ignore[arg-type]

        yield open_store


@pytest.fixture
def store(place: Place, open_store: Open) -> Store:
    return open_store(place)
