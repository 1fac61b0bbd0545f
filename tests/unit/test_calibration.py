"""The errors are the ones that were computed by hand."""

import pytest

from sourcemark.labels import ANONYMOUS, EYEWITNESS, NONE, OFFICIAL, SCORE_IDS
from sourcemark.model.calibration import calibration_error, calibration_error_by_label


def scores(best: str, score: float) -> dict[str, float]:
    """Return scores whose highest, `score`, is that of `best`; the others share the rest."""
    return {name: score if name == best else (1 - score) / 3 for name in SCORE_IDS}


@pytest.mark.parametrize(
    ("given", "gold", "error"),
    [
        ([scores(NONE, 1.0)], [NONE], 0.0),
        ([scores(NONE, 1.0)], [OFFICIAL], 1.0),
        # as sure as right: one of two at 0.5 each
        ([scores(NONE, 0.5)] * 2, [NONE, OFFICIAL], 0.0),
        # one bin, 0.85 on average and half right
        ([scores(NONE, 0.85)] * 2, [NONE, OFFICIAL], 0.35),
        # two bins: |0.9 - 1| for one sentence of four, |0.55 - 2/3| for the other three
        (
            [scores(NONE, 0.9), scores(NONE, 0.55), scores(OFFICIAL, 0.55), scores(OFFICIAL, 0.55)],
            [NONE, NONE, OFFICIAL, NONE],
            0.25 * 0.1 + 0.75 * (2 / 3 - 0.55),
        ),
    ],
)
def test_calibration_error_is_the_gap_between_how_sure_and_how_right(
    given: list[dict[str, float]], gold: list[str], error: float
) -> None:
    assert calibration_error(given, gold) == pytest.approx(error)


def test_each_score_has_an_error_of_its_own_whether_it_is_the_highest_or_not() -> None:
    given = [scores(NONE, 0.7), scores(NONE, 0.7), scores(OFFICIAL, 0.7)]
    errors = calibration_error_by_label(given, [NONE, EYEWITNESS, OFFICIAL])
    assert errors == pytest.approx(
        {
            # 0.7 and right for one of three, 0.1 and wrong for the other two
            OFFICIAL: (0.3 + 2 * 0.1) / 3,
            ANONYMOUS: 0.1,
            # 0.1 and right once in three times
            EYEWITNESS: 1 / 3 - 0.1,
            # 0.7 and right once in two times, 0.1 and wrong for the third
            NONE: (2 * 0.2 + 0.1) / 3,
        }
    )


def test_scores_that_are_always_as_sure_as_right_have_no_error() -> None:
    errors = calibration_error_by_label([scores(NONE, 0.25)] * 4, SCORE_IDS)
    assert errors == pytest.approx(dict.fromkeys(SCORE_IDS, 0.0))
