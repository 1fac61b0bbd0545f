"""What participants do in the workshop's file."""

from collections.abc import Mapping, Sequence

from sourcemark.workshop import participants
from sourcemark.workshop.answers import own_answers, save_answers, save_slip
from sourcemark.workshop.codes import Throttle, is_code
from sourcemark.workshop.errors import WrongCodeError
from sourcemark.workshop.file import WorkshopFile
from sourcemark.workshop.record import read_keys, read_state
from sourcemark.workshop.state import Participant


class Attending:
    """The participants' side of a sourcemark.workshop.store.Store, which says what every method raises."""

    _file: WorkshopFile
    _throttle: Throttle

    def join(self, code: str, people: int = 1) -> str:
        """Return the secret of a new participant; 2 people at one screen answer as one.

        Raises WrongCodeError, or TooManyCodesError where too many wrong ones were entered before.
        """
        with self._file.change() as file:
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
        with self._file.change() as file:
            save_answers(file, participants.id_of(file, secret), answers)

    def answers(self, secret: str) -> dict[int, dict[int, tuple[str, ...]]]:
        """Return somebody's own answers: choices by sentence number, by round (both rounds are there)."""
        with self._file.read() as file:
            return own_answers(file, participants.id_of(file, secret))

    def hand_in(self, secret: str, slip: Mapping[str, str]) -> None:
        """Count somebody's exit slip, option id by question id; handed in again it changes nothing.

        Raises UnknownParticipantError, StageError before the last stage, or ChoiceError.
        """
        with self._file.change() as file:
            save_slip(file, participants.id_of(file, secret), slip)
