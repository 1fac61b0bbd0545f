"""Shares and their intervals: what other articles of the same make could have given."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray
import pytest

from sourcemark.archive.report.shares import shares, wilson
from sourcemark.archive.report.tally import Tally
from sourcemark.labels import ANONYMOUS, NONE, OFFICIAL
from sourcemark.model.confusion import SHOWN


def tally_of(articles: NDArray[np.int64]) -> Tally:
    tally = Tally()
    tally.add(articles)
    return tally


def articles_with(marked: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return articles of these sizes with so many official statements each, and nothing else found."""
    rows = np.zeros((len(sizes), len(SHOWN)), dtype=np.int64)
    rows[:, SHOWN.index(OFFICIAL)] = marked
    rows[:, SHOWN.index(NONE)] = sizes - marked
    return rows


@pytest.mark.parametrize(
    ("share", "sentences", "low", "high"),
    # worked examples of Newcombe 1998, Statistics in Medicine 17, table I, method 3
    [
        (81 / 263, 263, 0.2553, 0.3662),
        (15 / 148, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1 / 29, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_the_published_one(share: float, sentences: int, low: float, high: float) -> None:
    assert wilson(share, sentences) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_articles_that_are_all_or_nothing_count_as_one_sentence_each() -> None:
    marked = np.where(np.arange(400) % 4 == 0, 10, 0)
    found = shares(tally_of(articles_with(marked, np.full(400, 10))))[OFFICIAL]
    assert found.value == 0.25
    assert found.design_effect == pytest.approx(10, rel=0.02)
    assert (found.low, found.high) == pytest.approx(wilson(0.25, 400), abs=1e-3)


def test_independent_sentences_have_the_interval_that_wilson_gives() -> None:
    marked = np.random.default_rng(1).binomial(10, 0.3, 5000)
    found = shares(tally_of(articles_with(marked, np.full(5000, 10))))[OFFICIAL]
    assert found.design_effect == pytest.approx(1, abs=0.06)


def test_an_interval_is_never_narrower_than_that_of_independent_sentences() -> None:
    # each article has exactly as many as the others: less variation than chance gives
    found = shares(tally_of(articles_with(np.full(50, 3), np.full(50, 10))))[OFFICIAL]
    assert found.design_effect == 1
    assert (found.low, found.high) == wilson(0.3, 500)


@pytest.mark.parametrize(("rate", "articles"), [(0.25, 40), (0.03, 300)])
def test_intervals_hold_the_true_share_about_as_often_as_they_say(rate: float, articles: int) -> None:
    random = np.random.default_rng(3)
    held, naive = [], []
    for _ in range(400):
        # each article has a manner of its own, and a length of its own
        manner = random.beta(2 * rate, 2 * (1 - rate), articles)
        sizes = random.integers(5, 40, articles)
        found = shares(tally_of(articles_with(random.binomial(sizes, manner), sizes)))[OFFICIAL]
        held.append(found.low <= rate <= found.high)
        naive.append(wilson(found.value, found.sentences))
    # 400 draws of 0.95 stay above this 999 times of 1,000
    assert np.mean(held) > 0.95 - 3.1 * sqrt(0.95 * 0.05 / 400)
    assert np.mean([low <= rate <= high for low, high in naive]) < 0.7, "without the design effect"


def test_a_label_that_is_nowhere_counts_articles_instead_of_sentences() -> None:
    found = shares(tally_of(articles_with(np.full(30, 3), np.full(30, 10))))[ANONYMOUS]
    assert (found.low, found.high) == (0, wilson(0, 30)[1])


def test_one_article_says_next_to_nothing() -> None:
    found = shares(tally_of(articles_with(np.array([10]), np.array([40]))))[OFFICIAL]
    assert found.high - found.low > 0.8


def test_tallies_come_to_the_same_in_pieces() -> None:
    rows = np.random.default_rng(2).integers(0, 9, (60, len(SHOWN)))
    whole, pieces = tally_of(rows), tally_of(rows[:20])
    pieces.merge(tally_of(rows[20:]))
    assert shares(whole) == shares(pieces)
