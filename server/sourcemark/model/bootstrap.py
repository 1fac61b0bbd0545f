"""Say how far a figure could have come out otherwise, had other articles of the same make been drawn."""

from collections.abc import Hashable, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sourcemark.model.confusion import Counts, Rates, tabulate

RESAMPLES: Final = 1000
_SEED = 0
_SEED_OF_STARTS = 1
"""Another one: which starts are drawn says nothing of which articles are."""
_PERCENTILES = (2.5, 97.5)

Interval: TypeAlias = tuple[float, float] | None
"""The two ends of a 95 % interval; None where no resample has the figure."""


def resample(articles: Sequence[Hashable], pairs: Sequence[tuple[str, str]]) -> Counts | None:
    """Return the tables of `RESAMPLES` corpora whose articles are drawn with replacement from this one.

    Sentences of one article stand and fall together, so whole articles are drawn, never sentences. None
    where there are not two articles to draw from. The same sentences give the same draws.

    Parameters
    ----------
    articles : sequence of length n_sentences
        The article each sentence stands in.
    pairs : sequence of length n_sentences
        What is annotated and what is shown of each.

    Returns
    -------
    ndarray of shape (RESAMPLES, 4, 5)
    """
    by_article: dict[Hashable, list[tuple[str, str]]] = {}
    for article, pair in zip(articles, pairs, strict=True):
        by_article.setdefault(article, []).append(pair)
    count = len(by_article)
    if count < 2:
        return None
    tables = np.stack([tabulate(own) for own in by_article.values()])
    return np.asarray((_draws(count) @ tables.reshape(count, -1)).reshape(RESAMPLES, *tables.shape[1:]))


def resampled_sums(articles: Sequence[Hashable], values: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the sums of the sentences' values in each of the same corpora that `resample` draws.

    `values` of shape (n_sentences, n_values); the sums have shape (RESAMPLES, n_values).
    """
    numbers: dict[Hashable, int] = {}
    rows = [numbers.setdefault(article, len(numbers)) for article in articles]
    if len(numbers) < 2:
        return None
    sums = np.zeros((len(numbers), values.shape[1]))
    np.add.at(sums, rows, values)
    return np.asarray(_draws(len(numbers)) @ sums)


def over_starts(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean over trainings from different starts, which are drawn too, anew in each resample.

    `values` of shape (n_starts, RESAMPLES); the means have shape (RESAMPLES,). One start less is drawn than
    there are, with replacement: their mean then varies as much as means over that many starts do, where it
    would vary too little (Rao & Wu 1988, Resampling Inference With Complex Survey Data). A single start is
    taken as it is.
    """
    count = len(values)
    if count == 1:
        return np.asarray(values[0])
    shares = np.full(count, 1 / count)
    drawn = np.random.default_rng(_SEED_OF_STARTS).multinomial(count - 1, shares, size=RESAMPLES)
    return np.asarray((drawn.T * values).sum(axis=0) / (count - 1))


def _draws(count: int) -> NDArray[np.int64]:
    """Return how often each article is drawn in each resample, which is all that matters: sums add up."""
    return np.random.default_rng(_SEED).multinomial(count, np.full(count, 1 / count), size=RESAMPLES)


def interval(values: Rates) -> Interval:
    """Return the 95 % interval of a rate, given its value in every resample, by the percentile method.

    Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13.
    """
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    low, high = np.percentile(values, _PERCENTILES)
    return round(float(low), 4), round(float(high), 4)
