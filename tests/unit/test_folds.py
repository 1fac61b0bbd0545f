"""Outlets are held out house by house."""

from sourcemark.training.folds import outlet_folds


def test_each_house_is_held_out_once_with_all_its_sections() -> None:
    outlets = ["bbc-health", "nyt", "bbc-business", "nyt", "xinhua"]
    folds = outlet_folds(outlets)
    assert [(fold.house, fold.test.tolist(), fold.train.tolist()) for fold in folds] == [
        ("bbc", [0, 2], [1, 3, 4]),
        ("nyt", [1, 3], [0, 2, 4]),
        ("xinhua", [4], [0, 1, 2, 3]),
    ]


def test_no_samples_make_no_folds() -> None:
    assert outlet_folds([]) == []
