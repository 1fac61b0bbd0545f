"""The first pass: named features of a sentence in, scores of the labels out.

Fitted by `sourcemark.training.fitting` with scikit-learn, and kept as plain arrays: whoever only labels need
not wait for scikit-learn to be imported, and a newer one reads the model too.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import itertools
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sourcemark.model.softmax import log_softmax

Features: TypeAlias = Sequence[Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class FrequentFeatures:
    """Numbers named features, leaves out the rare ones and weighs the common ones down.

    Values are multiplied by the feature's inverse document frequency (Sparck Jones 1972,
    https://doi.org/10.1108/eb026526).
    """

    vocabulary: Mapping[str, int]
    """Column of each feature, by name, in sorted order."""
    idf: NDArray[np.float32]
    """Inverse document frequency of each column."""

    @classmethod
    def of(cls, samples: Features, min_count: int = 4) -> Self:
        """Return the features that occur in `min_count` samples at least."""
        counts = Counter(name for sample in samples for name in sample)
        kept = sorted(name for name, count in counts.items() if count >= min_count)
        frequency = np.array([counts[name] for name in kept], dtype=np.float64)
        idf = (1 + np.log((1 + len(samples)) / (1 + frequency))).astype(np.float32)
        return cls({name: column for column, name in enumerate(kept)}, idf)

    def __reduce__(self) -> tuple[Any, ...]:
        # a hundred thousand names are unpickled ten times faster as one; none has a line break
        return _features_from, ("\n".join(self.vocabulary), self.idf)

    def transform(self, samples: Features) -> csr_array:
        """Return a sparse matrix of shape (n_samples, n_features), float32; unknown names are dropped."""
        column, unknown = self.vocabulary.get, itertools.repeat(-1)
        names, values = (
            itertools.chain.from_iterable(samples),
            itertools.chain.from_iterable(s.values() for s in samples),
        )
        # 32-bit indices: the solvers refuse others
        columns = np.fromiter(map(column, names, unknown), dtype=np.int32)
        rows = np.repeat(np.arange(len(samples), dtype=np.int32), [len(sample) for sample in samples])
        data = np.fromiter(values, dtype=np.float32, count=len(columns))
        known = np.flatnonzero(columns >= 0)
        order = known[np.argsort(rows[known] * np.int64(len(self.vocabulary)) + columns[known])]
        indices = columns[order]
        pointers = np.zeros(len(samples) + 1, dtype=np.int32)
        np.cumsum(np.bincount(rows[order], minlength=len(samples)), out=pointers[1:])
        data = data[order] * self.idf[indices]
        return csr_array((data, indices, pointers), shape=(len(samples), len(self.vocabulary)))


def _features_from(names: str, idf: NDArray[np.float32]) -> FrequentFeatures:
    return FrequentFeatures(
        {name: column for column, name in enumerate(names.split("\n") if names else ())}, idf
    )


@dataclass(frozen=True, slots=True)
class FirstPass:
    """Multinomial logistic regression over named features, one sentence at a time."""

    features: FrequentFeatures
    classes: tuple[str, ...]
    """Class ids in the order of the score columns, sorted."""
    coef: NDArray[np.float32]
    """Of shape (n_features, n_classes)."""
    intercept: NDArray[np.float32]

    def log_scores(self, samples: Features) -> NDArray[np.float32]:
        """Return log-probabilities, shape (n_samples, n_classes)."""
        return self.log_scores_of_matrix(self.features.transform(samples))

    def log_scores_of_matrix(self, matrix: csr_array) -> NDArray[np.float32]:
        """Return log-probabilities of features that are numbered already."""
        return log_softmax(matrix @ self.coef + self.intercept)
