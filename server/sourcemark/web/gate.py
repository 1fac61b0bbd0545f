"""Labels as many articles at once as this computer can, keeps a line of others waiting, and no more."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, TimeoutError
import os
from threading import Lock
from typing import Final, TypeVar

from flask import Flask, current_app

from sourcemark.web.problems import ProblemError

T = TypeVar("T")

WAITING: Final = 32
"""Requests that may wait."""
PATIENCE: Final = 8.0
"""Seconds for which each of them may. The extension waits 25 for an answer, labelling included."""
MOST_AT_ONCE: Final = 8
"""Articles that are labelled side by side, on however many cores."""

_RETRY_AFTER: Final = 5
_NAME: Final = "sourcemark-gate"


class Gate:
    """Does work in few threads, first come, first served. Safe to use from several threads.

    The threads that answer requests are many, and the memory that each took for an article would stay
    taken: with twelve of them a gigabyte, with two a third of that.
    """

    def __init__(self, at_once: int, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="labelling")
        self._most = at_once + waiting
        self._patience = patience
        self._lock = Lock()
        self._inside = 0

    @property
    def inside(self) -> int:
        """How many are being served, or wait."""
        return self._inside

    def do(self, work: Callable[[], T]) -> T:
        """Do `work` when it is its turn, and return what it returns, or raise what it raises.

        Raises the problem `busy` where too many wait already, or its turn does not come in time.
        """
        with self._lock:
            if self._inside >= self._most:
                raise ProblemError("busy", retry_after=_RETRY_AFTER)
            future = self._pool.submit(work)
            self._inside += 1
        try:
            return future.result(self._patience)
        except TimeoutError:
            if future.cancel():
                raise ProblemError("busy", retry_after=_RETRY_AFTER) from None
            # it has begun
            return future.result()
        finally:
            with self._lock:
                self._inside -= 1


def init_app(app: Flask, gate: Gate | None = None) -> None:
    """Give `app` a gate, one place for each core where none is given."""
    app.extensions[_NAME] = gate or Gate(min(os.cpu_count() or 1, MOST_AT_ONCE))


def gate_of(app: Flask) -> Gate:
    """Return the gate of `app`."""
    gate: Gate = app.extensions[_NAME]
    return gate


def current_gate() -> Gate:
    """Return the gate of the app that the current request is sent to."""
    return gate_of(current_app)
