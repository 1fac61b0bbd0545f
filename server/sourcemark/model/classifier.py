"""The first pass: named features of a sentence in, scores of the labels out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from sourcemark.model.softmax import log_softmax

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


class FirstPass(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Multinomial logistic regression over named features, one sentence at a time.

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
        Class ids in the order of the score columns, sorted.
    coef_ : ndarray of shape (n_features, n_classes), float32
    intercept_ : ndarray of shape (n_classes,), float32
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
        return self.fit_matrix(self.features_.transform(X), y)

    def fit_matrix(self, X: csr_array, y: ArrayLike) -> Self:
        """Fit on features that are numbered already, shape (n_samples, n_features)."""
        # whoever only labels need not wait for the solvers to be imported
        from sklearn.linear_model import LogisticRegression

        linear = LogisticRegression(C=self.C, max_iter=self.max_iter, tol=1e-3).fit(X, y)
        self.classes_ = linear.classes_
        # half the file, and the same decisions
        self.coef_ = np.ascontiguousarray(linear.coef_.T, dtype=np.float32)
        self.intercept_ = linear.intercept_.astype(np.float32)
        return self

    def log_scores(self, X: Features) -> NDArray[np.float32]:
        """Return log-probabilities, shape (n_samples, n_classes)."""
        check_is_fitted(self)
        return self.log_scores_of_matrix(self.features_.transform(X))

    def log_scores_of_matrix(self, X: csr_array) -> NDArray[np.float32]:
        """Return log-probabilities of features that are numbered already."""
        return log_softmax(X @ self.coef_ + self.intercept_)

    def predict_proba(self, X: Features) -> NDArray[np.float32]:
        """Return probabilities, shape (n_samples, n_classes); rows sum to 1."""
        return np.exp(self.log_scores(X))

    def predict(self, X: Features) -> NDArray[np.str_]:
        """Return the class id of the highest score, shape (n_samples,)."""
        best: NDArray[np.str_] = self.classes_[self.log_scores(X).argmax(axis=1)]
        return best


def _takes_mappings(tags: Tags) -> Tags:
    tags.input_tags.dict = True
    tags.input_tags.two_d_array = False
    return tags
