"""The stages of a workshop, and what the room may do and see in each."""

from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """One stage. The facilitator moves every one; nothing moves by itself."""

    WELCOME = "welcome"
    ALONE = "alone"
    PAIRS = "pairs"
    SECOND = "second"
    ROOM = "room"
    TOOL = "tool"
    DEBATE = "debate"
    EXIT = "exit"

    @property
    def heading(self) -> str:
        """What the stage is called on every page and sheet."""
        return _TITLES[self]

    @property
    def answers_round(self) -> int | None:
        """The round that answers given now belong to: 1 or 2; None where nobody answers."""
        return _ROUNDS.get(self)

    @property
    def shows_totals(self) -> bool:
        """Whether participants and the projector see what the room answered."""
        return _ORDER[self] >= _ORDER[Stage.ROOM]

    @property
    def shows_tool(self) -> bool:
        """Whether participants and the projector see what the tool says."""
        return _ORDER[self] >= _ORDER[Stage.TOOL]

    @property
    def of_one_article(self) -> bool:
        """Whether the stage is about one article; the others are about the whole workshop."""
        return self in PER_ARTICLE


_TITLES: Final = {
    Stage.WELCOME: "Welcome",
    Stage.ALONE: "Label alone",
    Stage.PAIRS: "Talk in pairs",
    Stage.SECOND: "Second answer",
    Stage.ROOM: "What the room says",
    Stage.TOOL: "What the tool says",
    Stage.DEBATE: "Debate",
    Stage.EXIT: "Last two questions",
}
_ORDER: Final = {stage: place for place, stage in enumerate(Stage)}
_ROUNDS: Final = {Stage.ALONE: 1, Stage.SECOND: 2}

ROUNDS: Final = (1, 2)
PER_ARTICLE: Final = (Stage.ALONE, Stage.PAIRS, Stage.SECOND, Stage.ROOM, Stage.TOOL)
"""The stages that a workshop on two articles goes through twice."""


def steps(articles: int) -> tuple[tuple[Stage, int], ...]:
    """Return every step of a workshop in order: a stage, and the index of the article it is about.

    A workshop on two articles goes from "label alone" to "what the tool says" for each of them in turn.
    """
    each = [(stage, article) for article in range(articles) for stage in PER_ARTICLE]
    last = articles - 1
    return ((Stage.WELCOME, 0), *each, (Stage.DEBATE, last), (Stage.EXIT, last))
