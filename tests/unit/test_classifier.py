"""The classifier numbers named features and scores them, and the same data give the same one."""

import joblib
import numpy as np
import pytest

from sourcemark.model.classifier import Features, FirstPass, FrequentFeatures
from sourcemark.training.fitting import fit_first_pass


def samples() -> tuple[Features, np.ndarray]:
    """Return sentences of four kinds, each with a word of its own, one they share and a rare one."""
    kinds = ["anonymous", "eyewitness", "none", "official"] * 8
    return [
        {f"word:{kind}": 2.0, "word:the": 1.0, f"rare:{i}": 1.0} for i, kind in enumerate(kinds)
    ], np.array(kinds)


def fitted() -> FirstPass:
    features, kinds = samples()
    numbered = FrequentFeatures.of(features)
    return fit_first_pass(numbered, numbered.transform(features), kinds, C=1.0)


def test_features_that_occur_too_rarely_are_dropped() -> None:
    samples = [{"often": 1.0, "twice": 1.0}, {"often": 1.0, "twice": 1.0}, {"often": 1.0, "once": 1.0}]
    assert FrequentFeatures.of(samples, min_count=2).vocabulary == {"often": 0, "twice": 1}
    assert FrequentFeatures.of(samples, min_count=3).vocabulary == {"often": 0}


def test_columns_are_in_the_order_of_the_names_whatever_the_order_of_the_samples() -> None:
    samples = [{"b": 1.0, "a": 1.0}, {"c": 1.0}]
    expected = {"a": 0, "b": 1, "c": 2}
    assert FrequentFeatures.of(samples, min_count=1).vocabulary == expected
    assert FrequentFeatures.of(samples[::-1], min_count=1).vocabulary == expected


def test_a_value_is_weighed_by_how_few_samples_have_its_feature() -> None:
    features = FrequentFeatures.of([{"a": 1.0, "b": 1.0}, {"a": 1.0}, {"a": 1.0}], min_count=1)

    matrix = features.transform([{"a": 1.0}, {"b": 3.0}]).toarray()

    # 1 + ln((1 + samples) / (1 + samples with the feature))
    assert matrix == pytest.approx(np.array([[1.0, 0.0], [0.0, 3 * (1 + np.log(4 / 2))]]))
    assert matrix.dtype == np.float32


def test_names_that_were_not_learnt_are_ignored() -> None:
    features = FrequentFeatures.of([{"a": 1.0}, {"b": 1.0}], min_count=1)
    assert (features.transform([{"a": 1.0, "new": 9.0}]) != features.transform([{"a": 1.0}])).nnz == 0
    assert features.transform([{"new": 9.0}, {}]).nnz == 0
    assert features.transform([]).shape == (0, 2)

    classifier = fitted()
    assert np.array_equal(
        classifier.log_scores([{"word:official": 2.0, "new": 9.0}]),
        classifier.log_scores([{"word:official": 2.0}]),
    )


def test_the_classifier_learns_what_tells_the_kinds_apart() -> None:
    features, kinds = samples()
    classifier = fitted()
    assert classifier.classes == ("anonymous", "eyewitness", "none", "official")
    best = classifier.log_scores(features).argmax(axis=1)
    assert [classifier.classes[column] for column in best] == kinds.tolist()


def test_scores_of_every_sentence_sum_to_one() -> None:
    features, _ = samples()
    scores = np.exp(fitted().log_scores([*features, {}, {"new": 1.0}, {"word:official": 1e6}]))
    assert scores.shape == (len(features) + 3, 4)
    assert scores.sum(axis=1) == pytest.approx(1.0, abs=1e-4)
    assert (scores >= 0).all()


def test_a_score_that_underflows_to_nothing_is_no_infinity() -> None:
    scores = fitted().log_scores([{"word:official": 1e6}])
    assert np.isfinite(scores).all()


def test_the_same_data_give_the_same_weights_bit_for_bit() -> None:
    first, second = fitted(), fitted()
    assert first.coef.tobytes() == second.coef.tobytes()
    assert first.intercept.tobytes() == second.intercept.tobytes()
    assert joblib.hash(first) == joblib.hash(second)
