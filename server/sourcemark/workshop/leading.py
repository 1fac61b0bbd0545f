"""What the facilitator does in the workshop's file, with the facilitator's secret."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
import sqlite3

from sourcemark.workshop import participants, tables
from sourcemark.workshop.answers import take_over_answers
from sourcemark.workshop.codes import Throttle, new_code
from sourcemark.workshop.desk import save_note, save_tally
from sourcemark.workshop.errors import KeyRefusedError, StageError
from sourcemark.workshop.file import WorkshopFile
from sourcemark.workshop.record import read_keys, read_plan, read_step
from sourcemark.workshop.stages import Stage, steps
from sourcemark.workshop.state import Counts


class Leading:
    """The facilitator's side of a sourcemark.workshop.store.Store, which says what every method raises."""

    _file: WorkshopFile
    _throttle: Throttle

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
            self._throttle.refill()
            return code

    def let_in(self, facilitator: str, address: str | None) -> None:
        """Remember where the room was let in, for a service that is started again; None once it is shut."""
        with self._action(facilitator) as file:
            file.execute("UPDATE workshop SET door = ?", (address,))

    def end(self, facilitator: str) -> None:
        """Delete the workshop and everything in it."""
        with self._file.lock:
            # nothing is written before: a full disk must not keep what is to be deleted
            with self._file.read() as file:
                _check(file, facilitator)
            tables.erase(self._file.path)

    @contextmanager
    def _action(self, facilitator: str) -> Iterator[sqlite3.Connection]:
        """Open the file for a change by the facilitator whose secret is given."""
        with self._file.change() as file:
            _check(file, facilitator)
            yield file


def _check(file: sqlite3.Connection, facilitator: str) -> None:
    if not read_keys(file).is_facilitator(facilitator):
        raise KeyRefusedError
