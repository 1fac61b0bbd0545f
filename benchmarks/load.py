"""Thirty readers at once: each opens an article, reads it, and opens the next, for ten minutes.

python benchmarks/load.py [--model careful] [--readers 30] [--minutes 10] [--pause 10] [--articles 200]
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
import json
import os
from pathlib import Path
from random import Random
import re
from threading import Event, Thread
from time import monotonic

from articles import Blocks, many_articles
from bounds import LOAD_MS
from service import service
from workshop import percentiles

_SETTLED = 0.2
"""Share of the time after which the service's memory should grow no further."""
_ALONE = 20
"""Articles that one reader opens before the others come."""


@dataclass
class Answers:
    """How long a reader waited for each article, in milliseconds, and what was refused."""

    took: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


class Reader:
    """Opens articles one after the other, on one connection, as the extension does."""

    def __init__(self, netloc: str, articles: Sequence[Blocks], seed: int) -> None:
        self.connection = HTTPConnection(netloc)
        self._articles = articles
        self._random = Random(seed)
        self.answers = Answers()

    def open_one(self) -> None:
        """Have an article labelled, and note how long it took."""
        blocks = [
            {"id": str(number), "text": text}
            for number, text in enumerate(self._random.choice(self._articles))
        ]
        body = json.dumps({"blocks": blocks})
        began = monotonic()
        self.connection.request("POST", "/v1/label", body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        answer = json.loads(response.read())
        if response.status == 200 and not answer["skipped"]:
            self.answers.took.append((monotonic() - began) * 1000)
        else:
            self.answers.refused.append(response.status)

    def read(self, pause: float, over: Event) -> None:
        """Open articles until it is over, with pauses of `pause` seconds on average."""
        with closing(self.connection):
            while not over.wait(pause * self._random.uniform(0.5, 1.5)):
                self.open_one()


def main(arguments: Sequence[str] | None = None) -> None:
    """Let readers come, and print how long they waited and what the service's memory did."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="careful", help="fast, careful, or a path")
    parser.add_argument("--readers", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pause", type=float, default=10, help="seconds for an article, on average")
    parser.add_argument("--articles", type=int, default=200, help="how many different ones there are")
    given = parser.parse_args(arguments)
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    articles = many_articles(given.articles)
    with service("serve", "--model", given.model) as (netloc, pid):
        alone = Reader(netloc, articles, seed=-1)
        with closing(alone.connection):
            for _ in range(_ALONE):
                alone.open_one()
        readers = [Reader(netloc, articles, seed) for seed in range(given.readers)]
        memory = run(readers, given.pause, given.minutes * 60, pid)
    took = [each for reader in readers for each in reader.answers.took]
    refused = [each for reader in readers for each in reader.answers.refused]
    print(
        f"{given.readers} readers for {given.minutes:g} minutes, an article of 40 sentences each "
        f"{given.pause:g} seconds, {given.articles} different ones; {given.model} model"
    )
    print("\n".join(table(alone.answers.took, took)))
    print(f"{len(took):,} articles were labelled whole; others: {len(refused)} {sorted(set(refused)) or ''}")
    print(settled(memory))
    if load > cores / 2:
        print(f"Before, {load:.1f} programs wanted one of {cores} cores: trust the ratios only.")


def run(readers: Sequence[Reader], pause: float, seconds: float, pid: int) -> list[tuple[float, float]]:
    """Let the readers read, and return the service's memory in MB, each time with the share of time gone."""
    over = Event()
    threads = [Thread(target=reader.read, args=(pause, over)) for reader in readers]
    for thread in threads:
        thread.start()
    began = monotonic()
    memory = []
    while (gone := (monotonic() - began) / seconds) < 1:
        memory.append((gone, resident(pid)))
        over.wait(min(5.0, seconds / 20))
    over.set()
    for thread in threads:
        thread.join()
    return memory


def table(alone: list[float], together: list[float]) -> list[str]:
    """Return the lines of a table: one reader alone, all of them, and the one as a multiple of the other."""
    rows = {"one alone": percentiles(alone), "all": percentiles(together)}
    ratios = [many / one for one, many in zip(*rows.values(), strict=True)]
    p95 = rows["all"][1]
    return [
        f"{'ms':22}{'p50':>8}{'p95':>8}{'p99':>8}",
        *(f"{name:22}" + "".join(f"{each:8.1f}" for each in row) for name, row in rows.items()),
        f"{'ratio':22}" + "".join(f"{each:8.2f}" for each in ratios),
        f"95 of 100 waited {p95:.0f} ms at most: "
        f"{'within' if p95 <= LOAD_MS else 'over'} the limit of {LOAD_MS:g}.",
    ]


def settled(memory: Sequence[tuple[float, float]]) -> str:
    """Return a line on the service's memory: at first, and from when it should have settled."""
    later = [each for gone, each in memory if gone >= _SETTLED]
    half = len(later) // 2
    first, last = (max(part) for part in (later[:half], later[half:]))
    return (
        f"Memory: {memory[0][1]:.0f} MB at first. Of the last four fifths of the time, in the first half at "
        f"most {first:.1f} MB, in the second {last:.1f} MB ({last - first:+.1f})."
    )


def resident(pid: int) -> float:
    """Return the memory that a process holds, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


if __name__ == "__main__":
    main()
