"""The room beside the tool, which is one more reader: where they differ, either may be wrong."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sourcemark.labels import NONE, UNSURE
from sourcemark.workshop.choices import CANT_TELL, NO_SOURCE, OTHER_NAMED
from sourcemark.workshop.plan import NOT_CHECKED, PlannedSentence
from sourcemark.workshop.state import WorkshopState
from sourcemark.workshop.totals import FEWER, SentenceTotal, total_of


class Comparison(StrEnum):
    """How the room's answer stands to the tool's. The value is what people read."""

    AGREE = "room and tool agree"
    SPLIT = "the room is split"
    DIFFERS = "the tool differs"
    TOOL_UNSURE = "the tool is not sure"
    NOT_CHECKED = "the tool did not check this sentence"
    HIDDEN = f"{FEWER} answers"


def compare(sentence: PlannedSentence, total: SentenceTotal) -> Comparison:
    """Return how the room's answer to a sentence stands to the tool's."""
    if total.n is None:
        return Comparison.HIDDEN
    if sentence.state == NOT_CHECKED:
        return Comparison.NOT_CHECKED
    if not total.leading:
        return Comparison.SPLIT
    if not _fitting(sentence).isdisjoint(total.leading):
        return Comparison.AGREE
    return Comparison.TOOL_UNSURE if sentence.state == UNSURE else Comparison.DIFFERS


def _fitting(sentence: PlannedSentence) -> frozenset[str]:
    """Return the room's choices that say what the tool says."""
    if sentence.label is not None:
        return frozenset({sentence.label})
    # "none" means none of the three labels, so it fits another kind of source too
    return frozenset({OTHER_NAMED, NO_SOURCE} if sentence.state == NONE else {CANT_TELL})


@dataclass(frozen=True, slots=True)
class ArticleComparison:
    """One row of the table that sets two articles side by side: numbers of sentences, never a score."""

    article: int
    sentences: int
    """What all the other numbers are out of."""
    room: Mapping[str, int]
    """Sentences that each choice leads, by choice id. One with two leading choices counts for both."""
    split: int
    hidden: int
    """Sentences with fewer than four answers."""
    tool: Mapping[str, int]
    """Sentences by the tool's label or, where it gives none, by its state."""


def side_by_side(state: WorkshopState) -> tuple[ArticleComparison, ...]:
    """Return a row for each article, with the room's last round."""
    return tuple(_row(state, article) for article in range(len(state.plan.articles)))


def _row(state: WorkshopState, article: int) -> ArticleComparison:
    sentences = state.plan.of_article(article)
    last = state.last_round(article)
    found = [total_of(state, sentence, last) for sentence in sentences]
    return ArticleComparison(
        article,
        len(sentences),
        Counter(choice for total in found for choice in total.leading),
        sum(total.n is not None and not total.leading for total in found),
        sum(total.n is None for total in found),
        Counter(sentence.label or sentence.state for sentence in sentences),
    )
