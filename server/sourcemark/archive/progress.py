"""Says how far a run is: a bar for people, lines for logs, nothing where nothing is wanted."""

from collections.abc import Callable
from contextlib import suppress
import sys
from threading import Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self

import click

from sourcemark.archive.errors import ArchiveError
from sourcemark.archive.items import Source
from sourcemark.archive.work import Done

_BETWEEN_LINES: Final = 10
"""Seconds from one line to the next, where there is no terminal to draw a bar on."""


class Progress:
    """Counts what is done, whichever process or machine did it. Says nothing."""

    total: int | None = None
    """How many items there are, once that is known."""

    def __init__(self) -> None:
        self._counting = Lock()
        self.shards = self.items = self.rejected = 0
        self.earlier = 0
        """How many of the items an earlier run has done."""

    def __call__(self, done: Done) -> None:
        """Count a shard."""
        size = done.articles + done.rejected
        # those of an earlier run are counted where the input is read, which may be another thread
        with self._counting:
            self.shards += 1
            self.items += size
            self.rejected += done.rejected
            self.earlier += size if done.earlier else 0
            self.show()

    def count(self, source: Source) -> None:
        """Count the items of the input meanwhile; until then nothing is said of the time that is left."""

    def show(self) -> None:
        """Say how far it is."""

    def say(self, words: str) -> None:
        """Say what holds it up, or that nothing does any more."""

    def close(self) -> None:
        """Say it for the last time."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def progress(is_quiet: bool, is_terminal: bool) -> Progress:
    """Return what says how far a run is."""
    if is_quiet:
        return Progress()
    return _Bar() if is_terminal else Lines()


class _Counting(Progress):
    def count(self, source: Source) -> None:
        def count() -> None:
            # what cannot be read is said where it is read to be labelled
            with suppress(Exception):
                self.total = sum(1 for _ in source.items())

        # reading takes a hundredth of what labelling takes
        self.counting = Thread(target=count, daemon=True, name="count")
        self.counting.start()


class _Bar(_Counting):
    def __init__(self) -> None:
        super().__init__()
        try:
            from tqdm import tqdm
        except ImportError as error:
            raise ArchiveError(
                "The progress bar needs tqdm, which is not installed: pip install 'sourcemark[archive]'. "
                "Or do without: --quiet."
            ) from error
        self._bar: Any = tqdm(unit=" articles", smoothing=0, dynamic_ncols=True)

    def show(self) -> None:
        self._bar.total = self.total
        self._bar.initial = self.earlier
        self._bar.set_postfix_str(f"{_shards(self.shards)}, {self.rejected} rejected", refresh=False)
        self._bar.update(self.items - self._bar.n)

    def say(self, words: str) -> None:
        self._bar.write(words, file=sys.stderr)

    def close(self) -> None:
        self._bar.close()


class Lines(_Counting):
    """Says it in a line, now and then."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._began = self._said = clock()
        self._is_closed = False

    def show(self) -> None:
        """Say how far it is, unless it was said a moment ago."""
        if self._clock() - self._said >= _BETWEEN_LINES:
            self._say()

    def say(self, words: str) -> None:
        """Say it at once."""
        click.echo(words, err=True)

    def close(self) -> None:
        """Say how far it came, once."""
        if not self._is_closed and self.shards:
            self._say()
        self._is_closed = True

    def _say(self) -> None:
        self._said = self._clock()
        seconds = self._said - self._began
        rate = (self.items - self.earlier) / seconds if seconds else 0.0
        of = left = ""
        if self.total is not None:
            of = f" of {self.total:,}"
            left = f", {(self.total - self.items) / rate:,.0f} seconds left" if rate else ""
        click.echo(
            f"{self.items:,}{of} articles in {_shards(self.shards)}, {self.rejected:,} rejected; "
            f"{rate:,.0f} a second{left}",
            err=True,
        )


def _shards(number: int) -> str:
    return f"{number:,} {'shard' if number == 1 else 'shards'}"
