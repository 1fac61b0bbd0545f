"""Where the corrections that are given to this service go, if it keeps any."""

import os
from threading import Lock
from typing import TYPE_CHECKING, Final

from flask import Flask, current_app

from sourcemark.corrections.place import File, Place, place_of
from sourcemark.settings import Settings
from sourcemark.web.problems import ProblemError

if TYPE_CHECKING:
    from sourcemark.corrections.store import Store

_NAME: Final = "sourcemark-corrections"


class Keeping:
    """The store of one place, opened when it is needed. Safe to share between threads, and between apps."""

    def __init__(self, place: Place | None) -> None:
        self._place = place
        self._store: Store | None = None
        self._lock = Lock()

    @property
    def keeps(self) -> bool:
        """Whether corrections are kept at all."""
        return self._place is not None

    def open(self) -> None:
        """Bring what is there already up to this version.

        Raises sourcemark.corrections.errors.CorrectionsError where that cannot be done, and SettingsError
        where the place cannot be used.
        """
        if self._place is not None and not (isinstance(self._place, File) and not self._place.path.exists()):
            self.store().open()

    def store(self) -> "Store":
        """Return the store. Raises the problem `corrections-off` where there is none."""
        if self._place is None:
            raise ProblemError("corrections-off")
        with self._lock:
            if self._store is None:
                # SQLAlchemy takes a second that labelling does without
                from sourcemark.corrections.store import Store

                self._store = Store(self._place)
            return self._store


def opened(settings: Settings) -> Keeping:
    """Return the place that the settings name, with what is there already brought up to this version.

    Raises as `Keeping.open`.
    """
    keeping = Keeping(place_of(settings, os.environ))
    keeping.open()
    return keeping


def init_app(app: Flask, keeping: Keeping) -> None:
    """Give `app` the place for its corrections."""
    app.extensions[_NAME] = keeping


def keeping_of(app: Flask) -> Keeping:
    """Return the place for the corrections of `app`."""
    keeping: Keeping = app.extensions[_NAME]
    return keeping


def current_keeping() -> Keeping:
    """Return the place for the corrections of the app that the current request is sent to."""
    return keeping_of(current_app)
