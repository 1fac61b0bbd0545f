from collections.abc import Iterator

from flask import Flask
import pytest

from api.wire import Send, running, through_port, through_test_client
from sourcemark.web.server import Server


@pytest.fixture
def server(app: Flask) -> Iterator[Server]:
    """The service on a real port."""
    with running(app) as server:
        yield server


@pytest.fixture(params=["test client", "real port"])
def send(request: pytest.FixtureRequest, app: Flask) -> Send:
    """A function that sends a request: everything that uses it holds on a real port too."""
    if request.param == "test client":
        return through_test_client(app)
    return through_port(request.getfixturevalue("server"))
