"""The numbers behind the figures are the ones that were computed by hand."""

import pytest

from sourcemark.labels import ANONYMOUS, EYEWITNESS, NONE, OFFICIAL, SCORE_IDS, UNSURE
from sourcemark.model.calibration import Bin
from sourcemark.model.metrics import ScoredSentence
from sourcemark.training.figure_data import Trade, f1_by_group, reliability, shown_trade, trades


def scored(gold: str, shown: str, official: float, article: str = "") -> ScoredSentence:
    """Return a sentence with a score of an official statement; what is left goes to no label."""
    scores = dict.fromkeys(SCORE_IDS, 0.0) | {OFFICIAL: official, NONE: 1 - official}
    return ScoredSentence(gold, shown, scores, article)


def test_a_bin_has_the_mean_score_and_the_share_annotated_so() -> None:
    sentences = [
        scored(OFFICIAL, OFFICIAL, 0.84),
        scored(OFFICIAL, OFFICIAL, 0.86),
        scored(NONE, OFFICIAL, 0.88),
        scored(NONE, OFFICIAL, 0.82),
        scored(NONE, NONE, 0.04),
        scored(OFFICIAL, OFFICIAL, 1.0),
    ]
    low, high, highest = reliability(sentences, OFFICIAL)
    assert (low.score, low.share, low.sentences) == (pytest.approx(0.04), 0.0, 1)
    assert (high.score, high.share, high.sentences) == (pytest.approx(0.85), 0.5, 4)
    assert highest == Bin(1.0, 1.0, 1)


def test_a_higher_threshold_finds_less_and_here_errs_less() -> None:
    sentences = [
        scored(OFFICIAL, OFFICIAL, 0.9),
        scored(NONE, UNSURE, 0.6),
        scored(OFFICIAL, UNSURE, 0.5),
        scored(OFFICIAL, NONE, 0.0),
    ]
    curve = trades(sentences, OFFICIAL)
    # at 0.01 two of three marks are right and two of three sentences found; from 0.61 the surest is left
    assert curve[0] == Trade(pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert curve[-1] == Trade(1.0, pytest.approx(1 / 3))
    assert len(curve) == 90
    assert shown_trade(sentences, OFFICIAL) == Trade(1.0, 1 / 3)


def test_only_the_likeliest_label_is_marked() -> None:
    scores = {OFFICIAL: 0.5, ANONYMOUS: 0.4, EYEWITNESS: 0.1, NONE: 0.0}
    assert trades([ScoredSentence(ANONYMOUS, OFFICIAL, scores)], ANONYMOUS) == []


@pytest.mark.parametrize(
    "sentences",
    [[], [scored(NONE, OFFICIAL, 0.9)], [scored(OFFICIAL, NONE, 0.1)]],
    ids=["no sentence", "never annotated", "never shown"],
)
def test_nothing_is_traded_where_a_label_is_never_annotated_or_never_shown(
    sentences: list[ScoredSentence],
) -> None:
    assert shown_trade(sentences, OFFICIAL) is None


def test_each_group_has_the_f1_of_the_labels_that_are_annotated_in_it() -> None:
    sentences = [
        scored(OFFICIAL, OFFICIAL, 0.9, "a"),
        scored(OFFICIAL, NONE, 0.1, "b"),
        scored(NONE, NONE, 0.1, "c"),
        scored(EYEWITNESS, EYEWITNESS, 0.1, "d"),
    ]
    groups = f1_by_group(sentences, ["north", "north", "", "east"])
    assert list(groups) == ["east", "north"]
    assert list(groups["north"]) == [OFFICIAL]
    north = groups["north"][OFFICIAL]
    assert (north.f1, north.sentences) == (pytest.approx(2 / 3), 2)
    # either article may be the only one that is drawn again
    assert north.interval == (0.0, 1.0)
    # one article says nothing of others
    assert groups["east"][EYEWITNESS].interval is None
