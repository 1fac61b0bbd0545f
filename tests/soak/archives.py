"""Stops the labelling of an archive again and again, with kill -9 or as a batch system does, and goes on.

    PYTHONPATH=tests .venv/bin/python -m soak.archives --kills 60

Which moment is aimed at follows from the seed; what the processes are doing in that instant does not. What is
done is compared after each stop, and every byte in the end, with what one process writes that nobody stops.
Prints the figures as JSON; fails with a sentence where something is lost, half-written or another.
"""

import argparse
from collections import Counter
from collections.abc import Callable
from functools import partial
import json
import os
from pathlib import Path
from random import Random
import signal
import subprocess
import sys
from tempfile import TemporaryDirectory
import time
from typing import Any

from archive.archives import everything, label, labelling, manifest, records
from sourcemark.model.corpus import read_corpus
from sourcemark.model.names import swap_names
from sourcemark.resources import folder

ARTICLES = 240
BROKEN = 41
"""One line in so many is no article."""
HOW = ("--shard-articles", 6, "--keep", "outlet", "--quiet")
MOST_SHARDS = 12
"""Shards after which a run is stopped, at most."""
LONGEST_WAIT = 0.05
"""Seconds from then to the stop."""
EARLY = 0.2
"""Share of the stops that come before a shard is done, or just after."""
LONGEST_START = 2.5
"""Seconds from a start to one of those."""
AIMED = 0.6
"""Share of the others that wait for a file that is being written."""
ASKED = 0.25
"""Share of the stops that are SIGTERM, which a run may answer, and not SIGKILL."""

Progress = Callable[[str], object]


def write(path: Path) -> None:
    """Write the project's own articles as JSON lines, again and again, each time with other names."""
    own = read_corpus(folder("seeds") / "articles.jsonl")
    with path.open("w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            article = swap_names(own[number % len(own)], number // len(own)).article
            row = {"id": str(number), "paragraphs": list(article.blocks), "outlet": f"outlet {number % 7}"}
            file.write("{\n" if number % BROKEN == 7 else f"{json.dumps(row)}\n")


class Stopping:
    """The folder that is written to, what must be in it in the end, and chance."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.stops = Counter[str]()
        """By the signal."""
        self.within_a_write = 0
        """How many stops left a file behind that was half written."""
        self.unfinished = 0
        """How many left a folder that was begun and not yet done."""
        self.finished = 0
        """How many archives came to their end."""
        self._chance = Random(seed)
        self._news = folder / "news.jsonl"
        self._folder = folder
        write(self._news)
        done = label(*HOW, "--jobs", 1, self._news, folder / "whole")
        assert done.returncode == 0, done.stderr
        self._whole = everything(folder / "whole")

    def once(self) -> str:
        """Go on with the archive, and stop that; return how."""
        out = self._folder / f"out-{self.finished}"
        which = signal.SIGTERM if self._chance.random() < ASKED else signal.SIGKILL
        with labelling(*HOW, "--jobs", 2, self._news, out) as process:
            self._wait(process, out)
            ended = process.poll()
            if ended is None:
                os.killpg(process.pid, which)
                said = process.communicate()
                until_nobody_is_left(process.pid)
                ended = process.returncode
            else:
                said = process.communicate()
        if ended == 0:
            self._compare(out)
            return "done before it was stopped"
        # what a process answers that is not up yet, and then
        answers = {signal.SIGKILL: {-signal.SIGKILL}, signal.SIGTERM: {-signal.SIGTERM, 128 + signal.SIGTERM}}
        assert ended in answers[which], (ended, said)
        assert "Traceback" not in said[1], said
        self._look(out)
        self.stops[which.name] += 1
        return f"{which.name}, {records(out)} shards done"

    def finish(self) -> None:
        """Let the last archive come to its end."""
        out = self._folder / f"out-{self.finished}"
        done = label(*HOW, "--jobs", 2, self._news, out)
        assert done.returncode == 0, done.stderr
        self._compare(out)

    def _wait(self, process: subprocess.Popen[str], out: Path) -> None:
        if self._chance.random() < EARLY:
            time.sleep(self._chance.uniform(0, LONGEST_START))
            return
        enough = records(out) + self._chance.randrange(1, MOST_SHARDS)
        aimed = self._chance.random() < AIMED
        wait = self._chance.uniform(0, LONGEST_WAIT)
        while process.poll() is None and records(out) < enough:
            time.sleep(0.002)
        if aimed:
            # a file is written in a few thousandths of a second: chance alone would hardly meet one
            while process.poll() is None and not unfinished(out):
                pass
        else:
            time.sleep(wait)

    def _look(self, out: Path) -> None:
        """Assert that what is done is what it must be."""
        there = everything(out) if out.exists() else {}
        self.within_a_write += bool(unfinished(out))
        for name, content in there.items():
            kind = Path(name).parts[0]
            if name.endswith(".json") and kind == "shards":
                part = f"sentences/{Path(name).stem}.parquet"
                assert part in there, f"{name} is there, and its part is not"
            if kind in ("shards", "sentences") and not name.endswith(".tmp"):
                assert content == self._whole[name], f"{name} is another"
        self.unfinished += "manifest.json" in there and manifest(out)["state"] == "running"

    def _compare(self, out: Path) -> None:
        found = everything(out)
        assert found.keys() == self._whole.keys(), found.keys() ^ self._whole.keys()
        for name, content in found.items():
            assert content == self._whole[name], f"{name} is another"
        self.finished += 1


def unfinished(out: Path) -> list[Path]:
    """Return the files that are half written."""
    return [*out.glob("*.tmp"), *out.glob("*/*.tmp")]


def until_nobody_is_left(group: int) -> None:
    """Wait until no process of a group is there any more: the kernel takes a moment to clear them away."""
    latest = time.monotonic() + 60
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < latest, "a process outlived the run"
        time.sleep(0.01)


def stop(folder: Path, seed: int, stops: int, progress: Progress | None = None) -> dict[str, Any]:
    """Stop the labelling of an archive so often, and let it come to its end; return the figures.

    Raises AssertionError where something is lost, half-written or another.
    """
    began = time.monotonic()
    stopping = Stopping(folder, seed)
    while stopping.stops.total() < stops:
        how = stopping.once()
        if progress:
            progress(f"{stopping.stops.total()} of {stops}: {how}")
    stopping.finish()
    return {
        "seed": seed,
        "stops": dict(stopping.stops),
        "within a write": stopping.within_a_write,
        "begun and not done": stopping.unfinished,
        "archives": stopping.finished,
        "lost": 0,
        "seconds": round(time.monotonic() - began),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=60, help="stops, with either signal")
    parser.add_argument("--seed", type=int, default=20261130)
    arguments = parser.parse_args()
    with TemporaryDirectory() as place:
        progress = partial(print, file=sys.stderr)
        print(json.dumps(stop(Path(place), arguments.seed, arguments.kills, progress)))


if __name__ == "__main__":
    main()
