from collections.abc import Iterator
from pathlib import Path

from flask import Flask
import pytest

from api.wire import running
from api.workshop.evening import Evening
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.workshop import workshop_of

ROOM = "127.0.0.2"
"""Another address of this machine stands for the one in the room's network."""


@pytest.fixture
def app(fast: Labeler, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(state_folder=str(tmp_path), lan_address=ROOM), fast)
    yield app
    workshop_of(app).door.close()


@pytest.fixture
def evening(app: Flask) -> Iterator[Evening]:
    """A service on a real port, and a facilitator who sits at it."""
    with running(app) as server:
        yield Evening(server.address, workshop_of(app))
