"""Tell what more training articles would give, from what fewer give."""

import numpy as np

from sourcemark.model import confusion
from sourcemark.training.corrected import Corrected
from sourcemark.training.fitting import Perceptrons
from sourcemark.training.held_out import as_shown, thresholds_for
from sourcemark.training.passes import fit_first, fit_second
from sourcemark.training.samples import Progress, Samples

_STRIDES = (16, 8, 4, 2)
_FEWEST = 100
"""Articles below which a point says more about which they are than about how many."""


def learning_curve(
    samples: Samples, how: Perceptrons, progress: Progress, corrected: Corrected | None = None
) -> list[tuple[int, float]]:
    """Return numbers of articles and the macro-F1 that training on so few leads to, fewest first.

    Each point is measured as `held_out` is, on articles held out from the training. The last one, all
    articles, is what the training itself measured and not repeated here. Corrections are
    learnt at each point.
    """
    points = []
    for stride in _STRIDES:
        chosen = samples.of(samples.articles % stride == 0)
        count = len(np.unique(chosen.articles))
        if count >= _FEWEST:
            points.append((count, _macro_f1(chosen, how, progress, corrected)))
    return points


def _macro_f1(samples: Samples, how: Perceptrons, progress: Progress, corrected: Corrected | None) -> float:
    log_scores = fit_first(samples, progress, corrected).log_scores
    _, scores = fit_second(samples, log_scores, progress, how)
    shown = as_shown(samples, scores, thresholds_for(samples, scores))
    table = confusion.tabulate((sentence.gold, sentence.shown) for sentence in shown)
    return round(float(confusion.macro_f1(table)), 4)
