"""From scores to a mark: label the sentence, find no source, or say that one is not sure."""

from collections.abc import Mapping

from msgspec import Struct
import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import LABEL_IDS, LABELLED, NONE, SCORE_IDS, UNSURE

_CANDIDATES = tuple(round(0.2 + 0.01 * step, 2) for step in range(76))
PRECISION = 0.92
"""Share of the marks that are to be right."""
_NO_SOURCE = 0.92


class Decision(Struct, frozen=True, gc=False):
    """What is shown of a sentence: `label` is None unless `state` is "labelled"."""

    label: str | None
    state: str


def decide(scores: Mapping[str, float], thresholds: Mapping[str, float]) -> Decision:
    """Return the likeliest label where its score reaches its threshold, or abstain.

    `thresholds` has a value for each label and one for `none`, the score at which a sentence without a
    label counts as having no source; between the two it is `unsure`.
    """
    best = max(LABEL_IDS, key=scores.__getitem__)
    if scores[best] >= thresholds[best]:
        return Decision(best, LABELLED)
    return Decision(None, NONE if scores[NONE] >= thresholds[NONE] else UNSURE)


def choose_thresholds(
    scores: NDArray[np.float64], gold: NDArray[np.str_], precision: float = PRECISION
) -> dict[str, float]:
    """Choose the thresholds on held-out scores: the best macro-F1 at which marks are right often enough.

    Of all thresholds of the labels at which at least `precision` of the marks are right, those with the
    highest macro-F1; where there are none, those whose marks are right most often. A missed mark is forgiven
    sooner than a wrong one. The threshold of `none` is the lowest at which "no source found" is right for 92
    of 100 sentences.

    Parameters
    ----------
    scores : ndarray of shape (n_sentences, 4)
        Calibrated scores of sentences that the classifier was not fitted on, columns as `SCORE_IDS`.
    gold : ndarray of shape (n_sentences,)
        Their annotated labels.
    precision : float
        Share of marks that must be right.
    """
    likeliest = scores[:, : len(LABEL_IDS)].argmax(axis=1)
    marked, right, f1 = np.zeros((3, len(LABEL_IDS), len(_CANDIDATES)))
    for column, label in enumerate(LABEL_IDS):
        likely = np.where(likeliest == column, scores[:, column], 0.0)
        for place, value in enumerate(_CANDIDATES):
            marked[column, place] = (likely >= value).sum()
            right[column, place] = (gold[likely >= value] == label).sum()
        f1[column] = 2 * right[column] / np.maximum(1, marked[column] + (gold == label).sum())
    # every combination of the three thresholds at once
    macro_f1 = _sums(f1) / len(LABEL_IDS)
    share = _sums(right) / np.maximum(1, _sums(marked))
    wanted = min(precision, share.max())
    best = np.unravel_index(np.where(share >= wanted, macro_f1, -1).argmax(), macro_f1.shape)
    thresholds = {label: _CANDIDATES[place] for label, place in zip(LABEL_IDS, best, strict=True)}
    chosen = np.array([thresholds[label] for label in LABEL_IDS])
    unmarked = scores[np.arange(len(scores)), likeliest] < chosen[likeliest]
    nothing = scores[unmarked, SCORE_IDS.index(NONE)]
    correct = gold[unmarked] == NONE
    precise = (v for v in _CANDIDATES if (nothing >= v).any() and correct[nothing >= v].mean() >= _NO_SOURCE)
    thresholds[NONE] = next(precise, _CANDIDATES[-1])
    return thresholds


def _sums(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sums of one item from each of three rows, in a cube."""
    first, second, third = rows
    cube: NDArray[np.float64] = first[:, None, None] + second[None, :, None] + third[None, None, :]
    return cube
