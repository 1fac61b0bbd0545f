"""A service whose door is tried from outside: it tells what arrived there and which of its views ran."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from threading import Condition, Thread
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, request

from browser.remote import DEADLINE
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web import guard
from sourcemark.web.app import create_app
from sourcemark.web.server import Server, bind
from sourcemark.web.workshop import Workshop, workshop_of
from sourcemark.workshop.planning import plan_of
from sourcemark.workshop.ready_made import read_ready_made
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import Keys

Change = Callable[[Flask], None]
"""Takes something out of an app before it runs."""


class Watch:
    """Remembers, by the `attempt` that an address names, how apps answered and which views they ran for it.

    What is asked for without such a name, as a page asks for its own files, is kept under "".
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.answers: dict[str, set[int]] = {}
        self._ran: Counter[tuple[str, str]] = Counter()

    @property
    def views(self) -> dict[str, set[str]]:
        """The endpoints that ran, by attempt."""
        return {name: {view for each, view in self._ran if each == name} for name, _ in self._ran}

    def wait(self, names: Iterable[str]) -> None:
        """Wait until all of these attempts were answered. Raises TimeoutError with those that were not."""
        wanted = set(names)
        with self._changed:
            if not self._changed.wait_for(lambda: wanted <= self.answers.keys(), DEADLINE):
                raise TimeoutError(f"never arrived: {sorted(wanted - self.answers.keys())}")

    def over(self, app: Flask) -> Flask:
        """Watch an app, which goes on doing what it does."""
        app.view_functions = {name: self._counted(name, view) for name, view in app.view_functions.items()}
        app.wsgi_app = self._heard(app.wsgi_app)  # type: ignore[method-assign]
        return app

    def _counted(self, endpoint: str, view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def run(**arguments: Any) -> Any:
            with self._changed:
                self._ran[request.args.get("attempt", ""), endpoint] += 1
            return view(**arguments)

        return run

    def _heard(self, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            def start(status: str, *more: Any) -> Any:
                name = parse_qs(environ["QUERY_STRING"]).get("attempt", [""])[0]
                with self._changed:
                    self.answers.setdefault(name, set()).add(int(status.split()[0]))
                    self._changed.notify_all()
                return start_response(status, *more)

            return app(environ, start)

        return answer


@dataclass(frozen=True)
class Target:
    """A service on a real port, with a workshop that goes on and its door open."""

    address: str
    room: str
    """Where the workshop's door is."""
    workshop: Workshop
    keys: Keys
    person: str
    """The secret of somebody who takes part."""
    watch: Watch


@contextmanager
def target(
    labeler: Labeler,
    folder: Path,
    port: int = 0,
    change: Change = lambda app: None,
    names: Sequence[str] = (),
) -> Iterator[Target]:
    """Run a service on `port` for as long as the block lasts, and the room's app on another.

    `names` are what the room's app may be called, beside its address.
    """
    watch = Watch()

    def watched(app: Flask) -> Flask:
        change(app)
        return watch.over(app)

    app = watched(create_app(Settings(state_folder=str(folder), lan_address="127.0.0.1"), labeler))
    workshop = workshop_of(app)
    build = workshop.door._build
    workshop.door._build = lambda hosts: watched(build([*hosts, *names]))
    ready = read_ready_made()[0]
    numbers = [sentence.candidate for sentence in ready.sentences]
    keys = workshop.store.open(plan_of(labeler, [each.article for each in ready.articles], numbers))
    person = workshop.store.join(keys.code)
    workshop.store.move(keys.facilitator, Stage.ALONE, 0)
    workshop.door.open(0)
    server = Server(app, bind(port))
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield Target(server.address, str(workshop.door.address), workshop, keys, person, watch)
    finally:
        server.stop()
        thread.join()
        workshop.door.close()


def without_rules(app: Flask) -> None:
    """Take the guard's rules out of an app, and leave its headers."""
    app.before_request_funcs[None].remove(guard.check)
    app.config["TRUSTED_HOSTS"] = None


def without_guard(app: Flask) -> None:
    """Take the guard out of an app."""
    without_rules(app)
    app.after_request_funcs[None].remove(guard.add_headers)
