"""Scores to log-probabilities, without overflow."""

import numpy as np
from numpy.typing import NDArray

LEAST = np.float32(-12.0)
"""Least log-probability that is told apart; one that underflowed must not reach anything as -inf."""


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the log-probabilities of rows of scores, none below `LEAST`."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    bounded: NDArray[np.float32] = np.maximum(logs, LEAST).astype(np.float32)
    return bounded
