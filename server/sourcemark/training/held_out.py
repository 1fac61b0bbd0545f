"""What the scores of held-out sentences come to: thresholds, what would have been shown, a reference."""

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import SCORE_IDS
from sourcemark.model.confusion import SHOWN
from sourcemark.model.decision import choose_thresholds, decide
from sourcemark.model.likeness import Reference, bins_of
from sourcemark.model.metrics import ScoredSentence
from sourcemark.training.samples import Samples


def thresholds_for(samples: Samples, scores: NDArray[np.float64]) -> dict[str, float]:
    """Return the thresholds that scores of held-out sentences lead to."""
    return choose_thresholds(scores[samples.usable], samples.labels[samples.usable])


def as_shown(
    samples: Samples, scores: NDArray[np.float64], thresholds: dict[str, float]
) -> list[ScoredSentence]:
    """Return what would have been shown of the sentences, beside what is annotated."""
    sentences = []
    rows = zip(scores.tolist(), samples.annotated, samples.speakers, strict=True)
    for row, (article, gold), speakers in rows:
        if gold is None:
            continue
        by_label = dict(zip(SCORE_IDS, row, strict=True))
        decision = decide(by_label, thresholds)
        sentences.append(
            ScoredSentence(
                gold.label,
                decision.label or decision.state,
                by_label,
                article.id,
                article.corpus,
                article.outlet,
                gold.doubtful,
                gold.speaker,
                speakers[decision.label] if decision.label is not None else None,
            )
        )
    return sentences


def reference_of(samples: Samples, scores: NDArray[np.float64], thresholds: dict[str, float]) -> Reference:
    """Return what other texts are compared with, to say whether they are like these articles."""
    sentences = as_shown(samples, scores, thresholds)
    shown = np.array([SHOWN.index(sentence.shown) for sentence in sentences])
    spans = [gold.span for _, gold in samples.annotated if gold is not None]
    lengths = np.array([span.end - span.start for span in spans])
    bins = bins_of(scores[samples.usable].max(axis=1), shown, lengths)
    return Reference(len({sentence.article for sentence in sentences}), len(sentences), bins)
