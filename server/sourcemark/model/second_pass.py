"""The second pass: a sentence's scores beside those of its neighbours and of its speaker's other sentences.

What a sentence cannot tell by itself, others often do: who a surname belongs to, whether a quotation goes on.
Stacking over sequence neighbours follows Cohen and Carvalho 2005 (https://www.ijcai.org/Proceedings/05/Papers/1378.pdf).
"""

from typing import Self
import warnings

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from sourcemark.model.context import LINKS, Context
from sourcemark.model.softmax import log_softmax

_STEPS = (-3, -2, -1, 1, 2, 3)
_MOST_COUNTED = 5
_BATCH = 256
_MOST_EPOCHS = 50


def with_context(log_scores: NDArray[np.float32], context: Context) -> NDArray[np.float32]:
    """Return what the second pass sees of each sentence.

    Parameters
    ----------
    log_scores : ndarray of shape (n_sentences, n_scores)
        Log-probabilities of one or more first passes, side by side.
    context : Context
        Of the same sentences.

    Returns
    -------
    ndarray of shape (n_sentences, n_columns)
    """
    scores = np.exp(log_scores)
    of_speaker = _of_others(scores, context.speaker)
    columns = [log_scores, scores, context.facts, of_speaker]
    columns += [_of_neighbours(scores, context, step) for step in _STEPS]
    columns += [_of_others(scores, context.block), _of_others(scores, context.article)]
    columns += [of_speaker[:, :-1] * (context.link == link)[:, None] for link in range(len(LINKS))]
    return np.hstack(columns, dtype=np.float32)


def _of_neighbours(scores: NDArray[np.float32], context: Context, step: int) -> NDArray[np.float32]:
    """Return the scores of the sentence `step` further; again, zero unless it stands in the same block."""
    n = len(scores)
    other = np.arange(n) + step
    inside = (other >= 0) & (other < n)
    other = np.where(inside, other, 0)
    inside &= context.article[other] == context.article
    same_block = inside & (context.block[other] == context.block)
    theirs = scores[other] * inside[:, None]
    return np.hstack([theirs, theirs * same_block[:, None], inside[:, None], same_block[:, None]])


def _of_others(scores: NDArray[np.float32], group: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the mean scores of the other sentences in a sentence's group, and how many there are.

    A negative group is none.
    """
    member = group >= 0
    group = np.where(member, group, 0)
    count = np.bincount(group, weights=member)[group] - member
    sums = np.stack([np.bincount(group, weights=column * member)[group] for column in scores.T], axis=1)
    means = (sums - scores) / np.maximum(count, 1)[:, None]
    present = member & (count > 0)
    return np.hstack([means, np.minimum(count, _MOST_COUNTED)[:, None]]) * present[:, None]


class SecondPass(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The mean of small multilayer perceptrons over `with_context`, fitted on scores of held-out articles.

    Fitted by log loss on scores from models that never saw the article, its probabilities are calibrated.

    Parameters
    ----------
    hidden : int, default=32
        Width of the one hidden layer.
    alpha : float, default=1
        Strength of the l2 penalty.
    steps : int, default=1600
        Batches to learn from, in whole passes over the samples, fifty at most.
    members : int, default=3
        Perceptrons, from different starts.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        Class ids in the order of the score columns, sorted.
    """

    def __init__(self, hidden: int = 32, alpha: float = 1.0, steps: int = 1600, members: int = 3) -> None:
        self.hidden = hidden
        self.alpha = alpha
        self.steps = steps
        self.members = members

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit on an array of shape (n_samples, n_columns) and n_samples class ids."""
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.neural_network import MLPClassifier

        X = np.asarray(X, dtype=np.float32)
        self.mean_ = X.mean(axis=0)
        self.scale_ = 1 / (X.std(axis=0) + np.float32(1e-6))
        scaled = self._scaled(X)
        self.layers_ = []
        batch = min(_BATCH, len(X))
        for member in range(self.members):
            network = MLPClassifier(
                (self.hidden,),
                alpha=self.alpha,
                batch_size=batch,
                max_iter=min(_MOST_EPOCHS, max(1, round(self.steps * batch / len(X)))),
                n_iter_no_change=self.steps,
                random_state=member,
            )
            with warnings.catch_warnings():
                # the steps are a choice, not a bound that was not enough
                warnings.simplefilter("ignore", ConvergenceWarning)
                network.fit(scaled, y)
            self.layers_.append(
                [
                    (weights.astype(np.float32), bias.astype(np.float32))
                    for weights, bias in zip(network.coefs_, network.intercepts_, strict=True)
                ]
            )
        self.classes_ = network.classes_
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return probabilities, shape (n_samples, n_classes); rows sum to 1."""
        check_is_fitted(self)
        scaled = self._scaled(np.asarray(X, dtype=np.float32))
        total = np.zeros((len(scaled), len(self.classes_)))
        for (inner, inner_bias), (outer, outer_bias) in self.layers_:
            hidden = np.maximum(scaled @ inner + inner_bias, 0)
            total += np.exp(log_softmax(hidden @ outer + outer_bias))
        shares: NDArray[np.float64] = total / total.sum(axis=1, keepdims=True)
        return shares

    def predict(self, X: ArrayLike) -> NDArray[np.str_]:
        """Return the class id of the highest score, shape (n_samples,)."""
        best: NDArray[np.str_] = self.classes_[self.predict_proba(X).argmax(axis=1)]
        return best

    def _scaled(self, X: NDArray[np.float32]) -> NDArray[np.float32]:
        # an unusual article must not throw the perceptrons off
        scaled: NDArray[np.float32] = np.clip((X - self.mean_) * self.scale_, -5, 5)
        return scaled
