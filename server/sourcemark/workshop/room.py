"""What the room may see at a stage. Pages of participants and of the projector are made from this alone.

A page that is never given the tool's labels cannot show them early.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sourcemark.workshop.comparison import ArticleComparison, Comparison, compare, side_by_side
from sourcemark.workshop.plan import PlannedArticle
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import WorkshopState
from sourcemark.workshop.totals import SentenceTotal, totals


@dataclass(frozen=True, slots=True)
class RoomSentence:
    """A sentence as the room sees it before the tool is shown."""

    number: int
    article: int
    text: str
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ToolReading:
    """What the tool says of a sentence; fields as in PlannedSentence."""

    label: str | None
    state: str
    band: str | None
    words: tuple[str, ...]
    reason: str
    comparison: Comparison
    """With the room's last round."""


@dataclass(frozen=True, slots=True)
class RoomView:
    """The workshop as the room may see it now. What the stage does not show is None."""

    title: str
    stage: Stage
    article: int
    round: int
    articles: tuple[PlannedArticle, ...]
    """The one the stage is about, as it may be read; at the debate and after it, all of them."""
    sentences: tuple[RoomSentence, ...]
    """Those of `articles`, in the order of the text."""
    joined: int
    people: int
    done: int
    totals: Mapping[int, tuple[SentenceTotal, ...]] | None
    """By round, the most divided sentence first; rounds that were not held are left out."""
    tool: Mapping[int, ToolReading] | None
    """By sentence number."""
    side_by_side: tuple[ArticleComparison, ...] | None
    """With two articles, from the debate on."""
    notes: Mapping[int, str] | None
    """The facilitator's, by sentence number, together with the tool's reading."""
    goals: tuple[str, ...]
    questions: tuple[str, ...]
    """What to talk about; empty before the debate."""


def room_view(state: WorkshopState) -> RoomView:
    """Return what participants and the projector may see of a workshop now."""
    stage = state.stage
    whole = not stage.of_one_article and stage.shows_tool
    chosen = state.plan.sentences if whole else state.sentences
    if stage is Stage.WELCOME:
        chosen = ()
    numbers = {sentence.number for sentence in chosen}
    articles = state.plan.articles if whole else state.plan.articles[state.article : state.article + 1]
    return RoomView(
        title=state.plan.title,
        stage=stage,
        article=state.article,
        round=state.round,
        articles=() if stage is Stage.WELCOME else articles,
        sentences=tuple(RoomSentence(s.number, s.article, s.text, s.block, s.start, s.end) for s in chosen),
        joined=state.joined,
        people=state.people,
        done=state.done,
        totals=_totals(state, whole) if stage.shows_totals else None,
        tool=_tool(state, whole) if stage.shows_tool else None,
        side_by_side=side_by_side(state) if whole and len(articles) > 1 else None,
        notes={n: text for n, text in state.notes.items() if n in numbers} if stage.shows_tool else None,
        goals=state.plan.goals,
        questions=state.plan.questions if whole else (),
    )


def _totals(state: WorkshopState, whole: bool) -> dict[int, tuple[SentenceTotal, ...]]:
    article = None if whole else state.article
    held = {round for round, number in state.answered if whole or _is_here(state, number)}
    return {round: totals(state, round, article) for round in sorted(held | {1})}


def _is_here(state: WorkshopState, number: int) -> bool:
    return any(sentence.number == number for sentence in state.sentences)


def _tool(state: WorkshopState, whole: bool) -> dict[int, ToolReading]:
    articles = range(len(state.plan.articles)) if whole else [state.article]
    found = {
        total.number: total
        for article in articles
        for total in totals(state, state.last_round(article), article)
    }
    return {
        s.number: ToolReading(s.label, s.state, s.band, s.words, s.reason, compare(s, found[s.number]))
        for s in state.plan.sentences
        if s.number in found
    }
