"""Fit the passes with scikit-learn, and keep of them what labelling needs."""

from dataclasses import dataclass
from typing import TypeAlias
import warnings

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from sourcemark.model.classifier import FirstPass, FrequentFeatures
from sourcemark.model.second_pass import Layers, SecondPass, scaled

_C = 0.005
"""Inverse strength of the first pass's l2 penalty."""
_MOST_ITERATIONS = 500
_BATCH = 256
_MOST_EPOCHS = 50


def fit_first_pass(
    features: FrequentFeatures,
    matrix: csr_array,
    labels: NDArray[np.str_],
    C: float = _C,
    weights: NDArray[np.float64] | None = None,
) -> FirstPass:
    """Fit multinomial logistic regression on features that are numbered already.

    `matrix` of shape (n_samples, n_features), `labels` and `weights` of shape (n_samples,); without weights
    all samples count alike.
    """
    linear = LogisticRegression(C=C, max_iter=_MOST_ITERATIONS, tol=1e-3).fit(matrix, labels, weights)
    # 32 bits: half the file, and the same decisions
    return FirstPass(
        features,
        tuple(linear.classes_.tolist()),
        np.ascontiguousarray(linear.coef_.T, dtype=np.float32),
        linear.intercept_.astype(np.float32),
    )


Scaling: TypeAlias = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Mean and inverse standard deviation of each column that the second pass sees."""


@dataclass(frozen=True, slots=True)
class Perceptrons:
    """How the second pass is fitted."""

    steps: int = 1_600
    """Batches to learn from, in whole passes over the samples, fifty at most."""
    alpha: float = 1.0
    """Strength of the l2 penalty."""
    hidden: int = 32
    """Width of the one hidden layer."""
    members: int = 3
    """Perceptrons, from different starts."""
    partitions: int = 0
    """Ways of cutting the articles into folds: those fitted with a fold left out are kept, of every way.

    With none, there is one way to score what is held out, and those kept are fitted on everything.
    """
    start: int = 0
    """Number of a training whose perceptrons all start otherwise than those of any other number."""


def fit_second_pass(
    seen: NDArray[np.float32], labels: NDArray[np.str_], how: Perceptrons, scaling: Scaling | None = None
) -> SecondPass:
    """Fit multilayer perceptrons from different starts.

    `seen` of shape (n_samples, n_columns), as `sourcemark.model.second_pass.with_context` returns it;
    `labels` of shape (n_samples,). `scaling` is that of these samples unless it is given.
    """
    mean, scale = scaling or scaling_of(seen)
    columns = scaled(seen, mean, scale)
    batch = min(_BATCH, len(seen))
    fitted = []
    for member in range(how.members):
        network = MLPClassifier(
            (how.hidden,),
            alpha=how.alpha,
            batch_size=batch,
            max_iter=min(_MOST_EPOCHS, max(1, round(how.steps * batch / len(seen)))),
            n_iter_no_change=how.steps,
            random_state=how.start * how.members + member,
        )
        # in several threads such small sums take five times as long
        with threadpool_limits(1), warnings.catch_warnings():
            # the steps are a choice, not a bound that was not enough
            warnings.simplefilter("ignore", ConvergenceWarning)
            network.fit(columns, labels)
        fitted.append(network)
    return SecondPass(
        tuple(fitted[0].classes_.tolist()),
        mean,
        scale,
        tuple(map(_layers, fitted)),
    )


def scaling_of(seen: NDArray[np.float32]) -> Scaling:
    """Return how samples of shape (n_samples, n_columns) get mean 0 and deviation 1."""
    return seen.mean(axis=0), 1 / (seen.std(axis=0) + np.float32(1e-6))


def _layers(network: MLPClassifier) -> Layers:
    hidden, last = (
        (weights.astype(np.float32), bias.astype(np.float32))
        for weights, bias in zip(network.coefs_, network.intercepts_, strict=True)
    )
    return hidden, last
