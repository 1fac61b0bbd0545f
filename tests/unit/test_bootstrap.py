"""Intervals come from drawing whole articles again."""

import numpy as np
import pytest

from sourcemark.labels import NONE, OFFICIAL, UNSURE
from sourcemark.model import confusion
from sourcemark.model.bootstrap import RESAMPLES, interval, resample

RIGHT, MISSED = (OFFICIAL, OFFICIAL), (OFFICIAL, UNSURE)


def test_every_resample_has_as_many_articles_as_the_corpus() -> None:
    tables = resample(["a", "a", "b", "b", "c", "c"], [RIGHT] * 6)
    assert tables is not None
    assert tables.shape == (RESAMPLES, 4, 5)
    assert set(tables.sum(axis=(1, 2)).tolist()) == {6}


def test_sentences_of_one_article_stand_and_fall_together() -> None:
    tables = resample(["a"] * 10 + ["b"] * 10, [RIGHT] * 10 + [MISSED] * 10)
    assert tables is not None
    # a twice, a and b, or b twice
    assert set(confusion.coverage(tables).tolist()) == {1.0, 0.5, 0.0}
    assert interval(confusion.coverage(tables)) == (0.0, 1.0)


def test_an_article_may_come_back_in_pieces() -> None:
    together = resample(["a", "a", "b"], [RIGHT, MISSED, RIGHT])
    apart = resample(["a", "b", "a"], [RIGHT, RIGHT, MISSED])
    assert together is not None and apart is not None
    assert np.array_equal(together, apart)


def test_articles_that_are_all_alike_leave_nothing_to_chance() -> None:
    tables = resample([1, 1, 2, 2, 3, 3], [RIGHT, MISSED] * 3)
    assert tables is not None
    assert interval(confusion.coverage(tables)) == (0.5, 0.5)


@pytest.mark.parametrize("articles", [[], ["a", "a"]])
def test_one_article_cannot_be_resampled(articles: list[str]) -> None:
    assert resample(articles, [RIGHT] * len(articles)) is None


def test_an_interval_holds_the_middle_95_of_100_values() -> None:
    assert interval(np.arange(0, 1001) / 1000) == (0.025, 0.975)


def test_resamples_that_lack_a_figure_are_left_out_of_its_interval() -> None:
    assert interval(np.array([np.nan, 0.5, np.nan])) == (0.5, 0.5)
    assert interval(np.array([np.nan, np.nan])) is None
    tables = resample(["a", "b"], [(NONE, NONE)] * 2)
    assert tables is not None
    assert interval(confusion.precision_of_marks(tables)) is None
