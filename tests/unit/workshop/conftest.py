from pathlib import Path

import pytest

from sourcemark.workshop.state import Keys
from sourcemark.workshop.store import Store
from unit.workshop.workshops import PLAN, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    """A store whose folder is not there yet."""
    return Store(tmp_path / "state" / "workshop.sqlite", clock, clock)


@pytest.fixture
def keys(store: Store) -> Keys:
    """The keys of an open workshop on `PLAN`."""
    return store.open(PLAN)
