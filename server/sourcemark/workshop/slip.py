"""The exit slip: two questions at the end, counted and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sourcemark.workshop.errors import ChoiceError


@dataclass(frozen=True, slots=True)
class SlipQuestion:
    """A question and its answers, by id."""

    id: str
    text: str
    options: Mapping[str, str]


SLIP: Final = (
    SlipQuestion(
        "easier",
        "Telling who stands behind a sentence is now …",
        {"easier": "easier", "same": "about the same", "harder": "harder"},
    ),
    SlipQuestion(
        "look",
        "When I read the next article, I will look for who stands behind it.",
        {"yes": "Yes", "maybe": "Maybe", "no": "No"},
    ),
)


def read_slip(values: Mapping[str, str]) -> dict[str, str]:
    """Return the answered questions of an exit slip, option id by question id; one may be left out.

    Raises ChoiceError where none is answered, or with an option that the question does not have.
    """
    slip = {question.id: values[question.id] for question in SLIP if values.get(question.id)}
    if not slip:
        raise ChoiceError("Tick an answer to one of the two questions, or leave the slip out.")
    if any(slip[question.id] not in question.options for question in SLIP if question.id in slip):
        raise ChoiceError("One of the answers is not among the choices. Nothing was saved; tick again.")
    return slip
