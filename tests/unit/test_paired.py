"""Two models are told apart only where the difference holds whichever articles and starts are drawn."""

from dataclasses import replace

import numpy as np
import pytest

from sourcemark.labels import ANONYMOUS, EYEWITNESS, NONE, OFFICIAL, UNSURE
from sourcemark.model.bootstrap import RESAMPLES, over_starts
from sourcemark.model.calibration import calibration_error
from sourcemark.model.metrics import ScoredSentence
from sourcemark.model.paired import ALIKE, BETTER, WORSE, Changes, changes, mean_change


def sentence(article: int, gold: str, shown: str, score: float = 0.7) -> ScoredSentence:
    rest = (1 - score) / 3
    scores = dict.fromkeys((OFFICIAL, ANONYMOUS, EYEWITNESS, NONE), rest)
    return ScoredSentence(gold, shown, scores | {gold: score}, article=str(article))


# each of twenty articles has a sentence of each label, and every second article's is missed
MIXED = [
    sentence(article, label, label if article % 2 else UNSURE)
    for article in range(20)
    for label in (OFFICIAL, ANONYMOUS, EYEWITNESS, NONE)
]
RIGHT = [replace(each, shown=each.gold) for each in MIXED]


def once(before: list[ScoredSentence], after: list[ScoredSentence]) -> Changes:
    """Compare two ways that are trained once each."""
    return changes([before], [after])


def some_right(number: int) -> list[ScoredSentence]:
    """Return MIXED with so many of the ten missed articles right."""
    return [replace(s, shown=s.gold) if int(s.article) < 2 * number else s for s in MIXED]


def test_a_model_is_like_itself() -> None:
    found = once(MIXED, MIXED)
    for change in (found.macro_f1, *found.f1.values(), found.coverage, found.log_loss):
        assert (change.difference, change.interval, change.verdict) == (0, (0, 0), ALIKE)


def test_what_is_better_one_way_is_worse_the_other() -> None:
    helped, harmed = once(MIXED, RIGHT), once(RIGHT, MIXED)
    assert (helped.macro_f1.verdict, harmed.macro_f1.verdict) == (BETTER, WORSE)
    assert helped.macro_f1.after == 1
    assert {change.verdict for change in helped.f1.values()} == {BETTER}
    assert harmed.f1[OFFICIAL].difference == pytest.approx(-helped.f1[OFFICIAL].difference)


def test_one_label_may_change_while_others_stay() -> None:
    found = once(MIXED, [replace(s, shown=s.gold) if s.gold == ANONYMOUS else s for s in MIXED])
    assert {label: change.verdict for label, change in found.f1.items()} == {
        OFFICIAL: ALIKE,
        ANONYMOUS: BETTER,
        EYEWITNESS: ALIKE,
    }


def test_a_change_in_one_article_is_not_told_from_chance() -> None:
    found = once(MIXED, [replace(s, shown=s.gold) if s.article == "0" else s for s in MIXED])
    assert found.macro_f1.difference > 0
    assert found.macro_f1.verdict == ALIKE


def test_what_both_share_falls_out_of_the_difference() -> None:
    # with half of the articles missed, F1 itself is uncertain; that one more label is found is not
    found = once(MIXED, [replace(s, shown=s.gold) if s.gold == OFFICIAL else s for s in MIXED])
    low, high = found.f1[EYEWITNESS].interval or (1, 1)
    assert (low, high) == (0, 0)


def test_lower_calibration_error_and_log_loss_are_better() -> None:
    surer = [sentence(int(s.article), s.gold, s.shown, 0.96) for s in MIXED]
    found = once(MIXED, surer)
    assert found.calibration_error.before == pytest.approx(
        calibration_error([s.scores for s in MIXED], [s.gold for s in MIXED])
    )
    assert (found.calibration_error.verdict, found.log_loss.verdict) == (BETTER, BETTER)
    assert once(surer, MIXED).log_loss.verdict == WORSE


def test_one_article_has_no_interval_and_no_verdict() -> None:
    one = [replace(each, article="a") for each in MIXED]
    found = once(one, [replace(each, shown=each.gold) for each in one])
    assert (found.macro_f1.interval, found.macro_f1.verdict) == (None, ALIKE)
    assert (found.calibration_error.interval, found.log_loss.interval) == (None, None)


def test_means_are_compared_by_groups() -> None:
    found = mean_change([1, 1, 2, 2, 3], [[0, 0, 0, 0, 0]], [[1, 1, 1, 1, 1]])
    assert (found.before, found.after, found.interval, found.verdict) == (0, 1, (1, 1), BETTER)


def test_figures_are_means_over_starts() -> None:
    found = changes([MIXED, RIGHT], [RIGHT, RIGHT])
    one = once(MIXED, RIGHT)
    for name in ("macro_f1", "coverage", "log_loss"):
        change, single = getattr(found, name), getattr(one, name)
        assert change.before == pytest.approx((single.before + single.after) / 2)
        assert change.chance == pytest.approx(abs(single.difference))
    assert one.macro_f1.chance == 0
    assert mean_change([1, 2], [[0, 0], [1, 1]], [[1, 1], [1, 1]]).difference == 0.5


def test_what_one_start_makes_is_not_told_from_chance() -> None:
    # by itself the first pair differs, whichever articles are drawn; the other starts do not say so
    lucky, others = some_right(8), [some_right(4)] * 4
    assert once(some_right(4), lucky).macro_f1.verdict == BETTER
    assert changes([some_right(4)] * 5, [lucky, *others]).macro_f1.verdict == ALIKE


def test_what_every_start_makes_is_told_from_chance() -> None:
    before = [some_right(number) for number in (3, 5, 4, 3, 5)]
    after = [some_right(number) for number in (8, 10, 9, 9, 9)]
    found = changes(before, after)
    assert found.macro_f1.verdict == BETTER
    assert found.macro_f1.chance > 0


def test_means_over_starts_vary_as_means_of_that_many_do() -> None:
    values = np.array([0.0, 1.0, 3.0, 4.0, 7.0])
    drawn = over_starts(np.repeat(values[:, None], RESAMPLES, axis=1))
    assert drawn.mean() == pytest.approx(values.mean(), abs=0.1)
    assert drawn.var() == pytest.approx(values.var(ddof=1) / 5, rel=0.1)
    assert over_starts(np.arange(3.0)[None]).tolist() == [0, 1, 2]
