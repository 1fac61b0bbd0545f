"""From scores to a mark: label the sentence, find no source, or say that one is not sure."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import LABEL_IDS, LABELLED, NONE, SCORE_IDS, UNSURE

_CANDIDATES = tuple(round(0.2 + 0.01 * step, 2) for step in range(76))
_NEARLY_BEST = 0.98
_NO_SOURCE = 0.92


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shown of a sentence: `label` is None unless `state` is "labelled"."""

    label: str | None
    state: str


def decide(scores: Mapping[str, float], thresholds: Mapping[str, float]) -> Decision:
    """Return the likeliest label where its score reaches its threshold, or abstain.

    `thresholds` has a value for each label and one for `none`, the score at which a sentence without a
    label counts as having no source; between the two it is `unsure`.
    """
    best = max(LABEL_IDS, key=lambda label: scores[label])
    if scores[best] >= thresholds[best]:
        return Decision(best, LABELLED)
    return Decision(None, NONE if scores[NONE] >= thresholds[NONE] else UNSURE)


def choose_thresholds(scores: NDArray[np.float64], gold: NDArray[np.str_]) -> dict[str, float]:
    """Choose the thresholds on held-out scores, leaning to saying less.

    A label's threshold is the highest whose F1 is within two per cent of the best: a missed mark is forgiven
    sooner than a wrong one. The threshold of `none` is the lowest at which "no source found" is right for 92
    of 100 sentences.

    Parameters
    ----------
    scores : ndarray of shape (n_sentences, 4)
        Calibrated scores of sentences that the classifier was not fitted on, columns as `SCORE_IDS`.
    gold : ndarray of shape (n_sentences,)
        Their annotated labels.
    """
    likeliest = scores[:, : len(LABEL_IDS)].argmax(axis=1)
    marked = np.zeros(len(gold), dtype=bool)
    thresholds = {}
    for column, label in enumerate(LABEL_IDS):
        likely = np.where(likeliest == column, scores[:, column], 0.0)
        f1 = {value: _f1(likely >= value, gold == label) for value in _CANDIDATES}
        thresholds[label] = max(
            value for value in _CANDIDATES if f1[value] >= _NEARLY_BEST * max(f1.values())
        )
        marked |= likely >= thresholds[label]
    unmarked = scores[:, SCORE_IDS.index(NONE)][~marked]
    right = gold[~marked] == NONE
    precise = (v for v in _CANDIDATES if (unmarked >= v).any() and right[unmarked >= v].mean() >= _NO_SOURCE)
    thresholds[NONE] = next(precise, _CANDIDATES[-1])
    return thresholds


def _f1(marked: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    return float(2 * (marked & right).sum() / max(1, marked.sum() + right.sum()))
