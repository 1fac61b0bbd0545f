"""The careful model's second pass keeps the perceptrons that its held-out scores come from."""

from dataclasses import replace

import numpy as np
import pytest

from sourcemark.labels import SCORE_IDS
from sourcemark.model.corpus import read_corpus
from sourcemark.model.pipeline import scores_of
from sourcemark.model.second_pass import with_context
from sourcemark.training.fitting import Perceptrons
from sourcemark.training.passes import FOLDS, fit_first, fit_second, fold_of
from sourcemark.training.samples import Samples, read_samples
from unit.test_train import corpus_of, silent

HOW = Perceptrons(steps=20, hidden=4, members=2, partitions=3)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    path = corpus_of(tmp_path_factory.mktemp("corpus") / "corpus.jsonl", *[list(SCORE_IDS)] * 20)
    return read_samples(read_corpus(path), silent)


def test_every_perceptron_is_kept_and_scores_what_it_has_not_seen(samples: Samples) -> None:
    log_scores = fit_first(samples, silent).log_scores
    second, scores = fit_second(samples, log_scores, silent, HOW)
    assert len(second.members) == HOW.partitions * FOLDS * HOW.members

    # the same, from the outside: of the kept ones those that were fitted without the sentence's article
    seen = with_context(log_scores, samples.context)
    members = np.array(second.members, dtype=object).reshape(HOW.partitions, FOLDS, HOW.members, 2, 2)
    again = np.zeros_like(scores)
    for partition, of_partition in enumerate(members):
        fold = fold_of(np.random.default_rng(partition).permutation(20)[samples.articles])
        for number, of_fold in enumerate(of_partition):
            without = replace(second, members=tuple(tuple(map(tuple, each)) for each in of_fold))
            mask = fold == number
            again[mask] += scores_of(without, seen[mask]) / HOW.partitions
    np.testing.assert_allclose(scores, again, atol=1e-6)
    np.testing.assert_allclose(scores.sum(axis=1), 1)


def test_another_start_gives_other_perceptrons_and_the_same_start_the_same(samples: Samples) -> None:
    log_scores = fit_first(samples, silent).log_scores
    first, same, other = (
        fit_second(samples, log_scores, silent, replace(HOW, start=start))[1] for start in (0, 0, 1)
    )
    assert np.array_equal(first, same)
    assert not np.allclose(first, other)
