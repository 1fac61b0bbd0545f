"""Fit both passes, each on scores of articles held out from what came before it."""

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import SCORE_IDS
from sourcemark.model.classifier import FirstPass, FrequentFeatures
from sourcemark.model.corpus import CorpusError
from sourcemark.model.pipeline import scores_of
from sourcemark.model.second_pass import SecondPass, with_context
from sourcemark.training.fitting import Perceptrons, fit_first_pass, fit_second_pass
from sourcemark.training.folds import outlet_folds
from sourcemark.training.samples import Progress, Samples, missing_labels

FOLDS = 5


def fold_of(articles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the fold of each article number; the encoder never sees those of fold 0."""
    return articles % min(FOLDS, max(2, len(np.unique(articles))))


def fit_first(samples: Samples, progress: Progress) -> tuple[FirstPass, NDArray[np.float32]]:
    """Fit the first pass on all articles; return it, and log scores of each sentence with its fold left out.

    Raises CorpusError where the articles are too few for that.
    """
    if len(np.unique(samples.articles)) < 2:
        raise CorpusError("One article is not enough to train on: another one must be held out from it.")
    features = FrequentFeatures.of(samples.features)
    matrix = features.transform(samples.features)
    fold = fold_of(samples.articles)
    scores = np.zeros((len(fold), len(SCORE_IDS)), dtype=np.float32)
    folds = int(fold.max()) + 1
    for number in range(folds):
        progress("Fitting with articles held out", number, folds)
        rest = _without(samples, fold, number)
        fitted = fit_first_pass(features, matrix[rest], samples.labels[rest])
        scores[fold == number] = fitted.log_scores_of_matrix(matrix[fold == number])
    progress("Fitting with articles held out", folds, folds)
    usable = samples.usable
    return fit_first_pass(features, matrix[usable], samples.labels[usable]), scores


def fit_second(
    samples: Samples, log_scores: NDArray[np.float32], progress: Progress, how: Perceptrons
) -> tuple[SecondPass, NDArray[np.float64]]:
    """Fit the second pass on held-out log scores; return it, and scores with each fold left out."""
    seen = with_context(log_scores, samples.context)
    # other folds than those of the first pass, so that no fold's scores are all of one fitted model
    rank = np.unique(samples.articles, return_inverse=True)[1]
    fold = fold_of(rank + rank // FOLDS)
    folds = int(fold.max()) + 1
    scores = np.zeros((len(seen), len(SCORE_IDS)))
    for number in range(folds):
        progress("Fitting the second pass", number, folds + 1)
        rest = _without(samples, fold, number)
        fitted = fit_second_pass(seen[rest], samples.labels[rest], how)
        scores[fold == number] = scores_of(fitted, seen[fold == number])
    fitted = fit_second_pass(seen[samples.usable], samples.labels[samples.usable], how)
    progress("Fitting the second pass", folds + 1, folds + 1)
    return fitted, scores


def scores_of_unknown_outlets(
    samples: Samples,
    features: FrequentFeatures,
    log_scores: NDArray[np.float32],
    progress: Progress,
    how: Perceptrons,
) -> NDArray[np.float64] | None:
    """Return scores of each sentence from passes that never saw an article of its outlet.

    `features` number those of the samples; `log_scores` are those of articles held out, which the second
    passes are fitted on. None where the other outlets would not have every label.
    """
    folds = outlet_folds([article.outlet for article, _ in samples.annotated])
    if any(missing_labels(samples.labels[fold.train]) for fold in folds):
        return None
    matrix = features.transform(samples.features)
    scores = np.zeros((len(samples.labels), len(SCORE_IDS)))
    for number, fold in enumerate(folds):
        progress("Fitting with outlets held out", number, len(folds))
        rest = fold.train[samples.usable[fold.train]]
        first = fit_first_pass(features, matrix[rest], samples.labels[rest])
        seen = log_scores.copy()
        seen[fold.test] = first.log_scores_of_matrix(matrix[fold.test])
        seen = with_context(seen, samples.context)
        second = fit_second_pass(seen[rest], samples.labels[rest], how)
        scores[fold.test] = scores_of(second, seen[fold.test])
    progress("Fitting with outlets held out", len(folds), len(folds))
    return scores


def _without(samples: Samples, fold: NDArray[np.int64], number: int) -> NDArray[np.bool_]:
    """Return which sentences to fit on with a fold left out; each label must be among them."""
    rest: NDArray[np.bool_] = samples.usable & (fold != number)
    missing = missing_labels(samples.labels[rest])
    if missing:
        raise CorpusError(
            f"Too few articles have a sentence labelled {', '.join(missing)}: with some of the "
            "articles held out none is left. Add articles that have one."
        )
    return rest
