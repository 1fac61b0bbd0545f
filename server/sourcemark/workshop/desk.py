"""What the facilitator enters: answers counted by hand, and notes for the handout."""

import sqlite3
from typing import Final

import msgspec

from sourcemark.workshop.choices import CHOICE_IDS, MOST_CHOICES
from sourcemark.workshop.errors import ChoiceError, StageError
from sourcemark.workshop.record import read_plan
from sourcemark.workshop.stages import ROUNDS
from sourcemark.workshop.state import Answered, Counts

_MOST: Final = 1_000
_LONGEST_NOTE: Final = 500


def save_note(file: sqlite3.Connection, sentence: int, text: str) -> None:
    """Write a note on a sentence in the place of the one before; an empty one only takes that away."""
    _check_sentence(file, sentence)
    file.execute("DELETE FROM note WHERE sentence = ?", (sentence,))
    # half a surrogate pair cannot be stored
    note = text.strip()[:_LONGEST_NOTE].encode(errors="replace").decode()
    if note:
        file.execute("INSERT INTO note VALUES (?, ?)", (sentence, note))


def save_tally(file: sqlite3.Connection, sentence: int, round: int, counts: Counts, n: int | None) -> None:
    """Set the answers to a sentence that were counted by hand, in the place of those before.

    Raises ChoiceError where the numbers cannot be.
    """
    _check_sentence(file, sentence)
    tally = read_tally(round, counts, n)
    file.execute("DELETE FROM tally WHERE round = ? AND sentence = ?", (round, sentence))
    if tally.n:
        counted = msgspec.json.encode(tally.counts)
        file.execute("INSERT INTO tally VALUES (?, ?, ?, ?)", (round, sentence, tally.n, counted))


def read_tally(round: int, counts: Counts, n: int | None) -> Answered:
    """Return a count by hand as answers. Without `n`, each person is taken to have ticked once.

    Raises ChoiceError where the numbers cannot be: a choice with more ticks than people, or more than two
    ticks for each.
    """
    if round not in ROUNDS or not set(counts) <= set(CHOICE_IDS):
        raise ChoiceError("One of the counts belongs to nothing in this workshop. Nothing was saved.")
    ticks = sum(counts.values())
    people = ticks if n is None else n
    if not all(0 <= count <= _MOST for count in (*counts.values(), people)):
        raise ChoiceError(f"A count is a number from 0 to {_MOST}. Nothing was saved.")
    if max(counts.values(), default=0) > people:
        raise ChoiceError("One answer has more hands than there are people. Nothing was saved; count again.")
    if not people <= ticks <= people * MOST_CHOICES:
        raise ChoiceError(
            f"{ticks} hands do not fit {people} people with one or two answers each. "
            "Nothing was saved; count again."
        )
    return Answered(people, {choice: count for choice, count in counts.items() if count})


def _check_sentence(file: sqlite3.Connection, number: int) -> None:
    if read_plan(file).sentence(number) is None:
        raise StageError(f"The workshop has no sentence {number}. Nothing was changed.")
