"""Measure labelled articles against an annotated corpus."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from sourcemark.article import LabelledArticle, LabelledSentence
from sourcemark.labels import LABEL_IDS, SCORE_IDS, UNSURE
from sourcemark.model.corpus import AnnotatedArticle, best_overlap

_BINS = 10


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """An annotated sentence's label beside what was shown for it."""

    gold: str
    shown: str
    """A label id, `none` or `unsure`."""
    scores: Mapping[str, float]


def align(pairs: Iterable[tuple[AnnotatedArticle, LabelledArticle]]) -> list[ScoredSentence]:
    """Give each annotated sentence the labelled one that overlaps it most.

    A sentence that nothing overlaps counts as shown without a label.
    """
    aligned = []
    for annotated, labelled in pairs:
        by_block: dict[int, list[LabelledSentence]] = {}
        for sentence in labelled.sentences:
            by_block.setdefault(sentence.block, []).append(sentence)
        for gold in annotated.sentences:
            candidates = by_block.get(gold.span.block, [])
            index = best_overlap(gold.span, [candidate.span for candidate in candidates])
            if index is None:
                aligned.append(ScoredSentence(gold.label, UNSURE, dict.fromkeys(SCORE_IDS, 0.25)))
            else:
                found = candidates[index]
                aligned.append(ScoredSentence(gold.label, found.label or found.state, found.scores))
    return aligned


def measure(sentences: Sequence[ScoredSentence]) -> dict[str, Any]:
    """Return the metrics of aligned sentences, ready for JSON.

    `macro_f1` is the mean F1 of the three labels as shown to readers: a sentence left unsure counts as
    without a label. `coverage` is the share of sentences for which something definite was said.
    """
    gold = [sentence.gold for sentence in sentences]
    shown = [sentence.shown for sentence in sentences]
    precision, recall, f1, support = precision_recall_fscore_support(
        gold, shown, labels=list(LABEL_IDS), zero_division=0.0
    )
    marked = [s for s in sentences if s.shown in LABEL_IDS]
    attributed = [s for s in sentences if s.gold in LABEL_IDS]
    sure = [s for s in sentences if s.shown != UNSURE]
    table = confusion_matrix(gold, shown, labels=[*SCORE_IDS, UNSURE])
    return {
        "sentences": len(sentences),
        "macro_f1": _rounded(np.mean(f1)),
        "labels": {
            label: {
                "precision": _rounded(precision[i]),
                "recall": _rounded(recall[i]),
                "f1": _rounded(f1[i]),
                "support": int(support[i]),
            }
            for i, label in enumerate(LABEL_IDS)
        },
        "confusion": {
            label: dict(zip([*SCORE_IDS, UNSURE], map(int, table[i]), strict=True))
            for i, label in enumerate(SCORE_IDS)
        },
        "precision_of_marks": _share(sum(s.gold == s.shown for s in marked), len(marked)),
        "coverage": _share(len(sure), len(sentences)),
        "coverage_of_attributed": _share(sum(s.shown != UNSURE for s in attributed), len(attributed)),
        "calibration_error": _rounded(calibration_error(sentences)),
    }


def calibration_error(sentences: Sequence[ScoredSentence]) -> float:
    """Return the expected calibration error of the highest score, in ten bins of equal width.

    Guo et al. 2017, https://proceedings.mlr.press/v70/guo17a.html
    """
    best = [max(sentence.scores, key=sentence.scores.__getitem__) for sentence in sentences]
    confidence = np.array([s.scores[label] for s, label in zip(sentences, best, strict=True)])
    right = np.array([s.gold == label for s, label in zip(sentences, best, strict=True)])
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(confidence[bins == i].mean() - right[bins == i].mean()) * (bins == i).mean()
        for i in range(_BINS)
        if (bins == i).any()
    ]
    return float(sum(gaps))


def _share(part: int, whole: int) -> float | None:
    return _rounded(part / whole) if whole else None


def _rounded(value: float) -> float:
    return round(float(value), 4)
