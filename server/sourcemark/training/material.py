"""What the first pass is fitted on: the sentences of a corpus and, where there are some, corrected ones."""

from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from sourcemark.model.classifier import FirstPass, FrequentFeatures
from sourcemark.training.corrected import Corrected, sentence_digests
from sourcemark.training.fitting import fit_first_pass
from sourcemark.training.samples import Samples


@dataclass(frozen=True)
class Material:
    """Sentences with their features numbered."""

    samples: Samples
    corrected: Corrected | None
    features: FrequentFeatures

    @classmethod
    def of(cls, samples: Samples, corrected: Corrected | None) -> Self:
        """Number the features of the sentences that are to be learnt."""
        described = samples.features
        if corrected is not None and corrected.learnt:
            described = described + list(compress(corrected.features, corrected.to_learn()))
        return cls(samples, corrected, FrequentFeatures.of(described))

    @cached_property
    def matrix(self) -> csr_array:
        """The corpus's features, shape (n_sentences, n_features)."""
        return self.features.transform([self.samples.features])

    @cached_property
    def of_corrected(self) -> csr_array:
        """The same of all sentences read of the corrections, as they are scored; no rows without any."""
        return self.features.transform([] if self.corrected is None else [self.corrected.samples.features])

    @cached_property
    def to_learn(self) -> csr_array:
        """The same of what can be learnt of them."""
        return self.features.transform([] if self.corrected is None else [self.corrected.features])

    def fit(self, rest: NDArray[np.bool_], chosen: NDArray[np.bool_] | None = None) -> FirstPass:
        """Fit the first pass on some of the sentences, and on corrections.

        `rest` of shape (n_sentences,); `chosen`, of shape (n_corrections,), left out for all of them. A
        correction that has a sentence in common with the sentences that are not in `rest` is left out too.
        """
        matrix, labels = self.matrix[rest], self.samples.labels[rest]
        if self.corrected is None or not self.corrected.learnt:
            return fit_first_pass(self.features, matrix, labels)
        apart = self.corrected.apart_from(sentence_digests(self.samples, ~rest))
        learnt = self.corrected.to_learn(apart if chosen is None else apart & chosen)
        weights = np.concatenate([np.ones(len(labels)), self.corrected.weights[learnt]])
        return fit_first_pass(
            self.features,
            # the solvers refuse other indices than 32-bit ones, which this keeps
            vstack([matrix, self.to_learn[learnt]], format="csr"),
            np.concatenate([labels, self.corrected.samples.labels[learnt]]),
            weights=weights,
        )
