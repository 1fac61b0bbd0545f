"""The parts that tests of the service share. All are real: the shipped model, the app, no stand-ins."""

from collections.abc import Iterator
import re
import signal
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
import pytest
from xdist.scheduler import LoadScopeScheduling

from offline import stay_here
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app

# the same examples in every run, and nothing left on disk
hypothesis_settings.register_profile("deterministic", derandomize=True, database=None, deadline=None)
hypothesis_settings.load_profile("deterministic")


class OneBrowserAProcess(LoadScopeScheduling):
    """Gives each browser to one process, with all of its tests; elsewhere a file stays together.

    But not the hunts, which all take their time: together they would be what everything waits for.
    """

    def _split_scope(self, nodeid: str) -> str:
        browser = re.search(r"[\[-](chromium|firefox)\b", nodeid)
        file = nodeid.partition("::")[0]
        return browser[1] if browser else nodeid if file.endswith("test_hunts.py") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return OneBrowserAProcess(config, log)


stay_here()


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from a workshop that may be open on this computer, and from its corrections."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        environment.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def ctrl_c_counts() -> Iterator[None]:
    """A test run in the background ignores Ctrl-C, and so would the programs that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def labeler() -> Labeler:
    """The shipped model. It never changes, so one is enough."""
    return Labeler.load()


@pytest.fixture(scope="session")
def fast() -> Labeler:
    """The model for archives, opened once too."""
    return Labeler.load("fast")


@pytest.fixture
def app(labeler: Labeler) -> Flask:
    return create_app(Settings(), labeler)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
