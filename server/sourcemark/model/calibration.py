"""Measure whether scores mean what they say: of the sentences scored 0.8, four in five should be right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import SCORE_IDS

BINS: Final = 10
"""Of equal width, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Sentences whose score lies in one tenth of its range."""

    score: float
    """Mean score of the sentences."""
    share: float
    """Share of them that is annotated so."""
    sentences: int


def calibration_error(scores: Sequence[Mapping[str, float]], gold: Sequence[str]) -> float:
    """Return the expected calibration error of each sentence's highest score, in ten bins of equal width.

    Guo et al. 2017, https://proceedings.mlr.press/v70/guo17a.html
    """
    best = [max(row, key=row.__getitem__) for row in scores]
    confidence = np.array([row[label] for row, label in zip(scores, best, strict=True)])
    return _error(confidence, np.array(gold) == np.array(best))


def calibration_error_by_label(
    scores: Sequence[Mapping[str, float]], gold: Sequence[str]
) -> dict[str, float]:
    """Return the calibration error of each of the four scores, whether it is the highest or not.

    Their mean is the classwise error of Kull et al. 2019, https://arxiv.org/abs/1910.12656 (the static
    calibration error of Nixon et al. 2019, https://arxiv.org/abs/1904.01685).
    """
    return {
        label: _error(np.array([row[label] for row in scores]), np.array(gold) == label)
        for label in SCORE_IDS
    }


def bins(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> list[Bin]:
    """Return the bins of scores, of equal width, lowest first, without the empty ones."""
    places = np.minimum((scores * BINS).astype(int), BINS - 1)
    groups = (places == place for place in range(BINS))
    return [
        Bin(float(scores[group].mean()), float(right[group].mean()), int(group.sum()))
        for group in groups
        if group.any()
    ]


def _error(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    return sum(abs(b.score - b.share) * b.sentences / len(scores) for b in bins(scores, right))
