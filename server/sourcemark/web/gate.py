"""Lets in as many articles as this computer can label at once, a line of others behind them, and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
import os
from threading import BoundedSemaphore, Lock
from typing import Final

from flask import Flask, current_app

from sourcemark.web.problems import ProblemError

WAITING: Final = 32
"""Requests that may wait."""
PATIENCE: Final = 8.0
"""Seconds for which each of them may. The extension waits 25 for an answer, labelling included."""
MOST_AT_ONCE: Final = 8
"""Articles that are labelled side by side, on however many cores."""

_RETRY_AFTER: Final = 5
_NAME: Final = "sourcemark-gate"


class Gate:
    """Counts who is inside and who waits. Safe to use from several threads."""

    def __init__(self, at_once: int, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._places = BoundedSemaphore(at_once)
        self._patience = patience
        self._may_wait = waiting
        self._waiting = 0
        self._lock = Lock()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return self._waiting

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait for a place and keep it for as long as the block lasts.

        Raises the problem `busy` where too many wait already, or none becomes free in time.
        """
        if not self._places.acquire(blocking=False):
            self._wait()
        try:
            yield
        finally:
            self._places.release()

    def _wait(self) -> None:
        with self._lock:
            if self._waiting >= self._may_wait:
                raise ProblemError("busy", retry_after=_RETRY_AFTER)
            self._waiting += 1
        try:
            if not self._places.acquire(timeout=self._patience):
                raise ProblemError("busy", retry_after=_RETRY_AFTER)
        finally:
            with self._lock:
                self._waiting -= 1


def init_app(app: Flask, gate: Gate | None = None) -> None:
    """Give `app` a gate, one place for each core where none is given."""
    app.extensions[_NAME] = gate or Gate(min(os.cpu_count() or 1, MOST_AT_ONCE))


def current_gate() -> Gate:
    """Return the gate of the app that the current request is sent to."""
    gate: Gate = current_app.extensions[_NAME]
    return gate
