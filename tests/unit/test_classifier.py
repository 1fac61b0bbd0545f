"""The classifier is a scikit-learn estimator over named features, and the same data give the same one."""

import joblib
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils import estimator_checks, get_tags

from sourcemark.model.classifier import Features, FirstPass, FrequentFeatures

ESTIMATORS = [FrequentFeatures(), FirstPass()]

# the checks of scikit-learn that feed no two-dimensional arrays
CHECKS = [
    estimator_checks.check_estimator_cloneable,
    estimator_checks.check_estimator_repr,
    estimator_checks.check_estimator_tags_renamed,
    estimator_checks.check_valid_tag_types,
    estimator_checks.check_mixin_order,
    estimator_checks.check_no_attributes_set_in_init,
    estimator_checks.check_do_not_raise_errors_in_init_or_set_params,
    estimator_checks.check_parameters_default_constructible,
    estimator_checks.check_get_params_invariance,
    estimator_checks.check_set_params,
]


def samples() -> tuple[Features, np.ndarray]:
    """Return sentences of four kinds, each with a word of its own, one they share and a rare one."""
    kinds = ["anonymous", "eyewitness", "none", "official"] * 8
    return [
        {f"word:{kind}": 2.0, "word:the": 1.0, f"rare:{i}": 1.0} for i, kind in enumerate(kinds)
    ], np.array(kinds)


def fitted() -> FirstPass:
    features, kinds = samples()
    return FirstPass(C=1.0).fit(features, kinds)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda estimator: type(estimator).__name__)
def test_scikit_learn_accepts_the_estimator(estimator, check) -> None:
    check(type(estimator).__name__, clone(estimator))


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda estimator: type(estimator).__name__)
def test_the_estimator_says_that_it_takes_mappings_and_no_arrays(estimator) -> None:
    tags = get_tags(estimator).input_tags
    assert (tags.dict, tags.two_d_array) == (True, False)


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda estimator: type(estimator).__name__)
def test_parameters_survive_the_way_out_in_and_through_a_clone(estimator) -> None:
    parameters = {name: value * 2 for name, value in estimator.get_params().items()}
    changed = clone(estimator).set_params(**parameters)
    assert changed.get_params() == parameters
    assert clone(changed).get_params() == parameters


def test_features_that_occur_too_rarely_are_dropped() -> None:
    samples = [{"often": 1.0, "twice": 1.0}, {"often": 1.0, "twice": 1.0}, {"often": 1.0, "once": 1.0}]
    assert FrequentFeatures(min_count=2).fit(samples).vocabulary_ == {"often": 0, "twice": 1}
    assert FrequentFeatures(min_count=3).fit(samples).vocabulary_ == {"often": 0}


def test_columns_are_in_the_order_of_the_names_whatever_the_order_of_the_samples() -> None:
    samples = [{"b": 1.0, "a": 1.0}, {"c": 1.0}]
    expected = {"a": 0, "b": 1, "c": 2}
    assert FrequentFeatures(min_count=1).fit(samples).vocabulary_ == expected
    assert FrequentFeatures(min_count=1).fit(samples[::-1]).vocabulary_ == expected


def test_a_value_is_weighed_by_how_few_samples_have_its_feature() -> None:
    features = FrequentFeatures(min_count=1).fit([{"a": 1.0, "b": 1.0}, {"a": 1.0}, {"a": 1.0}])

    matrix = features.transform([{"a": 1.0}, {"b": 3.0}]).toarray()

    # 1 + ln((1 + samples) / (1 + samples with the feature))
    assert matrix == pytest.approx(np.array([[1.0, 0.0], [0.0, 3 * (1 + np.log(4 / 2))]]))
    assert matrix.dtype == np.float32


def test_names_that_were_not_learnt_are_ignored() -> None:
    features = FrequentFeatures(min_count=1).fit([{"a": 1.0}, {"b": 1.0}])
    assert (features.transform([{"a": 1.0, "new": 9.0}]) != features.transform([{"a": 1.0}])).nnz == 0
    assert features.transform([{"new": 9.0}, {}]).nnz == 0
    assert features.transform([]).shape == (0, 2)

    classifier = fitted()
    assert np.array_equal(
        classifier.predict_proba([{"word:official": 2.0, "new": 9.0}]),
        classifier.predict_proba([{"word:official": 2.0}]),
    )


def test_the_classifier_learns_what_tells_the_kinds_apart() -> None:
    features, kinds = samples()
    classifier = fitted()
    assert classifier.classes_.tolist() == ["anonymous", "eyewitness", "none", "official"]
    assert classifier.predict(features).tolist() == kinds.tolist()
    assert classifier.score(features, kinds) == 1.0


def test_scores_of_every_sentence_sum_to_one() -> None:
    features, _ = samples()
    scores = fitted().predict_proba([*features, {}, {"new": 1.0}, {"word:official": 1e6}])
    assert scores.shape == (len(features) + 3, 4)
    assert scores.sum(axis=1) == pytest.approx(1.0, abs=1e-4)
    assert (scores >= 0).all()


def test_a_score_that_underflows_to_nothing_is_no_infinity() -> None:
    scores = fitted().log_scores([{"word:official": 1e6}])
    assert np.isfinite(scores).all()


def test_the_same_data_give_the_same_weights_bit_for_bit() -> None:
    first, second = fitted(), fitted()
    assert first.coef_.tobytes() == second.coef_.tobytes()
    assert first.intercept_.tobytes() == second.intercept_.tobytes()
    assert joblib.hash(first) == joblib.hash(second)


@pytest.mark.parametrize("use", [FirstPass().predict_proba, FrequentFeatures().transform])
def test_nothing_can_be_asked_of_an_estimator_that_was_not_fitted(use) -> None:
    with pytest.raises(NotFittedError):
        use([{"a": 1.0}])
