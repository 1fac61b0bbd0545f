"""Compare two models on the same articles: what changes, and how far that could be chance.

A paired bootstrap over articles: the same articles are drawn for both, so that what makes an article easy or
hard for both falls out of the difference (Efron & Tibshirani 1993; Koehn 2004,
https://aclanthology.org/W04-3250/).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import LABEL_IDS
from sourcemark.model import confusion
from sourcemark.model.bootstrap import Interval, interval, resample, resampled_sums
from sourcemark.model.calibration import BINS
from sourcemark.model.metrics import ScoredSentence

BETTER: Final = "better"
WORSE: Final = "worse"
ALIKE: Final = "alike"

_LEAST_SCORE = 1e-6
"""Lower ones count as this, so that no single sentence decides a mean of logarithms."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of one model and of the other."""

    before: float
    after: float
    interval: Interval
    """Ends of the 95 % interval of the difference; None where it cannot be told."""
    lower_is_better: bool = False

    @property
    def difference(self) -> float:
        """How much higher the figure is after."""
        return self.after - self.before

    @property
    def verdict(self) -> str:
        """`better` or `worse` where the interval leaves zero out, else `alike`: they cannot be told apart."""
        if self.interval is None or self.interval[0] <= 0 <= self.interval[1]:
            return ALIKE
        return BETTER if (self.interval[0] > 0) != self.lower_is_better else WORSE


@dataclass(frozen=True, slots=True)
class Changes:
    """Every figure that is compared."""

    f1: dict[str, Change]
    """By label id; so are the next two."""
    precision: dict[str, Change]
    recall: dict[str, Change]
    macro_f1: Change
    precision_of_marks: Change
    coverage: Change
    calibration_error: Change
    log_loss: Change
    """Mean negative logarithm of the annotated label's score: what no threshold has a part in."""


def changes(before: Sequence[ScoredSentence], after: Sequence[ScoredSentence]) -> Changes:
    """Compare what two models would show of the same sentences, given in the same order."""
    tables = [confusion.tabulate(_pairs(each)) for each in (before, after)]
    articles = [sentence.article for sentence in before]
    # the same articles are drawn each time, see resample
    drawn = [resample(articles, _pairs(each)) for each in (before, after)]

    def by_label(rate: confusion.Rate) -> dict[str, Change]:
        one, other = map(rate, tables)
        differences = _difference(rate, *drawn)
        return {
            label: Change(
                float(one[i]), float(other[i]), None if differences is None else interval(differences[:, i])
            )
            for i, label in enumerate(LABEL_IDS)
        }

    def single(rate: confusion.Rate) -> Change:
        one, other = map(rate, tables)
        differences = _difference(rate, *drawn)
        return Change(float(one), float(other), None if differences is None else interval(differences))

    return Changes(
        by_label(confusion.f1),
        by_label(confusion.precision),
        by_label(confusion.recall),
        single(confusion.macro_f1),
        single(confusion.precision_of_marks),
        single(confusion.coverage),
        _of_means(articles, _gaps(before), _gaps(after)),
        _of_means(articles, _losses(before), _losses(after)),
    )


def mean_change(groups: Sequence[Hashable], before: Sequence[float], after: Sequence[float]) -> Change:
    """Compare the means of two rows of numbers, drawing whole groups."""
    change = _of_means(groups, np.array(before)[:, None], np.array(after)[:, None])
    return Change(change.before, change.after, change.interval)


def _pairs(sentences: Sequence[ScoredSentence]) -> list[tuple[str, str]]:
    return [(sentence.gold, sentence.shown) for sentence in sentences]


def _difference(
    rate: confusion.Rate, before: confusion.Counts | None, after: confusion.Counts | None
) -> confusion.Rates | None:
    if before is None or after is None:
        return None
    return np.asarray(rate(after) - rate(before))


def _of_means(groups: Sequence[Hashable], before: NDArray[np.float64], after: NDArray[np.float64]) -> Change:
    """Compare sums of the columns' absolute means; a lower one is better."""
    width = before.shape[1]
    values = np.hstack([before, after, np.ones((len(before), 1))])

    def totals(sums: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        means = np.abs(sums[..., :-1] / sums[..., -1:])
        return means[..., :width].sum(axis=-1), means[..., width:].sum(axis=-1)

    one, other = totals(values.sum(axis=0))
    drawn = resampled_sums(groups, values)
    ends = None
    if drawn is not None:
        first, second = totals(drawn)
        ends = interval(second - first)
    return Change(float(one), float(other), ends, lower_is_better=True)


def _gaps(sentences: Sequence[ScoredSentence]) -> NDArray[np.float64]:
    """Return highest score less whether it is right, in the column of the score's bin.

    The sum of these columns' absolute means is sourcemark.model.calibration.calibration_error.
    """
    gaps = np.zeros((len(sentences), BINS))
    for row, sentence in enumerate(sentences):
        best = max(sentence.scores, key=sentence.scores.__getitem__)
        score = sentence.scores[best]
        gaps[row, min(int(score * BINS), BINS - 1)] = score - (sentence.gold == best)
    return gaps


def _losses(sentences: Sequence[ScoredSentence]) -> NDArray[np.float64]:
    return np.array([[-math.log(max(s.scores[s.gold], _LEAST_SCORE))] for s in sentences])
