"""Compare two ways to train on the same articles: what changes, and how far that could be chance.

Each way is trained several times, from different random starts, and figures are means over these trainings:
what one start makes can be more than what is compared (Bouthillier et al. 2021, Accounting for Variance in
Machine Learning Benchmarks, https://arxiv.org/abs/2103.03098). The bootstrap draws both articles and starts
(Owen 2007, The pigeonhole bootstrap, https://arxiv.org/abs/0712.1111), the same ones for both ways, so that
what makes an article easy or hard for both falls out of the difference (Koehn 2004,
https://aclanthology.org/W04-3250/).
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
import math
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import LABEL_IDS
from sourcemark.model import confusion
from sourcemark.model.bootstrap import Interval, interval, over_starts, resample, resampled_sums
from sourcemark.model.calibration import BINS
from sourcemark.model.metrics import ScoredSentence

BETTER: Final = "better"
WORSE: Final = "worse"
ALIKE: Final = "alike"

_LEAST_SCORE = 1e-6
"""Lower ones count as this, so that no single sentence decides a mean of logarithms."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of one way to train and of the other, each the mean over its trainings."""

    before: float
    after: float
    interval: Interval
    """Ends of the 95 % interval of the difference; None where it cannot be told."""
    chance: float
    """The most by which two trainings of the first way differ, that is, from other starts alone."""
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


def changes(before: Sequence[Sequence[ScoredSentence]], after: Sequence[Sequence[ScoredSentence]]) -> Changes:
    """Compare what models of two ways to train would show of the same sentences.

    Each way has as many trainings as the other, one at least, those at the same place from the same start;
    the sentences are in the same order in all of them.
    """
    both = [[_Training.of(each) for each in way] for way in (before, after)]
    articles = [sentence.article for sentence in before[0]]

    def single(rate: confusion.Rate) -> Change:
        return _change([training.figure(rate) for training in way] for way in both)

    def by_label(rate: confusion.Rate) -> dict[str, Change]:
        return {label: single(_of_label(rate, place)) for place, label in enumerate(LABEL_IDS)}

    def of_means(columns: Callable[[Sequence[ScoredSentence]], NDArray[np.float64]]) -> Change:
        ways = ([_of_means(articles, columns(each)) for each in way] for way in (before, after))
        return _change(ways, lower_is_better=True)

    return Changes(
        by_label(confusion.f1),
        by_label(confusion.precision),
        by_label(confusion.recall),
        single(confusion.macro_f1),
        single(confusion.precision_of_marks),
        single(confusion.coverage),
        of_means(_gaps),
        of_means(_losses),
    )


def mean_change(
    groups: Sequence[Hashable], before: Sequence[Sequence[float]], after: Sequence[Sequence[float]]
) -> Change:
    """Compare the means of rows of numbers that are not negative, a row a training, drawing whole groups."""
    return _change([_of_means(groups, np.array(row)[:, None]) for row in way] for way in (before, after))


def _of_label(rate: confusion.Rate, place: int) -> confusion.Rate:
    return lambda counts: rate(counts)[..., place]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of one training."""

    value: float
    drawn: confusion.Rates | None
    """The same in each resample of the articles; None where there are not two articles to draw from."""


@dataclass(frozen=True, slots=True)
class _Training:
    """What one training would show beside what is annotated."""

    counts: confusion.Counts
    drawn: confusion.Counts | None

    @classmethod
    def of(cls, sentences: Sequence[ScoredSentence]) -> Self:
        pairs = [(sentence.gold, sentence.shown) for sentence in sentences]
        # the same articles are drawn each time, see resample
        return cls(confusion.tabulate(pairs), resample([each.article for each in sentences], pairs))

    def figure(self, rate: confusion.Rate) -> _Figure:
        return _Figure(float(rate(self.counts)), None if self.drawn is None else rate(self.drawn))


def _change(ways: Iterable[Sequence[_Figure]], lower_is_better: bool = False) -> Change:
    before, after = ways
    one, other = (np.array([figure.value for figure in way]) for way in (before, after))
    differences = [
        second.drawn - first.drawn
        for first, second in zip(before, after, strict=True)
        if first.drawn is not None and second.drawn is not None
    ]
    ends = interval(over_starts(np.stack(differences))) if differences else None
    return Change(float(one.mean()), float(other.mean()), ends, float(np.ptp(one)), lower_is_better)


def _of_means(groups: Sequence[Hashable], columns: NDArray[np.float64]) -> _Figure:
    """Return the sum of the columns' absolute means."""
    values = np.hstack([columns, np.ones((len(columns), 1))])

    def total(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        means: NDArray[np.float64] = np.abs(sums[..., :-1] / sums[..., -1:])
        return np.asarray(means.sum(axis=-1))

    drawn = resampled_sums(groups, values)
    return _Figure(float(total(values.sum(axis=0))), None if drawn is None else total(drawn))


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
