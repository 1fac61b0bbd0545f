"""The first pass: named features of a sentence in, scores of the labels out.

Fitted by `sourcemark.training.fitting` with scikit-learn, and kept as plain arrays: whoever only labels need
not wait for scikit-learn to be imported, and a newer one reads the model too.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sourcemark.model.groups import Sample, names_of
from sourcemark.model.name_index import NameIndex
from sourcemark.model.softmax import log_softmax

_Rows: TypeAlias = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]
_NO_ROWS = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))


@dataclass(frozen=True, slots=True)
class FrequentFeatures:
    """Numbers named features, leaves out the rare ones and weighs the common ones down.

    Values are multiplied by the feature's inverse document frequency (Sparck Jones 1972,
    https://doi.org/10.1108/eb026526).
    """

    names: str
    """The features in sorted order, one a line and a column; none has a line break."""
    idf: NDArray[np.float32]
    """Inverse document frequency of each column."""
    index: NameIndex

    @classmethod
    def of(cls, samples: Sequence[Sample], min_count: int = 4) -> Self:
        """Return the features that occur in `min_count` samples at least."""
        counts = Counter(name for sample in samples for name in names_of(sample))
        kept = sorted(name for name, count in counts.items() if count >= min_count)
        frequency = np.array([counts[name] for name in kept], dtype=np.float64)
        idf = (1 + np.log((1 + len(samples)) / (1 + frequency))).astype(np.float32)
        return cls("\n".join(kept), idf, NameIndex.of(kept))

    def __reduce__(self) -> tuple[Any, ...]:
        # a hundred thousand names are unpickled ten times faster as one
        return _features_from, (self.names, self.idf)

    def transform(self, articles: Iterable[Sequence[Sample]]) -> csr_array:
        """Return a sparse matrix of shape (n_samples, n_features), float32; unknown names are dropped.

        The articles, each with its samples, are read one at a time: their names need not be held all at once.
        """
        rows = (self._rows(samples) for samples in articles)
        counts, indices, data = (np.concatenate(parts) for parts in zip(_NO_ROWS, *rows, strict=True))
        # 32-bit indices: the solvers refuse others
        pointers = np.zeros(len(counts) + 1, dtype=np.int32)
        np.cumsum(counts, out=pointers[1:])
        return csr_array((data, indices, pointers), shape=(len(counts), len(self.idf)))

    def _rows(self, samples: Sequence[Sample]) -> _Rows:
        """Return how many known features each sample has, their columns in order, and their values."""
        distinct = {id(group): group for sample in samples for group in sample}
        number = {key: place for place, key in enumerate(distinct)}
        uses = np.array([number[id(group)] for sample in samples for group in sample], dtype=np.intp)
        rows = np.repeat(np.arange(len(samples)), [len(sample) for sample in samples])
        groups = distinct.values()
        sizes = np.array([len(group.names) for group in groups], dtype=np.intp)
        weights = np.array([group.weight for group in groups], dtype=np.float32)
        places = _stretches(np.cumsum(sizes) - sizes, sizes, uses)
        columns = self.index.find(groups)[places]
        row, weight = np.repeat(rows, sizes[uses]), np.repeat(weights[uses], sizes[uses])
        known = np.flatnonzero(columns >= 0)
        order = known[np.argsort(row[known] * len(self.idf) + columns[known], kind="stable")]
        indices = columns[order]
        counts = np.bincount(row[known], minlength=len(samples)).astype(np.int32)
        return counts, indices, weight[order] * self.idf[indices]


def _features_from(names: str, idf: NDArray[np.float32]) -> FrequentFeatures:
    return FrequentFeatures(names, idf, NameIndex.of(names.split("\n") if names else ()))


def _stretches(
    starts: NDArray[np.intp], sizes: NDArray[np.intp], chosen: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return the places of the stretches that are chosen, one after another."""
    lengths = sizes[chosen]
    before = np.cumsum(lengths) - lengths
    places: NDArray[np.intp] = np.arange(lengths.sum()) + np.repeat(starts[chosen] - before, lengths)
    return places


@dataclass(frozen=True, slots=True)
class FirstPass:
    """Multinomial logistic regression over named features, one sentence at a time."""

    features: FrequentFeatures
    classes: tuple[str, ...]
    """Class ids in the order of the score columns, sorted."""
    coef: NDArray[np.float32]
    """Of shape (n_features, n_classes)."""
    intercept: NDArray[np.float32]

    def log_scores(self, articles: Iterable[Sequence[Sample]]) -> NDArray[np.float32]:
        """Return log-probabilities of the samples of all articles, shape (n_samples, n_classes)."""
        return self.log_scores_of_matrix(self.features.transform(articles))

    def log_scores_of_matrix(self, matrix: csr_array) -> NDArray[np.float32]:
        """Return log-probabilities of features that are numbered already."""
        return log_softmax(matrix @ self.coef + self.intercept)
