"""What a participant can answer: one or two of six choices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELS, OFFICIAL
from sourcemark.workshop.errors import ChoiceError


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to the question "on whose word does this sentence rest?"."""

    id: str
    name: str
    meaning: str
    letter: str
    """Stands for the choice on paper and in bars, where colour cannot."""
    column: str
    """Its column in the CSV file."""

    @property
    def words(self) -> str:
        """The name inside a sentence: "11 of 14: anonymous claim"."""
        return self.name[0].lower() + self.name[1:]


OTHER_NAMED: Final = "other_named"
NO_SOURCE: Final = "no_source"
CANT_TELL: Final = "cant_tell"

_SHORT: Final = {OFFICIAL: ("O", "official"), ANONYMOUS: ("A", "anonymous"), EYEWITNESS: ("E", "eyewitness")}

CHOICES: Final = (
    *(Choice(label.id, label.name, label.definition, *_SHORT[label.id]) for label in LABELS),
    Choice(
        OTHER_NAMED,
        "Another named source",
        "Rests on somebody or something named that fits none of the three: an expert, a document, "
        "a campaigner, another newsroom.",
        "N",
        OTHER_NAMED,
    ),
    Choice(
        NO_SOURCE,
        "No source",
        "The reporter's own words: narration, background, what anybody could see.",
        "R",
        NO_SOURCE,
    ),
    Choice(CANT_TELL, "Can't tell", "The sentence does not say clearly enough.", "?", CANT_TELL),
)
"""In the order everything lists them."""

CHOICE_IDS: Final = tuple(choice.id for choice in CHOICES)
BY_ID: Final = {choice.id: choice for choice in CHOICES}
MOST_CHOICES: Final = 2


def read_choices(values: Sequence[str]) -> tuple[str, ...]:
    """Return the ids that were ticked, each once and in the order of `CHOICES`.

    Raises ChoiceError where none is ticked, more than two are, or one is not among the choices.
    """
    ticked = set(values)
    if not ticked <= set(CHOICE_IDS):
        # the value is not repeated: it can be anything at all
        raise ChoiceError("One of the answers is not among the choices. Nothing was saved; tick again.")
    if not ticked:
        raise ChoiceError("Tick one answer, or two where both fit.")
    if len(ticked) > MOST_CHOICES:
        raise ChoiceError("Tick two answers at most. Nothing was saved; take one away.")
    return tuple(choice for choice in CHOICE_IDS if choice in ticked)
