"""How long labelling may take, so that one article cannot hold everybody else up."""

from collections.abc import Callable
import math
from time import monotonic
from typing import Final

READING: Final = 1 / 3
"""Share of the time after which no further paragraph is read."""
ENCODING: Final = 2 / 3
"""Share of the time after which the encoder reads no further. The rest is for what is read already."""


class Budget:
    """A number of seconds, counted from when it is made."""

    def __init__(self, seconds: float = math.inf, clock: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._began = clock()

    def is_spent(self, share: float) -> bool:
        """Return whether a share of it is used up."""
        return self._clock() - self._began > share * self._seconds
