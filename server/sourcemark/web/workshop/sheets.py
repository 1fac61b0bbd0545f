"""What stands on the printed sheets, ready to be set."""

from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import Final

from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABEL_IDS, OFFICIAL
from sourcemark.model.artifact import Model
from sourcemark.workshop.choices import CHOICES
from sourcemark.workshop.comparison import ArticleComparison, side_by_side
from sourcemark.workshop.plan import BLANKS, PlannedArticle
from sourcemark.workshop.ready_made import ReadyArticle, ReadyMade
from sourcemark.workshop.results import ResultRow, result_rows
from sourcemark.workshop.state import WorkshopState

ASKS: Final = {
    OFFICIAL: "Are they placed to know? Who else confirms it?",
    ANONYMOUS: "Does the story say why there is no name, and how this person would know?",
    EYEWITNESS: "Where were they? Do others, or pictures and records, agree?",
}
"""One question for each label, by its id."""

Numbers = Callable[[ArticleComparison], tuple[int | None, int | None]]
"""Counts one kind of sentence in an article: by the room's answer, and by the tool's."""


def _by_both(id: str) -> Numbers:
    return lambda article: (article.room.get(id, 0), article.tool.get(id, 0))


def _by_room(id: str) -> Numbers:
    return lambda article: (article.room.get(id, 0), None)


def _by_tool(id: str) -> Numbers:
    return lambda article: (None, article.tool.get(id, 0))


_KINDS: Final[tuple[tuple[str, Numbers], ...]] = (
    *((each.name, _by_both(each.id) if each.id in LABEL_IDS else _by_room(each.id)) for each in CHOICES),
    ("The room is split", lambda article: (article.split, None)),
    ("Fewer than 4 answers", lambda article: (article.hidden, None)),
    *((name, _by_tool(id)) for id, name in BLANKS.items()),
)
"""The rows of the table that sets two articles side by side."""

Piece = tuple[int | None, str]
"""A stretch of a paragraph, with the number of the sentence where it is a chosen one."""


def measured(model: Model) -> str:
    """Say how often a model's marks agreed with a test, in words and without a percentage."""
    figures = model.manifest.get("metrics", {}).get("dev")
    if figures is None:
        return "Nobody has measured yet how often it agrees with other readers."
    return (
        f"In a test on {figures['articles']:,} articles that it had not seen, about "
        f"{10 * figures['precision_of_marks']:.0f} in 10 of its marks agreed with the labels there, which "
        "another program had given under written rules."
    )


def stories(ready: ReadyMade) -> list[tuple[PlannedArticle, list[list[Piece]]]]:
    """Return the articles of a ready-made workshop, each paragraph in pieces."""
    return [
        (each.article, [_pieces(each, index) for index in range(len(each.article.blocks))])
        for each in ready.articles
    ]


def _pieces(each: ReadyArticle, index: int) -> list[Piece]:
    block = each.article.blocks[index]
    pieces: list[Piece] = []
    at = 0
    for sentence in each.sentences:
        if sentence.span.block == index:
            pieces += [(None, block[at : sentence.span.start]), (sentence.number, sentence.text)]
            at = sentence.span.end
    return [*pieces, (None, block[at:])]


def day(state: WorkshopState) -> str:
    """Return the day of a workshop in words that no country reads another way: "5 March 2025"."""
    started = date.fromtimestamp(state.started)
    return f"{started.day} {started:%B %Y}"


def results(state: WorkshopState) -> list[tuple[PlannedArticle, list[ResultRow]]]:
    """Return each article with a row for each of its sentences."""
    rows = result_rows(state)
    return [
        (article, [row for row in rows if row.sentence.article == index])
        for index, article in enumerate(state.plan.articles)
    ]


def compared(state: WorkshopState) -> list[tuple[str, list[int | None]]]:
    """Return the rows of the table that sets two articles side by side: a name, and numbers of sentences.

    The numbers go room, tool, room, tool; None stands where one of them cannot give that answer.
    """
    return [(name, [*chain.from_iterable(map(numbers, side_by_side(state)))]) for name, numbers in _KINDS]
