"""The classifier numbers named features and scores them, and the same data give the same one."""

import joblib
import numpy as np
import pytest

from sourcemark.model.classifier import FirstPass, FrequentFeatures
from sourcemark.model.groups import Group, Sample, unit
from sourcemark.training.fitting import fit_first_pass


def sample(**weights: float) -> Sample:
    """Return a sample of features without a prefix."""
    return [Group("", (name,), weight) for name, weight in weights.items()]


def samples() -> tuple[list[Sample], np.ndarray]:
    """Return sentences of four kinds, each with a word of its own, one they share and a rare one."""
    kinds = ["anonymous", "eyewitness", "none", "official"] * 8
    shared = Group("word:", ("the",))
    return [
        [Group("word:", (kind,), 2.0), shared, Group("", (f"rare:{i}",))] for i, kind in enumerate(kinds)
    ], np.array(kinds)


def fitted() -> FirstPass:
    features, kinds = samples()
    numbered = FrequentFeatures.of(features)
    return fit_first_pass(numbered, numbered.transform([features]), kinds, C=1.0)


def test_features_that_occur_too_rarely_are_dropped() -> None:
    samples = [sample(often=1.0, twice=1.0), sample(often=1.0, twice=1.0), sample(often=1.0, once=1.0)]
    assert FrequentFeatures.of(samples, min_count=2).names == "often\ntwice"
    assert FrequentFeatures.of(samples, min_count=3).names == "often"


def test_columns_are_in_the_order_of_the_names_whatever_the_order_of_the_samples() -> None:
    samples = [sample(b=1.0, a=1.0), sample(c=1.0), [Group("1b|", ("b",))], [Group("word:", ("a", "b"))]]
    for these in (samples, samples[::-1]):
        features = FrequentFeatures.of(these, min_count=1)
        assert features.names.split("\n") == ["1b|b", "a", "b", "c", "word:a", "word:b"]
        matrix = features.transform([samples])
        assert [matrix[[row]].indices.tolist() for row in range(4)] == [[1, 2], [3], [0], [4, 5]]


def test_a_value_is_weighed_by_how_few_samples_have_its_feature() -> None:
    features = FrequentFeatures.of([sample(a=1.0, b=1.0), sample(a=1.0), sample(a=1.0)], min_count=1)

    matrix = features.transform([[sample(a=1.0), sample(b=3.0)]]).toarray()

    # 1 + ln((1 + samples) / (1 + samples with the feature))
    assert matrix == pytest.approx(np.array([[1.0, 0.0], [0.0, 3 * (1 + np.log(4 / 2))]]))
    assert matrix.dtype == np.float32


def test_names_that_were_not_learnt_are_ignored() -> None:
    features = FrequentFeatures.of([sample(a=1.0), sample(b=1.0)], min_count=1)
    known, with_new = features.transform([[sample(a=1.0)]]), features.transform([[sample(a=1.0, new=9.0)]])
    assert (with_new != known).nnz == 0
    assert features.transform([[sample(new=9.0), [], [Group("word:", ("a",))]]]).nnz == 0
    assert features.transform([]).shape == (0, 2)
    assert features.transform([[], []]).shape == (0, 2)

    classifier = fitted()
    official = Group("word:", ("official",), 2.0)
    assert np.array_equal(
        classifier.log_scores([[[official, Group("", ("new",), 9.0)]]]), classifier.log_scores([[[official]]])
    )


def test_articles_are_numbered_together_as_one_by_one() -> None:
    features, _ = samples()
    numbered = FrequentFeatures.of(features)
    together = numbered.transform([features[:3], [], features[3:]])
    assert (together != numbered.transform([features])).nnz == 0
    assert together.has_sorted_indices


def test_the_weights_of_a_group_have_the_length_two_together() -> None:
    group = unit("word:", {"it", "rained"})
    assert len(group.names) * group.weight**2 == pytest.approx(4)
    assert unit("word:", ()).weight == 2


def test_the_classifier_learns_what_tells_the_kinds_apart() -> None:
    features, kinds = samples()
    classifier = fitted()
    assert classifier.classes == ("anonymous", "eyewitness", "none", "official")
    best = classifier.log_scores([features]).argmax(axis=1)
    assert [classifier.classes[column] for column in best] == kinds.tolist()


def test_scores_of_every_sentence_sum_to_one() -> None:
    features, _ = samples()
    others = [[], sample(new=1.0), [Group("word:", ("official",), 1e6)]]
    scores = np.exp(fitted().log_scores([features, others]))
    assert scores.shape == (len(features) + 3, 4)
    assert scores.sum(axis=1) == pytest.approx(1.0, abs=1e-4)
    assert (scores >= 0).all()


def test_a_score_that_underflows_to_nothing_is_no_infinity() -> None:
    scores = fitted().log_scores([[[Group("word:", ("official",), 1e6)]]])
    assert np.isfinite(scores).all()


def test_the_same_data_give_the_same_weights_bit_for_bit() -> None:
    first, second = fitted(), fitted()
    assert first.coef.tobytes() == second.coef.tobytes()
    assert first.intercept.tobytes() == second.intercept.tobytes()
    assert joblib.hash(first) == joblib.hash(second)
