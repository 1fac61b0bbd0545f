"""The learning curve has a point for each share of the corpus that is large enough to mean something."""

from pathlib import Path

from sourcemark.labels import SCORE_IDS
from sourcemark.model.corpus import read_corpus
from sourcemark.training.fitting import Perceptrons
from sourcemark.training.learning_curve import learning_curve
from sourcemark.training.samples import read_samples
from unit.test_train import corpus_of, silent


def curve(path: Path, articles: int) -> list[tuple[int, float]]:
    corpus = corpus_of(path / "corpus.jsonl", *[list(SCORE_IDS)] * articles)
    return learning_curve(read_samples(read_corpus(corpus), silent), Perceptrons(steps=20), silent)


def test_half_the_articles_are_a_point_where_they_are_a_hundred_and_a_quarter_none(tmp_path: Path) -> None:
    ((articles, macro_f1),) = curve(tmp_path, 200)
    assert articles == 100
    assert 0 <= macro_f1 <= 1


def test_a_small_corpus_has_no_points(tmp_path: Path) -> None:
    assert curve(tmp_path, 150) == []
