"""How long a full room waits: 60 people answer 20 sentences, each with a page that keeps asking what is new.

python benchmarks/workshop.py [--people N] [--sentences N] [--reading SECONDS]
"""

from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from http.client import HTTPConnection
import os
from random import Random
import re
from statistics import quantiles
from threading import Barrier, Event, Thread
from time import monotonic
from urllib.parse import urlencode, urlsplit

from articles import many_articles
from bounds import ROOM_MS
from room_browsers import Browsers
from service import service

from sourcemark.workshop.choices import CHOICE_IDS
from sourcemark.workshop.stages import Stage

POLL = 2.5
"""Seconds between two questions of a page, as in files/live.js of sourcemark.web.workshop."""

_LINGER = 3 * POLL
"""Seconds for a stage in which people only look: every page has loaded itself anew by then."""


class Visitor:
    """A browser with one connection. It remembers how long every answer took, in milliseconds, by kind."""

    def __init__(self, netloc: str) -> None:
        self._connection = HTTPConnection(netloc)
        self.took: defaultdict[str, list[float]] = defaultdict(list)
        self.place = ""
        """The path of the page it is at."""

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def ask(self, kind: str, path: str, form: Sequence[tuple[str, str]] | None = None) -> str:
        """Send a request, follow where it leads, and return the page that comes."""
        headers = {"Accept": "text/html"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = monotonic()
        body = None if form is None else urlencode(form)
        self._connection.request("GET" if form is None else "POST", path, body, headers)
        response = self._connection.getresponse()
        page = response.read().decode()
        self.took[kind].append((monotonic() - began) * 1000)
        if response.status == 303:
            return self.ask("page", urlsplit(response.headers["Location"]).path)
        if response.status != 200:
            raise SystemExit(f"{kind} was refused with {response.status}: {page}")
        if kind != "poll":
            self.place = path
        return page


class Person(Visitor):
    """Somebody who joins, answers every sentence, and whose page asks what is new until it is over."""

    def __init__(self, netloc: str, code: str, reading: float, seed: int) -> None:
        super().__init__(netloc)
        self._code = code
        self._reading = reading
        # people are not in step, and the same in every run
        self._random = Random(seed)

    def take_part(self, joined: Barrier, done: Barrier, over: Event) -> None:
        """Join, answer and look, until it is over."""
        over.wait(self._random.uniform(0, 2 * POLL))
        self.ask("page", "/w")
        page = self.ask("join", "/w", [("code", self._code)])
        joined.wait()
        poll = answer = monotonic() + self._random.uniform(0, POLL)
        answering = True
        while not over.wait(max(0.0, min(poll, answer) - monotonic())):
            if monotonic() >= poll:
                news = self.ask("poll", f"{self.place}/live")
                if f'data-mark="{_mark(news)}"' not in page:
                    page = self.ask("page", self.place)
                poll = monotonic() + POLL
            if monotonic() >= answer:
                asked = re.search(r'name="sentence" value="(\d+)"', page)
                if asked:
                    choice = self._random.choice(CHOICE_IDS)
                    answers = [("sentence", asked[1]), ("choice", choice)]
                    page = self.ask("answer", f"{self.place}/answer", answers)
                elif answering and "All your answers are saved" in page:
                    answering = False
                    # not in this thread, which has a page to keep up to date
                    Thread(target=done.wait, daemon=True).start()
                answer = monotonic() + self._reading * self._random.uniform(0.5, 1.5)


def main(arguments: Sequence[str] | None = None) -> None:
    """Hold a workshop in a service of its own, and print how long people waited."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--browsers", type=int, default=3, help="how many of the people are real browsers")
    parser.add_argument("--sentences", type=int, default=20)
    parser.add_argument("--reading", type=float, default=5.0, help="seconds for a sentence, on average")
    given = parser.parse_args(arguments)
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    with service("workshop", "--no-open", "--model", "fast") as (netloc, _), closing(Visitor(netloc)) as desk:
        people, windows = hold(netloc, desk, given.people, given.browsers, given.sentences, given.reading)
    print(
        f"{given.people} people, {given.browsers} of them real browsers, with {given.sentences} sentences, "
        f"{given.reading:g} seconds for each"
    )
    print("\n".join(table(people, windows, desk)))
    note = ": others kept the room waiting" if load > cores / 2 else ""
    print(f"Before, {load:.1f} programs wanted one of the machine's {cores} cores{note}.")


def hold(
    netloc: str, desk: Visitor, number: int, browsers: int, sentences: int, reading: float
) -> tuple[list[Person], dict[str, list[float]]]:
    """Go through a workshop with `number` people, and return what they and the browsers remember."""
    form = [("first-title", "A room full of people"), ("first-text", "\n\n".join(many_articles(1)[0]))]
    form += [("sentence", str(each + 1)) for each in range(sentences)]
    page = desk.ask("open", "/workshop/open", form)
    code = re.search(r"The code is <b>(\w+)", page)
    assert code
    people = [Person(netloc, code[1], reading, seed) for seed in range(number - browsers)]
    parties = len(people) + bool(browsers) + 1
    joined, done, over = Barrier(parties), Barrier(parties), Event()
    threads = [Thread(target=each.take_part, args=(joined, done, over), daemon=True) for each in people]
    windows = Browsers(browsers, f"http://{netloc}/w?code={code[1]}", reading, joined, done, over)
    if browsers:
        threads.append(windows)
    for thread in threads:
        thread.start()
    joined.wait(60)
    here = Stage.WELCOME
    for stage in (Stage.ALONE, Stage.ROOM, Stage.TOOL, Stage.EXIT):
        desk.ask("move", f"{desk.place}/move", [("from", f"{here}-0"), ("to", f"{stage}-0")])
        here = stage
        if stage is Stage.ALONE:
            done.wait(60 + 10 * reading * sentences)
        else:
            over.wait(_LINGER)
    over.set()
    for thread in threads:
        thread.join()
    for person in people:
        person.close()
    return people, windows.took


def table(people: Sequence[Person], windows: dict[str, list[float]], desk: Visitor) -> list[str]:
    """Return the lines of a table with a row for each kind of request, and a line on the room's limit."""
    room = defaultdict(list)
    for person in people:
        for kind, took in person.took.items():
            room[kind] += took
    shown = windows.pop("page shown", None)
    everything = [each for took in (*room.values(), *windows.values()) for each in took]
    rows = [*room.items(), *((f"a browser's {kind}", took) for kind, took in windows.items())]
    rows.append(("all of the room's", everything))
    if shown:
        rows.append(("until a page is shown", shown))
    rows += [(f"the desk's {kind}", took) for kind, took in desk.took.items()]
    p95 = percentiles(everything)[1]
    return [
        f"{'ms':22}{'requests':>10}{'p50':>8}{'p95':>8}{'p99':>8}",
        *(
            f"{kind:22}{len(took):10}" + "".join(f"{each:8.1f}" for each in percentiles(took))
            for kind, took in rows
        ),
        f"95 of 100 of the room's requests took {p95:.0f} ms at most: "
        f"{'within' if p95 <= ROOM_MS else 'over'} the limit of {ROOM_MS:g}.",
    ]


def percentiles(took: list[float]) -> tuple[float, float, float]:
    """Return how long half, 95 and 99 of 100 took at most."""
    # one alone cannot be parted
    parts = quantiles([*took, took[-1]], n=100, method="inclusive")
    return parts[49], parts[94], parts[98]


def _mark(news: str) -> str:
    found = re.search(r'"mark": ?"([^"]*)"', news)
    return found[1] if found else ""


if __name__ == "__main__":
    main()
