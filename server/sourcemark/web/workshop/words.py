"""Words and names that every page of the workshop may use."""

from typing import Any, Final

from sourcemark.labels import LABELS
from sourcemark.workshop.choices import BY_ID, CHOICES
from sourcemark.workshop.plan import BANDS, BLANKS
from sourcemark.workshop.slip import SLIP
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.totals import FEWER

QUESTIONS: Final = (
    "Why might a name be withheld here?",
    "Could this official know it?",
    "What would confirm it?",
    "What does this story do well?",
)
"""For every article that brings none of its own. What the story does well is always asked last."""

WORDS: Final[dict[str, Any]] = {
    "BANDS": BANDS,
    "BLANKS": BLANKS,
    "CHOICE": BY_ID,
    "CHOICES": CHOICES,
    "LABELS": LABELS,
    "QUESTIONS": QUESTIONS,
    "FEWER": FEWER,
    "SLIP": SLIP,
    "Stage": Stage,
}


def progress(done: int, joined: int) -> str:
    """Return how many are done, in words: "9 of 14 are done"."""
    if joined == 0:
        return "Nobody has joined yet."
    if done == joined > 1:
        return f"All {joined} are done."
    return f"{done} of {joined} {'is' if done == 1 else 'are'} done."


def joined(places: int, people: int) -> str:
    """Return how many take part, in words."""
    if places == 0:
        return "Nobody has joined yet."
    if people == places:
        return f"{places} {'takes' if places == 1 else 'take'} part."
    return f"{people} people take part at {places} {'screen' if places == 1 else 'screens'}."
