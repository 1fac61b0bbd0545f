"""Kills the service again and again while clients use it, and looks each time whether anything was lost.

    PYTHONPATH=tests .venv/bin/python -m soak.killing --kills 200

Which client does what, and how long after its start the service is killed, follows from the seed; what it is
doing in that instant does not. Prints the figures as JSON; fails with a sentence where something acknowledged
is gone.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
import csv
from functools import partial
import io
from itertools import cycle, islice
import json
from pathlib import Path
from random import Random
import sys
from tempfile import TemporaryDirectory
from threading import Semaphore
import time
from typing import Any

from soak.deeds import (
    SENTENCES,
    Answering,
    Correcting,
    Deed,
    Facilitating,
    Found,
    Joining,
    Reading,
    counted,
    take_over,
)
from soak.service import GONE, Fields, Service
from sourcemark.corrections.place import File
from sourcemark.corrections.store import Store as Corrections
from sourcemark.workshop.choices import CHOICES
from sourcemark.workshop.place import FILE
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import WorkshopState
from sourcemark.workshop.store import Store
from sourcemark.workshop.totals import FEWER, FEWEST

PEOPLE = 8
EVENING = ("open", "alone", "use", "use", "start", "use", "second", "use", "use", "room", "end")
"""What is going on when the service is killed: a workshop from its beginning to its end."""
SHORT = ("open", "use", "second", "use", "end")

ARTICLE: Fields = {
    "first-title": "The old pier",
    "first-text": "The harbour authority said on Monday that the pier would be closed. A city official, who "
    "asked not to be named, said the money had run out.\n\n“I saw the planks give way,” said Mira Holt. Rain "
    "fell on the market. The engineer Pavel Stern called the repair overdue.",
    "sentence": [str(number) for number in SENTENCES],
}
MOST_TOLD = 200
"""Acknowledgements after which the service is killed, at most."""
LONGEST_WAIT = 0.06
"""Seconds from then, or from a form that was sent alone, to the kill."""
AIMED = 0.7
"""Share of the kills that wait for SQLite's journal, which lies beside the file during a change alone."""
LONGEST_AIM = 0.3
"""Seconds that they wait at most."""
LONGEST_START = 1.5
"""Seconds from a start to a kill before the service answers, or just after."""


Progress = Callable[[str], object]


