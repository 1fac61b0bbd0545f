"""The classifier: named features in, calibrated scores of the labels out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

Features: TypeAlias = Sequence[Mapping[str, float]]


class FrequentFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Number named features, leaving out the rare ones and weighing the common ones down.

    Values are multiplied by the feature's inverse document frequency (Sparck Jones 1972,
    https://doi.org/10.1108/eb026526).

    Parameters
    ----------
    min_count : int, default=4
        Number of samples a feature must occur in to be kept.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        Column of each feature, by name, in sorted order.
    idf_ : ndarray of shape (n_features,)
        Inverse document frequency of each column.
    """

    def __init__(self, min_count: int = 4) -> None:
        self.min_count = min_count

    def __sklearn_tags__(self) -> Tags:
        return _takes_mappings(super().__sklearn_tags__())

    def fit(self, X: Features, y: ArrayLike | None = None) -> Self:
        """Learn the vocabulary of `X`, n_samples mappings of feature name to value."""
        counts = Counter(name for sample in X for name in sample)
        kept = sorted(name for name, count in counts.items() if count >= self.min_count)
        self.vocabulary_ = {name: column for column, name in enumerate(kept)}
        frequency = np.array([counts[name] for name in kept], dtype=np.float64)
        self.idf_ = (1 + np.log((1 + len(X)) / (1 + frequency))).astype(np.float32)
        return self

    def transform(self, X: Features) -> csr_array:
        """Return a sparse matrix of shape (n_samples, n_features), float32; unknown names are dropped."""
        check_is_fitted(self)
        columns: list[int] = []
        values: list[float] = []
        starts = [0]
        for sample in X:
            known = sorted(
                (column, value)
                for name, value in sample.items()
                if (column := self.vocabulary_.get(name)) is not None
            )
            columns.extend(column for column, _ in known)
            values.extend(value for _, value in known)
            starts.append(len(columns))
        # 32-bit indices: the solvers refuse others
        indices, pointers = np.asarray(columns, dtype=np.int32), np.asarray(starts, dtype=np.int32)
        data = np.asarray(values, dtype=np.float32) * self.idf_[indices]
        return csr_array((data, indices, pointers), shape=(len(X), len(self.vocabulary_)))


class SourceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A linear classifier over named features, calibrated on held-out scores.

    Multinomial logistic regression, then matrix scaling of its log-probabilities (Guo et al. 2017,
    https://proceedings.mlr.press/v70/guo17a.html).

    Parameters
    ----------
    min_count : int, default=4
        Number of training sentences a feature must occur in.
    C : float, default=0.005
        Inverse strength of the l2 penalty.
    max_iter : int, default=500
        Bound on the solver's iterations.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        Class ids in the order of the score columns.
    """

    def __init__(self, min_count: int = 4, C: float = 0.005, max_iter: int = 500) -> None:
        self.min_count = min_count
        self.C = C
        self.max_iter = max_iter

    def __sklearn_tags__(self) -> Tags:
        return _takes_mappings(super().__sklearn_tags__())

    def fit(self, X: Features, y: ArrayLike) -> Self:
        """Fit on n_samples mappings of feature name to value and their n_samples class ids."""
        self.features_ = FrequentFeatures(self.min_count).fit(X)
        self.linear_ = LogisticRegression(C=self.C, max_iter=self.max_iter, tol=1e-3)
        self.linear_.fit(self.features_.transform(X), y)
        self.classes_ = self.linear_.classes_
        # half the file, and the same decisions
        self.linear_.coef_ = self.linear_.coef_.astype(np.float32)
        return self

    def calibrate(self, log_scores: NDArray[np.float64], y: ArrayLike) -> Self:
        """Fit the calibration on log scores, shape (n_samples, n_classes), of samples left out of `fit`."""
        self.calibration_ = LogisticRegression(C=100.0, max_iter=self.max_iter).fit(log_scores, y)
        return self

    def log_scores(self, X: Features) -> NDArray[np.float64]:
        """Return log-probabilities before calibration, shape (n_samples, n_classes)."""
        check_is_fitted(self)
        # a probability that underflowed to 0 must not reach the calibration as -inf
        with np.errstate(divide="ignore"):
            scores: NDArray[np.float64] = self.linear_.predict_log_proba(self.features_.transform(X))
        return np.maximum(scores, -50.0)

    def predict_proba(self, X: Features) -> NDArray[np.float64]:
        """Return calibrated probabilities, shape (n_samples, n_classes); rows sum to 1."""
        scores = self.log_scores(X)
        calibrated: NDArray[np.float64] = self.calibration_.predict_proba(scores)
        return calibrated

    def columns(self, classes: Sequence[str]) -> list[int]:
        """Return the score columns of `classes`, in their order."""
        return [self.classes_.tolist().index(name) for name in classes]

    def predict(self, X: Features) -> NDArray[np.str_]:
        """Return the class id of the highest calibrated score, shape (n_samples,)."""
        best: NDArray[np.str_] = self.classes_[self.predict_proba(X).argmax(axis=1)]
        return best


def _takes_mappings(tags: Tags) -> Tags:
    tags.input_tags.dict = True
    tags.input_tags.two_d_array = False
    return tags
