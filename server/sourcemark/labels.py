"""The labels, their ids and definitions. Nothing else in the package names them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Label:
    """One answer to the question "on whose word does this sentence rest?"."""

    id: str
    name: str
    definition: str
    caution: str
    """What the label does not mean, said to readers beside every definition."""


OFFICIAL: Final = "official_statement"
ANONYMOUS: Final = "anonymous_claim"
EYEWITNESS: Final = "eyewitness_quote"
NONE: Final = "none"

LABELS: Final = (
    Label(
        OFFICIAL,
        "Official statement",
        "Rests on the word of an organisation, or of a person who speaks for one, on the record.",
        "It says who speaks, not whether what they say is true.",
    ),
    Label(
        ANONYMOUS,
        "Anonymous claim",
        "Rests on the word of someone whose identity the text withholds.",
        "It says that no name is given, not that the claim is false.",
    ),
    Label(
        EYEWITNESS,
        "Eyewitness quote",
        "Rests on the word of a person who was there: who saw, heard, felt or lived through it.",
        "It says that the speaker was there, not that they remember it rightly.",
    ),
)
"""The three labels a sentence can be marked with, in the order everything lists them."""

NONE_DEFINITION: Final = (
    "Rests on nobody in the three groups: the reporter's own narration, background, experts, other media."
)

LABEL_IDS: Final = tuple(label.id for label in LABELS)
SCORE_IDS: Final = (*LABEL_IDS, NONE)
"""The classes that scores are given for: the three labels, and none of them."""

LABELLED: Final = "labelled"
UNSURE: Final = "unsure"
STATES: Final = (LABELLED, NONE, UNSURE)
"""What can be said of a sentence: labelled, no source found, or not sure."""
