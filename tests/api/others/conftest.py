from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from api.others.asking import Ask, asking
from api.wire import running
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.others import app_for_others
from sourcemark.web.tokens import Tokens

Start = Callable[..., Ask]
"""Starts a service for others with settings that differ from the defaults, and returns how to ask it."""


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path)


@pytest.fixture
def token(tokens: Tokens) -> str:
    return tokens.new(1, "a reader")


@pytest.fixture
def start(fast: Labeler, tokens: Tokens) -> Iterator[Start]:
    """A function that starts the app for others on a real port."""
    with ExitStack() as stack:

        def start(**settings: object) -> Ask:
            app = app_for_others(Settings(**settings), fast, tokens, ["127.0.0.1"])  # type: ignore[arg-type]
            return asking(stack.enter_context(running(app)).address)

        yield start
