"""The workshop that runs on this service, if one does: its store and its door."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
import gc
from threading import Event, Thread
from typing import Final
import urllib.parse

from flask import Flask, current_app

from sourcemark.web.problems import ProblemError
from sourcemark.web.server import PortError
from sourcemark.web.workshop.door import Door, DoorError
from sourcemark.workshop.state import WorkshopState
from sourcemark.workshop.store import Store
from sourcemark.workshop.trouble import FileError

_NAME: Final = "sourcemark-workshop"

# seconds between two looks at whether a workshop's time is up
_WATCH: Final = 20


class Workshop:
    """What the pages of a workshop share, on this computer and in the room."""

    def __init__(self, store: Store, door: Door, lan: bool) -> None:
        self.store = store
        self.door = door
        self.lan = lan
        """Whether the door opens together with a workshop."""
        self._held = True
        """Whether there was a workshop at the last look; at first there may have been one."""
        self.reached = False
        """Whether a device other than this computer has come through the door. Which one is not kept."""

    def state(self) -> WorkshopState:
        """Return the workshop. Raises the problem `no-workshop` where none is open."""
        state = self.store.state()
        if state is None:
            raise ProblemError("no-workshop")
        return state

    def for_facilitator(self, secret: str) -> WorkshopState:
        """Return the workshop to whoever has the facilitator's secret. Raises the problem `no-workshop`."""
        state = self.state()
        if not state.keys.is_facilitator(secret):
            raise ProblemError("no-workshop")
        return state

    def end(self, facilitator: str) -> None:
        """Delete the workshop and shut the room out."""
        self.store.end(facilitator)
        self.shut()
        _let_go()

    def let_in(self, facilitator: str, port: int) -> None:
        """Let the room in by `port`, also after a restart. Raises DoorError or PortError."""
        self.door.open(port)
        self.store.let_in(facilitator, self.door.address)

    def shut_out(self, facilitator: str) -> None:
        """Let the room out."""
        self.store.let_in(facilitator, None)
        self.shut()

    def shut(self) -> None:
        """Close the door; the next workshop begins with it closed."""
        self.door.close()
        self.reached = False

    def tidy(self) -> None:
        """Delete a workshop whose time is up, and leave nothing behind of one that is gone."""
        self.store.expire()
        held, self._held = self._held, self.store.state() is not None
        if not self._held:
            self.shut()
            if held:
                _let_go()

    @contextmanager
    def kept(self, port: int) -> Iterator[None]:
        """Look after the workshop for as long as the service runs by `port`.

        One that a killed service left goes on, and the room is let in again where it was in before, at the
        same address, or where that was asked for. Raises FileError where its file cannot be read.
        """
        stopping = Event()

        def watch() -> None:
            while not stopping.wait(_WATCH):
                # what is in the way now may be gone at the next look, and the pages say it meanwhile
                with suppress(FileError):
                    self.tidy()

        watching = Thread(target=watch, name="workshop", daemon=True)
        try:
            self.store.examine()
            self.tidy()
            if self._held and (self.lan or self.store.door() == self.door.expected(port)):
                # where it cannot be opened, the desk's button says why
                with suppress(DoorError, PortError):
                    self.door.open(port)
            watching.start()
            yield
        finally:
            stopping.set()
            self.door.close()


def _let_go() -> None:
    """Let go of what is still held in memory of pages that were shown.

    What was let go of is overwritten when something else needs the place, and at the latest when the
    service stops.
    """
    # the addresses that were asked for last, with the participants' secrets in them
    urllib.parse.clear_cache()  # type: ignore[attr-defined]  # no types, since it is not documented
    # pages are made of objects that hold each other
    gc.collect()


def init_app(app: Flask, workshop: Workshop) -> None:
    """Give `app` its workshop."""
    app.extensions[_NAME] = workshop


def workshop_of(app: Flask) -> Workshop:
    """Return the workshop of `app`."""
    workshop: Workshop = app.extensions[_NAME]
    return workshop


def current_workshop() -> Workshop:
    """Return the workshop of the app that the current request is sent to."""
    return workshop_of(current_app)
