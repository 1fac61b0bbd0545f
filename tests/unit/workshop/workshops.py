"""Workshops to test with: plans written by hand, a clock that is set, and a room of people."""

from collections.abc import Sequence
from dataclasses import dataclass

from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELLED, NONE, OFFICIAL, UNSURE
from sourcemark.workshop.plan import CLEAR, NOT_CHECKED, NOT_SURE, Plan, PlannedArticle, PlannedSentence
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import WorkshopState
from sourcemark.workshop.store import Store

EVENING = 1_700_000_000.0


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: float = EVENING

    def __call__(self) -> float:
        return self.now


def plan_with(*tool: str, articles: int = 1, text: str = "The sluice was open, a clerk said.") -> Plan:
    """Return a plan with a sentence for each answer of the tool: a label, or a state without one.

    With two articles the sentences are shared out evenly, in order.
    """
    sentences = []
    for number, answer in enumerate(tool, 1):
        label = answer if answer in (OFFICIAL, ANONYMOUS, EYEWITNESS) else None
        band = {UNSURE: NOT_SURE, NOT_CHECKED: None}.get(answer, CLEAR)
        article = (number - 1) * articles // len(tool)
        words = ("a clerk",) if label else ()
        state = LABELLED if label else answer
        sentences.append(
            PlannedSentence(
                number, article, f"{number}. {text}", label, state, band, words, "", number - 1, 0, 9
            )
        )
    blocks = tuple(sentence.text for sentence in sentences)
    titles = ("The lock at Ostrel", "The clerk of Ostrel")[:articles]
    return Plan(
        "An evening in Ostrel",
        tuple(PlannedArticle(title, blocks, "The Daily Gannet", "CC0 1.0") for title in titles),
        tuple(sentences),
        "en 1.0.0 (0123456789ab)",
        ("Tell who speaks.",),
        ("Why might a name be withheld?",),
    )


PLAN = plan_with(OFFICIAL, ANONYMOUS, EYEWITNESS, NONE, UNSURE)
TWO = plan_with(OFFICIAL, ANONYMOUS, EYEWITNESS, OFFICIAL, articles=2)


def state_of(store: Store) -> WorkshopState:
    state = store.state()
    assert state is not None
    return state


def answer_as(store: Store, facilitator: str, answers: Sequence[Sequence[str]], sentence: int = 1) -> None:
    """Have a new participant give each of `answers` to a sentence, alone."""
    state = state_of(store)
    code, before = state.keys.code, state.stage
    store.move(facilitator, Stage.ALONE)
    for choices in answers:
        store.answer(store.join(code), sentence, choices)
    store.move(facilitator, before)