class Killing:
    """One service on one state folder, what was acknowledged, and chance."""

    def __init__(self, folder: Path, seed: int, progress: Progress | None = None) -> None:
        self.service = Service(folder)
        self._progress = progress
        self.kills = Counter[str]()
        """By what was going on."""
        self.acknowledged = Counter[str]()
        """By what it was."""
        self.within_a_change = 0
        """How many kills left SQLite's journal behind."""
        self._chance = Random(seed)
        self._store = Store(folder / FILE)
        self._corrections = Corrections(File(self.service.corrections))
        self._readers: list[Deed] = [Reading(), Reading(), Correcting("Anna"), Correcting("Ben")]
        self._people: list[Answering] = []
        self._crowd: list[Deed] = []
        self._stage = Stage.WELCOME

    def run(self, phases: Sequence[str]) -> None:
        """Kill the service once in each phase, start it again, and look at everything that is kept."""
        self.service.start()
        try:
            for deed in self._readers:
                # the first correction takes longer than the kills would leave it
                deed.once(self.service, self._chance)
            for phase in phases:
                getattr(self, f"_{phase}")()
                self.kills[phase] += 1
                if self._progress:
                    self._progress(f"{self.kills.total()} of {len(phases)}: {phase}")
        finally:
            self.service.kill()
            self._count(*self._readers, *self._crowd)

    def _open(self) -> None:
        opened = self._interrupted("/workshop/open", ARTICLE)
        state = self._store.state()
        assert state or not opened, "a workshop that was opened is not there"
        if state is None:
            assert self.service.post("/workshop/open", ARTICLE).status == 303
        state = self._state()
        assert [sentence.number for sentence in state.plan.sentences] == list(SENTENCES)
        assert (state.stage, state.joined, state.answered) == (Stage.WELCOME, 0, {})
        self._stage = Stage.WELCOME
        self._desk = f"/workshop/f/{state.keys.facilitator}"
        self._people = [Answering(self.service, state.keys.code) for _ in range(PEOPLE)]
        self._facilitating = Facilitating(state.keys.facilitator)
        self._crowd = [*self._people, Joining(state.keys.code, PEOPLE), self._facilitating]

    def _use(self) -> None:
        if self._stage is Stage.WELCOME:
            self._move(Stage.ALONE)
        told = Semaphore(0)

        def go_on(deed: Deed, chance: Random) -> None:
            try:
                while True:
                    deed.once(self.service, chance)
                    told.release()
            except GONE:
                assert self.service.killed.is_set(), "the service went away by itself"

        deeds = [*self._readers, *self._crowd]
        with ThreadPoolExecutor(len(deeds)) as clients:
            parts = [clients.submit(go_on, deed, Random(self._chance.random())) for deed in deeds]
            try:
                for _ in range(self._chance.randrange(1, MOST_TOLD)):
                    assert told.acquire(timeout=60), "nobody is answered any more"
            finally:
                self._kill(LONGEST_WAIT)
        for part in parts:
            part.result()
        self.service.start()
        self._look()

    def _start(self) -> None:
        self.service.kill()
        self.service.launch()
        self._kill(LONGEST_START, aimed=0)
        self.service.start()
        self._look()

    def _alone(self) -> None:
        self._interrupted_move(Stage.ALONE)

    def _second(self) -> None:
        self._interrupted_move(Stage.SECOND)
        for person in self._people:
            person.round = 2

    def _room(self) -> None:
        self._interrupted_move(Stage.ROOM)
        self._compare_totals()

    def _end(self) -> None:
        # to delete a file is no change of what is in it: there is no journal to wait for
        ended = self._interrupted(f"{self._desk}/end", {}, aimed=0)
        if self._store.state() is not None:
            assert not ended, "a workshop that was ended is there again"
            self._look()
            assert self.service.post(f"{self._desk}/end", {}).status == 200
        left = {each.name: each.read_bytes() for each in self.service.folder.iterdir()}
        assert left == {"service.lock": b""}, left
        self._count(*self._crowd)
        self._people, self._crowd = [], []

    def _interrupted_move(self, stage: Stage) -> None:
        before = self._stage
        moved = self._interrupted(f"{self._desk}/move", _moving(before, stage))
        self._look()
        assert self._stage in ({stage} if moved else {before, stage})
        self._move(stage)

    def _move(self, stage: Stage) -> None:
        if self._stage is not stage:
            assert self.service.post(f"{self._desk}/move", _moving(self._stage, stage)).status == 303
            self._look()
        assert self._stage is stage

    def _interrupted(self, path: str, fields: Fields, aimed: float = AIMED) -> bool:
        """Send one form and kill the service meanwhile; return whether it was answered before."""

        def send() -> bool:
            try:
                reply = self.service.post(path, fields)
            except GONE:
                assert self.service.killed.is_set(), "the service went away by itself"
                return False
            assert reply.status in {200, 303}, reply
            return True

        with ThreadPoolExecutor(1) as client:
            sent = client.submit(send)
            self._kill(LONGEST_WAIT, aimed)
        self.service.start()
        return sent.result()

    def _kill(self, longest: float, aimed: float = AIMED) -> None:
        # not to wait for anything: the moment is what chance is to choose
        time.sleep(self._chance.uniform(0, longest))
        journal = self._store.path.with_name(f"{FILE}-journal")
        if self._chance.random() < aimed:
            # a change is over in less than a thousandth of a second: chance alone would hardly meet one
            latest = time.monotonic() + LONGEST_AIM
            while not journal.exists() and time.monotonic() < latest:
                pass
        self.service.kill()
        self.within_a_change += journal.exists()

    def _look(self) -> None:
        """Assert that the file is whole, and that what is in it is what must be."""
        self._store.examine()
        state = self._state()
        if self._stage is Stage.SECOND and state.stage is not Stage.SECOND:
            take_over(self._people)
        self._stage = state.stage
        self._corrections.examine()
        for deed in (*self._readers, *self._crowd):
            deed.check(Found(self._store, state, self._corrections))

    def _state(self) -> WorkshopState:
        state = self._store.state()
        assert state is not None, "the workshop is not there"
        return state

    def _compare_totals(self) -> None:
        """Assert that the table of results counts every answer once."""
        table = self.service.get(f"{self._desk}/results.csv").body.decode("utf-8-sig")
        for row in csv.DictReader(io.StringIO(table)):
            place = int(row["round"]), int(row["sentence_no"])
            n, counts = counted(self._people, self._facilitating, *place)
            if n < FEWEST:
                assert row["n"] == FEWER
            else:
                found = {choice.id: int(row[choice.column]) for choice in CHOICES}
                assert (int(row["n"]), found) == (n, counts), place

    def _count(self, *deeds: Deed) -> None:
        for deed in deeds:
            self.acknowledged[type(deed).__name__.lower()] += deed.acknowledged
            deed.acknowledged = 0


def kill(folder: Path, seed: int, phases: Sequence[str], progress: Progress | None = None) -> dict[str, Any]:
    """Kill a service on `folder` once in each phase; return the figures.

    Raises AssertionError where something acknowledged is gone, or half of something is there.
    """
    began = time.monotonic()
    killing = Killing(folder, seed, progress)
    killing.run(phases)
    return {
        "seed": seed,
        "kills": killing.kills.total(),
        "during": dict(killing.kills),
        "within a change": killing.within_a_change,
        "acknowledged": dict(killing.acknowledged),
        "lost": 0,
        "seconds": round(time.monotonic() - began),
    }


def _moving(before: Stage, after: Stage) -> Fields:
    return {"from": f"{before}-0", "to": f"{after}-0"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261130)
    arguments = parser.parse_args()
    phases = list(islice(cycle(EVENING), arguments.kills))
    with TemporaryDirectory() as folder:
        print(
            json.dumps(kill(Path(folder) / "state", arguments.seed, phases, partial(print, file=sys.stderr)))
        )


if __name__ == "__main__":
    main()
