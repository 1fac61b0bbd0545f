"""The workshop's file: one workshop, kept through crashes, gone without a trace when it ends."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
import sqlite3
import time

from sourcemark.workshop import participants, place, tables
from sourcemark.workshop.answers import own_answers, save_answers, save_slip, take_over_answers
from sourcemark.workshop.codes import Throttle, is_code, new_code, new_secret
from sourcemark.workshop.desk import save_note, save_tally
from sourcemark.workshop.errors import (
    KeyRefusedError,
    NoWorkshopError,
    OpenAlreadyError,
    StageError,
    WrongCodeError,
)
from sourcemark.workshop.file import WorkshopFile
from sourcemark.workshop.lifetime import since_boot
from sourcemark.workshop.plan import Plan
from sourcemark.workshop.record import read_keys, read_plan, read_state, read_step
from sourcemark.workshop.stages import Stage, steps
from sourcemark.workshop.state import Counts, Keys, Participant, WorkshopState


class Store:
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
        self._clock = clock
        self._file = WorkshopFile(path, clock, steady)
        self._throttle = Throttle(clock)

    def open(self, plan: Plan) -> Keys:
        """Start a workshop. Raises OpenAlreadyError while there is one."""
        with self._file.lock:
            if self.state() is not None:
                raise OpenAlreadyError
            keys = Keys(new_code(), new_secret(), new_secret())
            self._file.create(plan, keys)
            self._throttle = Throttle(self._clock)
            return keys

    def state(self) -> WorkshopState | None:
        """Return the workshop, or None where none is open."""
        try:
            with self._file.read() as file:
                return read_state(file)
        except NoWorkshopError:
            return None

    def join(self, code: str, people: int = 1) -> str:
        """Return the secret of a new participant; 2 people at one screen answer as one.

        Raises WrongCodeError, or TooManyCodesError where too many wrong ones were entered before.
        """
        with self._action() as file:
            self._throttle.check()
            if not is_code(code, read_keys(file).code):
                self._throttle.wrong()
                raise WrongCodeError
            return participants.add(file, people)

    def participant(self, secret: str) -> Participant:
        """Return the participant whom a secret belongs to. Raises UnknownParticipantError."""
        with self._file.read() as file:
            id = participants.id_of(file, secret)
            return next(each for each in read_state(file).participants if each.id == id)

    def check(self, secret: str) -> None:
        """Raise UnknownParticipantError unless a secret is some participant's. Cheaper than `participant`."""
        with self._file.read() as file:
            participants.id_of(file, secret)

    def answer(self, secret: str, sentence: int, choices: Sequence[str]) -> None:
        """Save an answer in the round of the stage; a second one takes the place of the first.

        Raises UnknownParticipantError, StageError where nobody answers now, or ChoiceError.
        """
        self.answer_all(secret, {sentence: choices})

    def answer_all(self, secret: str, answers: Mapping[int, Sequence[str]]) -> None:
        """Save several answers by sentence number, all of them or, with an error as in `answer`, none."""
        with self._action() as file:
            save_answers(file, participants.id_of(file, secret), answers)

    def answers(self, secret: str) -> dict[int, dict[int, tuple[str, ...]]]:
        """Return somebody's own answers: choices by sentence number, by round (both rounds are there)."""
        with self._file.read() as file:
            return own_answers(file, participants.id_of(file, secret))

    def hand_in(self, secret: str, slip: Mapping[str, str]) -> None:
        """Count somebody's exit slip, option id by question id; handed in again it changes nothing.

        Raises UnknownParticipantError, StageError before the last stage, or ChoiceError.
        """
        with self._action() as file:
            save_slip(file, participants.id_of(file, secret), slip)

    def move(self, facilitator: str, stage: Stage, article: int = 0) -> None:
        """Go to a stage, forward or back, of the workshop on the article with an index.

        Whoever changed nothing in the second round keeps their first answer there when it is over.
        Raises StageError where the workshop has no such step.
        """
        with self._action(facilitator) as file:
            plan = read_plan(file)
            if (stage, article) not in steps(len(plan.articles)):
                raise StageError("The workshop has no such stage. Nothing was changed.")
            before, about = read_step(file)
            if before is Stage.SECOND and (stage, article) != (before, about):
                take_over_answers(file, plan.of_article(about))
            file.execute("UPDATE workshop SET stage = ?, article = ?", (stage, article))

    def note(self, facilitator: str, sentence: int, text: str) -> None:
        """Write the facilitator's note on a sentence, for the handout; an empty one takes it away."""
        with self._action(facilitator) as file:
            save_note(file, sentence, text)

    def tally(
        self, facilitator: str, sentence: int, round: int, counts: Counts, n: int | None = None
    ) -> None:
        """Set the answers to a sentence that were counted by hand: raised hands, or paper sheets.

        `n` is how many people answered; left out, each is taken to have ticked once. Nothing but zeros
        takes the count away. Raises ChoiceError where the counts cannot be.
        """
        self.tally_all(facilitator, round, {sentence: (counts, n)})

    def tally_all(
        self, facilitator: str, round: int, tallies: Mapping[int, tuple[Counts, int | None]]
    ) -> None:
        """Set several counts by sentence number, all of them or, with an error as in `tally`, none."""
        with self._action(facilitator) as file:
            for sentence, (counts, n) in tallies.items():
                save_tally(file, sentence, round, counts, n)

    def drop(self, facilitator: str, participant: str) -> None:
        """Take a participant out by id, with all their answers. Raises UnknownParticipantError."""
        with self._action(facilitator) as file:
            participants.take_out(file, participant)

    def renew_code(self, facilitator: str) -> str:
        """Return a new code in the place of the old one; whoever has joined stays."""
        with self._action(facilitator) as file:
            code = new_code()
            file.execute("UPDATE workshop SET code = ?", (code,))
            self._throttle = Throttle(self._clock)
            return code

    def let_in(self, facilitator: str, address: str | None) -> None:
        """Remember where the room was let in, for a service that is started again; None once it is shut."""
        with self._action(facilitator) as file:
            file.execute("UPDATE workshop SET door = ?", (address,))

    def door(self) -> str | None:
        """Return where the room was let in. Raises NoWorkshopError."""
        with self._file.read() as file:
            found: str | None = file.execute("SELECT door FROM workshop").fetchone()[0]
            return found

    def end(self, facilitator: str) -> None:
        """Delete the workshop and everything in it."""
        with self._file.lock:
            # nothing is written before: a full disk must not keep what is to be deleted
            with self._file.read() as file:
                _check(file, facilitator)
            tables.erase(self.path)

    def expire(self) -> bool:
        """Delete the workshop where its time is up; say whether it was."""
        with self._file.lock:
            return tables.exists(self.path) and self.state() is None

    def examine(self) -> None:
        """Read the whole file, where there is one. Raises FileError where it is not what was written."""
        with self._file.lock:
            place.examine(self.path)

    @contextmanager
    def _action(self, facilitator: str | None = None) -> Iterator[sqlite3.Connection]:
        """Open the file for a change, by the facilitator whose secret is given or by a participant."""
        with self._file.change() as file:
            if facilitator is not None:
                _check(file, facilitator)
            yield file


def _check(file: sqlite3.Connection, facilitator: str) -> None:
    if not read_keys(file).is_facilitator(facilitator):
        raise KeyRefusedError
