"""A label is shown only where its score supports it; between a label and no source lies "not sure"."""

import numpy as np
import pytest

from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELLED, NONE, OFFICIAL, SCORE_IDS, UNSURE
from sourcemark.model.decision import Decision, choose_thresholds, decide

THRESHOLDS = {OFFICIAL: 0.5, ANONYMOUS: 0.4, EYEWITNESS: 0.3, NONE: 0.6}


@pytest.mark.parametrize(
    ("scores", "decision"),
    [
        ((0.5, 0.2, 0.2, 0.1), Decision(OFFICIAL, LABELLED)),
        ((0.2, 0.4, 0.2, 0.2), Decision(ANONYMOUS, LABELLED)),
        # the likeliest of the labels, though no label at all is likelier
        ((0.1, 0.1, 0.3, 0.5), Decision(EYEWITNESS, LABELLED)),
        ((0.1, 0.1, 0.2, 0.6), Decision(None, NONE)),
        ((0.2, 0.1, 0.11, 0.59), Decision(None, UNSURE)),
        # an unlikelier label does not step in for the likeliest one
        ((0.45, 0.1, 0.4, 0.05), Decision(None, UNSURE)),
        ((0.25, 0.25, 0.25, 0.25), Decision(None, UNSURE)),
    ],
)
def test_a_sentence_gets_its_likeliest_label_or_none_or_not_sure(
    scores: tuple[float, ...], decision: Decision
) -> None:
    assert decide(dict(zip(SCORE_IDS, scores, strict=True)), THRESHOLDS) == decision


def choose(*sentences: tuple[float, str]) -> dict[str, float]:
    """Choose thresholds for sentences with a score of `official_statement`, the rest being `none`'s."""
    rows = np.array([(score, 0.0, 0.0, 1 - score) for score, _ in sentences])
    return choose_thresholds(rows, np.array([gold for _, gold in sentences]))


def test_a_threshold_parts_the_marks_that_are_right_from_the_wrong_ones() -> None:
    thresholds = choose((0.9, OFFICIAL), (0.7, OFFICIAL), (0.5, NONE), (0.4, NONE))
    assert 0.5 < thresholds[OFFICIAL] <= 0.7


def test_right_marks_are_given_up_where_too_many_beside_them_would_be_wrong() -> None:
    # at 0.5 F1 would be best, and one mark in six wrong
    wrong_among_right = [(0.9, OFFICIAL)] * 12 + [(0.5, OFFICIAL)] * 8 + [(0.5, NONE)] * 4
    assert 0.5 < choose(*wrong_among_right, (0.1, NONE))[OFFICIAL] <= 0.9


def test_a_wrong_mark_is_let_in_where_nearly_all_others_are_right() -> None:
    assert choose(*[(0.9, OFFICIAL)] * 30, (0.6, NONE), *[(0.5, OFFICIAL)] * 5, (0.1, NONE))[OFFICIAL] <= 0.5


def test_where_no_thresholds_make_marks_right_often_enough_the_surest_marks_are_left() -> None:
    half_right = [(0.9, OFFICIAL), (0.9, NONE), (0.4, NONE), (0.4, OFFICIAL), (0.4, NONE)]
    assert 0.4 < choose(*half_right)[OFFICIAL] <= 0.9


def test_no_source_is_said_where_it_is_nearly_always_right() -> None:
    marked = [(0.9, OFFICIAL)] * 50
    wrong = [(0.3, OFFICIAL)]
    assert choose(*marked, *[(0.1, NONE)] * 30, *wrong)[NONE] == 0.2
    # not said of the four sentences in ten that are wrong below 0.8
    thresholds = choose(*marked, *[(0.1, NONE)] * 12, *[(0.3, NONE)] * 3, *wrong * 2)
    assert 0.7 < thresholds[NONE] <= 0.9


def test_no_source_is_hardly_ever_said_where_it_is_mostly_wrong() -> None:
    assert choose(*[(0.9, OFFICIAL)] * 50, (0.1, ANONYMOUS), (0.1, NONE))[NONE] == 0.95


def test_every_label_and_no_source_get_a_threshold() -> None:
    thresholds = choose((0.7, OFFICIAL))
    assert set(thresholds) == set(SCORE_IDS)
    assert all(0 < threshold < 1 for threshold in thresholds.values())
