"""Answers and exit slips in the workshop's file."""

from collections.abc import Mapping, Sequence
import sqlite3

from sourcemark.workshop.choices import read_choices
from sourcemark.workshop.errors import StageError
from sourcemark.workshop.plan import PlannedSentence
from sourcemark.workshop.record import read_plan, read_step
from sourcemark.workshop.slip import read_slip
from sourcemark.workshop.stages import ROUNDS, Stage


def save_answers(file: sqlite3.Connection, participant: str, answers: Mapping[int, Sequence[str]]) -> None:
    """Save somebody's answers in the round of the stage. Raises StageError or ChoiceError."""
    stage, article = read_step(file)
    round = stage.answers_round
    if round is None:
        raise StageError("Answers are not taken at this stage. Those you gave before are saved.")
    here = {sentence.number for sentence in read_plan(file).of_article(article)}
    for sentence, choices in answers.items():
        if sentence not in here:
            raise StageError("The room is at another article now. Load the page again to go on.")
        file.execute(
            "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)",
            (participant, round, sentence, " ".join(read_choices(choices))),
        )


def own_answers(file: sqlite3.Connection, participant: str) -> dict[int, dict[int, tuple[str, ...]]]:
    """Return somebody's answers: choices by sentence number, by round."""
    own: dict[int, dict[int, tuple[str, ...]]] = {round: {} for round in ROUNDS}
    query = "SELECT round, sentence, choices FROM answer WHERE participant = ?"
    for round, sentence, choices in file.execute(query, (participant,)):
        own[round][sentence] = tuple(choices.split())
    return own


def take_over_answers(file: sqlite3.Connection, sentences: Sequence[PlannedSentence]) -> None:
    """Let first answers stand in the second round where nobody changed them, if anybody changed one.

    So both rounds count the same people, and what differs between them is what they changed.
    """
    between = (sentences[0].number, sentences[-1].number)
    held = "SELECT 1 FROM answer WHERE round = 2 AND sentence BETWEEN ? AND ?"
    if file.execute(held, between).fetchone():
        file.execute(
            "INSERT OR IGNORE INTO answer SELECT participant, 2, sentence, choices FROM answer"
            " WHERE round = 1 AND sentence BETWEEN ? AND ?",
            between,
        )


def save_slip(file: sqlite3.Connection, participant: str, values: Mapping[str, str]) -> None:
    """Count somebody's exit slip, the first time. Raises StageError or ChoiceError."""
    if read_step(file)[0] is not Stage.EXIT:
        raise StageError("The last two questions come at the end. Nothing was saved.")
    slip = read_slip(values)
    first = "UPDATE participant SET handed_in = 1 WHERE id = ? AND handed_in = 0"
    if file.execute(first, (participant,)).rowcount:
        for question, option in slip.items():
            file.execute(
                "INSERT INTO slip VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1", (question, option)
            )
