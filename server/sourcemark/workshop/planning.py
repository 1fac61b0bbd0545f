"""Makes a plan of articles: splits them, has the tool label them, and picks the sentences."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sourcemark.article import Article, LabelledArticle, LabelledSentence, Span
from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS, NONE, UNSURE
from sourcemark.text.segment import sentence_spans
from sourcemark.workshop.errors import PlanError
from sourcemark.workshop.plan import (
    CLEAR,
    LIKELY,
    NOT_CHECKED,
    NOT_SURE,
    Plan,
    PlannedArticle,
    PlannedSentence,
)
from sourcemark.workshop.suggestion import suggest

MOST_ARTICLES: Final = 2
MOST_SENTENCES: Final = 40
"""A workshop on more would take an evening."""
_CLEAR_FROM: Final = 0.9
"""Scores are calibrated (`calibration_error` in a model's manifest): of the sentences with this score or a
higher one, about nine in ten or more carry the label that people gave them."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Every sentence of the articles, to choose from."""

    articles: tuple[PlannedArticle, ...]
    sentences: tuple[PlannedSentence, ...]
    """Numbered from 1 through both articles."""
    suggested: tuple[int, ...]
    """The numbers of those that make a good workshop."""


def candidates(labeler: Labeler, articles: Sequence[PlannedArticle]) -> Candidates:
    """Return every sentence of one or two articles, with the tool's labels, and which of them to take.

    Raises PlanError where there are no or too many articles, or one of them has no sentence.
    """
    if not 1 <= len(articles) <= MOST_ARTICLES:
        raise PlanError("A workshop is about one article, or about two on the same event.")
    readable = tuple(_readable(article) for article in articles)
    labelled = labeler.label_many([Article(article.blocks, article.title) for article in readable])
    sentences: list[PlannedSentence] = []
    seconds: list[float] = []
    for index, (article, answer) in enumerate(zip(readable, labelled, strict=True)):
        found = sorted(_sentences(index, article, answer), key=lambda pair: (pair[0].block, pair[0].start))
        if not found:
            raise PlanError(f"The article “{article.title}” has no sentence to label. Paste its text again.")
        sentences += [replace(pair[0], number=len(sentences) + n) for n, pair in enumerate(found, 1)]
        seconds += [second for _, second in found]
    return Candidates(readable, tuple(sentences), suggest(sentences, seconds))


def plan_of(
    labeler: Labeler,
    articles: Sequence[PlannedArticle],
    numbers: Collection[int] | None = None,
    *,
    title: str = "",
    goals: Sequence[str] = (),
    questions: Sequence[str] = (),
) -> Plan:
    """Return the plan of a workshop on one or two articles, its sentences numbered from 1.

    `numbers` are those of `candidates`; without them the sentences are suggested. Without a `title` the
    workshop is called by its articles. Raises PlanError where the articles or the numbers do not do.
    """
    found = candidates(labeler, articles)
    chosen = set(found.suggested if numbers is None else numbers)
    sentences = [sentence for sentence in found.sentences if sentence.number in chosen]
    if len(sentences) < len(chosen):
        raise PlanError("One of the chosen sentences is not in the article. Choose the sentences again.")
    if len(sentences) > MOST_SENTENCES:
        raise PlanError(
            f"You chose {len(sentences)} sentences. Choose {MOST_SENTENCES} at most; 10 to 15 fill an hour."
        )
    if {sentence.article for sentence in sentences} != set(range(len(found.articles))):
        raise PlanError("Choose at least one sentence of each article.")
    model = labeler.model
    return Plan(
        title=_well_formed(title) or " / ".join(article.title for article in found.articles),
        articles=found.articles,
        sentences=tuple(replace(sentence, number=n) for n, sentence in enumerate(sentences, 1)),
        model=f"{model.name} {model.version} ({model.id})",
        goals=tuple(goals),
        questions=tuple(questions),
    )


def _sentences(
    index: int, article: PlannedArticle, labelled: LabelledArticle
) -> list[tuple[PlannedSentence, float]]:
    """Return the sentences of an article, and the score of each one's second label."""
    text = Article(article.blocks).text
    unread = [
        Span(skipped.block, *span)
        for skipped in labelled.skipped
        for span in sentence_spans(article.blocks[skipped.block])
    ]
    return [
        (
            PlannedSentence(
                number=0,
                article=index,
                text=text(sentence.span),
                label=sentence.label,
                state=sentence.state,
                band=_band(sentence),
                words=tuple(text(evidence.span) for evidence in sentence.evidence),
                reason=sentence.reason,
                block=sentence.block,
                start=sentence.start,
                end=sentence.end,
            ),
            sorted(sentence.scores[label] for label in LABEL_IDS)[-2],
        )
        for sentence in labelled.sentences
    ] + [
        (
            PlannedSentence(
                0, index, text(span), None, NOT_CHECKED, None, (), "", span.block, span.start, span.end
            ),
            0.0,
        )
        for span in unread
    ]


def _band(sentence: LabelledSentence) -> str:
    if sentence.state == UNSURE:
        return NOT_SURE
    return CLEAR if sentence.scores[sentence.label or NONE] >= _CLEAR_FROM else LIKELY


def _readable(article: PlannedArticle) -> PlannedArticle:
    return PlannedArticle(
        _well_formed(article.title).strip() or "Untitled article",
        tuple(_well_formed(block) for block in article.blocks),
        _well_formed(article.source),
        _well_formed(article.licence),
    )


def _well_formed(text: str) -> str:
    """Put U+FFFD in the place of half a surrogate pair, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
