"""The second pass: a sentence's scores beside those of its neighbours and of its speaker's other sentences.

What a sentence cannot tell by itself, others often do: who a surname belongs to, whether a quotation goes on.
Stacking over sequence neighbours follows Cohen and Carvalho 2005 (https://www.ijcai.org/Proceedings/05/Papers/1378.pdf).
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sourcemark.model.context import LINKS, Context
from sourcemark.model.softmax import log_softmax

_STEPS = (-3, -2, -1, 1, 2, 3)
_MOST_COUNTED = 5

Layers: TypeAlias = tuple[
    tuple[NDArray[np.float32], NDArray[np.float32]], tuple[NDArray[np.float32], NDArray[np.float32]]
]
"""Weights and bias of a perceptron's hidden and of its last layer."""


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


@dataclass(frozen=True, slots=True)
class SecondPass:
    """The mean of small multilayer perceptrons over `with_context`, fitted on scores of held-out articles.

    Fitted by log loss on scores from models that never saw the article, its probabilities are calibrated. See
    `sourcemark.training.fitting` for how.
    """

    classes: tuple[str, ...]
    """Class ids in the order of the score columns, sorted."""
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    """Inverse standard deviation of each column."""
    members: tuple[Layers, ...]

    def scores(self, seen: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return probabilities, shape (n_samples, n_classes); rows sum to 1."""
        columns = scaled(seen, self.mean, self.scale)
        total = np.zeros((len(columns), len(self.classes)))
        for (inner, inner_bias), (outer, outer_bias) in self.members:
            hidden = np.maximum(columns @ inner + inner_bias, 0)
            total += np.exp(log_softmax(hidden @ outer + outer_bias))
        shares: NDArray[np.float64] = total / total.sum(axis=1, keepdims=True)
        return shares


def scaled(
    seen: NDArray[np.float32], mean: NDArray[np.float32], scale: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return columns of mean 0 and deviation 1; an unusual article must not throw the perceptrons off."""
    bounded: NDArray[np.float32] = np.clip((seen - mean) * scale, -5, 5)
    return bounded
