"""Measure a labeler on annotated articles, as they are and with the names of their people swapped."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS
from sourcemark.model.corpus import AnnotatedArticle
from sourcemark.model.metrics import ScoredSentence, align, measure
from sourcemark.model.names import swap_names

SEED: Final = 0
"""Of the names that are drawn for a swapped corpus."""
_BATCH = 50
"""Articles labelled with one prediction."""


def score(labeler: Labeler, articles: Sequence[AnnotatedArticle]) -> list[ScoredSentence]:
    """Label every article and put what is shown beside what is annotated, sentence by sentence."""
    labelled = []
    for start in range(0, len(articles), _BATCH):
        labelled += labeler.label_many([a.article for a in articles[start : start + _BATCH]])
    return align(zip(articles, labelled, strict=True))


def evaluate(
    labeler: Labeler, articles: Sequence[AnnotatedArticle], names_swapped: bool = False
) -> dict[str, Any]:
    """Return the metrics of a labeler, ready for JSON.

    With `names_swapped`, those of the same articles with invented names come with them, under that key, and
    how many sentences are shown differently for it: `flips` is the share of all sentences, `flips_of_marks`
    that of the sentences marked under either names.
    """
    sentences = score(labeler, articles)
    figures = measure(sentences)
    if names_swapped:
        renamed = [swap_names(article, SEED) for article in articles]
        again = score(labeler, renamed)
        pairs = [(one.shown, other.shown) for one, other in zip(sentences, again, strict=True)]
        changed = sum(one != other for one, other in zip(articles, renamed, strict=True))
        figures["names_swapped"] = measure(again) | {
            "articles_changed": changed,
            "flips": _flips(pairs),
            "flips_of_marks": _flips(pair for pair in pairs if not set(pair).isdisjoint(LABEL_IDS)),
        }
    return figures


def _flips(pairs: Iterable[tuple[str, str]]) -> float | None:
    flipped = [one != other for one, other in pairs]
    return round(sum(flipped) / len(flipped), 4) if flipped else None
