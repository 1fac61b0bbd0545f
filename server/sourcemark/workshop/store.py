"""The workshop's file: one workshop, kept through crashes, gone without a trace when it ends."""

from collections.abc import Callable
from pathlib import Path
import time

from sourcemark.workshop import place, tables
from sourcemark.workshop.attending import Attending
from sourcemark.workshop.codes import Throttle, new_code, new_secret
from sourcemark.workshop.errors import NoWorkshopError, OpenAlreadyError
from sourcemark.workshop.file import WorkshopFile
from sourcemark.workshop.leading import Leading
from sourcemark.workshop.lifetime import since_boot
from sourcemark.workshop.plan import Plan
from sourcemark.workshop.record import read_state
from sourcemark.workshop.state import Keys, WorkshopState


class Store(Attending, Leading):
    """One workshop in one file. Safe to share between threads; a killed service goes on where it was.

    Every method raises a sourcemark.workshop.errors.WorkshopError whose message is said to the person:
    NoWorkshopError where none is open, KeyRefusedError for a secret that is not the facilitator's, those that
    are named with the method, and sourcemark.workshop.trouble.FileError where the file cannot be used.

    Make one store a process for a file: closing a file that is open twice would let go of SQLite's lock
    (https://sqlite.org/howtocorrupt.html, section 2.2). sourcemark.workshop.claim keeps other processes away.

    Nothing is kept but the plan, the answers by random id, and when the workshop began and was last used,
    the last to the minute.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = since_boot,
    ) -> None:
        self.path = path
        self._file = WorkshopFile(path, clock, steady)
        self._throttle = Throttle(clock)

    def open(self, plan: Plan) -> Keys:
        """Start a workshop. Raises OpenAlreadyError while there is one."""
        with self._file.lock:
            if self.state() is not None:
                raise OpenAlreadyError
            keys = Keys(new_code(), new_secret(), new_secret())
            self._file.create(plan, keys)
            self._throttle.refill()
            return keys

    def state(self) -> WorkshopState | None:
        """Return the workshop, or None where none is open."""
        try:
            with self._file.read() as file:
                return read_state(file)
        except NoWorkshopError:
            return None

    def door(self) -> str | None:
        """Return where the room was let in. Raises NoWorkshopError."""
        with self._file.read() as file:
            found: str | None = file.execute("SELECT door FROM workshop").fetchone()[0]
            return found

    def expire(self) -> bool:
        """Delete the workshop where its time is up; say whether it was."""
        with self._file.lock:
            return tables.exists(self.path) and self.state() is None

    def examine(self) -> None:
        """Read the whole file, where there is one. Raises FileError where it is not what was written."""
        with self._file.lock:
            place.examine(self.path)
