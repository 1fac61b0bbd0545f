"""From readings to scores: the first pass, the encoder where there is one, and the second pass over both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sourcemark.attribution.reading import Reading
from sourcemark.budget import Budget
from sourcemark.labels import SCORE_IDS
from sourcemark.model.classifier import FirstPass
from sourcemark.model.context import Context, context_of
from sourcemark.model.features import describe
from sourcemark.model.second_pass import SecondPass, with_context

if TYPE_CHECKING:
    # onnxruntime is needed by the careful model alone
    from sourcemark.model.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The fitted parts of a model."""

    first: FirstPass
    second: SecondPass
    encoder: "Encoder | None" = None

    def encoded(self, readings: Sequence[Reading], budget: Budget | None = None) -> list[NDArray[np.float32]]:
        """Return what the encoder says of the sentences of each article.

        Shape (n_sentences, 4 * n_networks), or (n_sentences, 0) where there is no encoder. Where time runs
        out there are fewer rows: those of the article's first sentences.
        """
        if self.encoder is None:
            return [np.zeros((len(reading.sentences), 0), dtype=np.float32) for reading in readings]
        return [self.encoder.log_scores(reading, budget) for reading in readings]

    def scores(
        self, readings: Sequence[Reading], encoded: Sequence[NDArray[np.float32]]
    ) -> NDArray[np.float64]:
        """Return calibrated probabilities of every sentence of the articles, in order.

        `encoded` is what the encoder says of just these sentences.

        Shape (n_sentences, 4), columns as `SCORE_IDS`; rows sum to 1.
        """
        if not any(reading.sentences for reading in readings):
            return np.zeros((0, len(SCORE_IDS)))
        log_scores = self.first.log_scores(map(describe, readings))
        log_scores = np.hstack([log_scores, np.vstack(encoded)])
        context = Context.joined([context_of(reading) for reading in readings])
        return scores_of(self.second, with_context(log_scores, context))


def scores_of(second: SecondPass, seen: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the scores of a second pass with its columns as `SCORE_IDS`."""
    return second.scores(seen)[:, [second.classes.index(name) for name in SCORE_IDS]]
