"""How long a workshop lives, whatever is done to the computer's clock."""

from collections.abc import Callable
import sqlite3
import sys
import time
from typing import Final

IDLE_SECONDS: Final = 2 * 3600
"""A workshop is deleted this long after the last thing that anybody did in it."""
LONGEST_SECONDS: Final = 12 * 3600
"""And this long after its start, whatever goes on."""

_NOTICED: Final = 60.0
"""Seconds. A clock that is out of step by less was corrected, not set."""


def since_boot() -> float:
    """Return seconds that pass while the computer sleeps too, and that nobody can set."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        # https://www.manpagez.com/man/3/clock_gettime: here this one goes on in sleep
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


def deadline(file: sqlite3.Connection) -> float:
    """Return when the workshop is to be deleted, in seconds since 1970."""
    started, last_action = _times(file)
    return min(started + LONGEST_SECONDS, last_action + IDLE_SECONDS)


class Lifetime:
    """Reads and writes the times in a workshop's file. Not safe to share between threads.

    They are those of the computer's clock. Where that is set while the service runs, they go with it, so that
    nobody's workshop ends early or stays. Where it is set between two runs, nothing can be told from the time
    that has passed; but a time that is still to come counts as now.
    """

    def __init__(self, clock: Callable[[], float], steady: Callable[[], float]) -> None:
        self._clock, self._steady = clock, steady
        self._between = clock() - steady()

    def begin(self) -> tuple[float, float]:
        """Return when a workshop that starts now started, and when something was last done in it."""
        self._between = self._clock() - self._steady()
        now = self._clock()
        return now, _minute(now)

    def follow(self, file: sqlite3.Connection) -> float:
        """Let the file's times follow a clock that was set. `followed` takes what this returns."""
        now = self._clock()
        between = now - self._steady()
        by = between - self._between
        moved = by if abs(by) >= _NOTICED else 0.0
        before = _times(file)
        after = tuple(min(each + moved, now) for each in before)
        if after != before:
            file.execute("UPDATE workshop SET started = ?, last_action = ?", after)
        return self._between + moved

    def followed(self, between: float) -> None:
        """Remember that the transaction of `follow` was kept."""
        self._between = between

    def is_over(self, file: sqlite3.Connection) -> bool:
        """Whether the workshop's time is up."""
        return self._clock() >= deadline(file)

    def touch(self, file: sqlite3.Connection) -> None:
        """Keep that somebody did something."""
        file.execute("UPDATE workshop SET last_action = ?", (_minute(self._clock()),))


def _times(file: sqlite3.Connection) -> tuple[float, float]:
    started, last_action = file.execute("SELECT started, last_action FROM workshop").fetchone()
    return float(started), float(last_action)


def _minute(seconds: float) -> float:
    # to the minute, so that not even the last answer has a time of its own
    return seconds // 60 * 60
