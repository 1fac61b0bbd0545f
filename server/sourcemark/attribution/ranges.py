"""Look up, in things sorted by where they start, those of one stretch, without going through all."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything that starts somewhere."""

    @property
    def start(self) -> int:
        """First token or code point."""


class Stretch(Placed, Protocol):
    """Anything that starts and ends somewhere."""

    @property
    def end(self) -> int:
        """Token or code point behind the last."""


Thing = TypeVar("Thing", bound=Placed)
Long = TypeVar("Long", bound=Stretch)

_START = attrgetter("start")


def index_from(things: Sequence[Placed], start: int) -> int:
    """Return the index of the first of `things`, sorted by start, that starts at `start` or behind it."""
    return bisect_left(things, start, key=_START)


def starting_within(things: Sequence[Thing], first: int, last: int) -> Sequence[Thing]:
    """Return those of `things`, sorted by start, that start in the half-open range."""
    start = index_from(things, first)
    return things[start : bisect_left(things, last, start, key=_START)]


def last_before(things: Sequence[Thing], end: int) -> Thing | None:
    """Return the last of `things`, sorted by start, that starts before `end`, or None."""
    index = index_from(things, end)
    return things[index - 1] if index else None


def inside(things: Sequence[Long], first: int, last: int) -> list[Long]:
    """Return those of `things`, sorted by start, that start and end in the half-open range."""
    return [thing for thing in starting_within(things, first, last) if thing.end <= last]
