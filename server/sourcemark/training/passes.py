"""Fit both passes, each on scores of articles held out from what came before it."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import SCORE_IDS
from sourcemark.model.classifier import FirstPass, FrequentFeatures
from sourcemark.model.corpus import CorpusError
from sourcemark.model.pipeline import scores_of
from sourcemark.model.second_pass import SecondPass, with_context
from sourcemark.training.corrected import Corrected
from sourcemark.training.fitting import Perceptrons, fit_second_pass, scaling_of
from sourcemark.training.folds import outlet_folds
from sourcemark.training.material import Material
from sourcemark.training.samples import Progress, Samples, missing_labels

FOLDS = 5


def fold_of(articles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the fold of each article number; those of fold 0 are held out from an encoder."""
    return articles % min(FOLDS, max(2, len(np.unique(articles))))


class Encoders(NamedTuple):
    """An encoder before and after it has learnt from every article, each as an ONNX file."""

    held_out: bytes
    """Has not seen the articles of fold 0. What is learnt from scores is learnt from its scores of those."""
    whole: bytes
    """The same, gone on with all articles: the one that is used."""


class FirstFit(NamedTuple):
    """The first pass fitted on everything, and what it says of what was held out from it."""

    fitted: FirstPass
    log_scores: NDArray[np.float32]
    """Of each sentence with its fold left out."""
    of_corrected: NDArray[np.float32]
    """Of each sentence read of the corrections, with their folds left out; no rows where there are none."""


def fit_first(samples: Samples, progress: Progress, corrected: Corrected | None = None) -> FirstFit:
    """Fit the first pass on all articles, and on the corrected sentences where there are some.

    A fold has some articles and some corrections; left out with it is each correction that has a sentence in
    common with its articles. Raises CorpusError where the articles are too few for that.
    """
    if len(np.unique(samples.articles)) < 2:
        raise CorpusError("One article is not enough to train on: another one must be held out from it.")
    material = Material.of(samples, corrected)
    fold = fold_of(samples.articles)
    folds = int(fold.max()) + 1
    own_fold, own_article = (
        (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
        if corrected is None
        else (corrected.groups % folds, corrected.samples.articles)
    )
    scores = np.zeros((len(fold), len(SCORE_IDS)), dtype=np.float32)
    of_corrected = np.zeros((len(own_article), len(SCORE_IDS)), dtype=np.float32)
    for number in range(folds):
        progress("Fitting with articles held out", number, folds)
        fitted = material.fit(_without(samples, fold, number), own_fold != number)
        scores[fold == number] = fitted.log_scores_of_matrix(material.matrix[fold == number])
        own = own_fold[own_article] == number
        of_corrected[own] = fitted.log_scores_of_matrix(material.of_corrected[own])
    progress("Fitting with articles held out", folds, folds)
    return FirstFit(material.fit(samples.usable), scores, of_corrected)


def fit_second(
    samples: Samples, log_scores: NDArray[np.float32], progress: Progress, how: Perceptrons
) -> tuple[SecondPass, NDArray[np.float64]]:
    """Fit the second pass on held-out log scores; return it, and scores with each fold left out."""
    seen = with_context(log_scores, samples.context)
    if how.partitions:
        return _fit_in_partitions(samples, seen, progress, how)
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


def _fit_in_partitions(
    samples: Samples, seen: NDArray[np.float32], progress: Progress, how: Perceptrons
) -> tuple[SecondPass, NDArray[np.float64]]:
    """Fit perceptrons with each fold of several partitions left out, and keep them all.

    Bagging over articles (Breiman 1996, https://doi.org/10.1007/BF00058655). The held-out scores of a
    sentence are those of the perceptrons that have not seen its article.
    """
    rank = np.unique(samples.articles, return_inverse=True)[1]
    scaling = scaling_of(seen[samples.usable])
    scores = np.zeros((len(seen), len(SCORE_IDS)))
    kept: list[SecondPass] = []
    for partition in range(how.partitions):
        fold = fold_of(np.random.default_rng(partition).permutation(rank.max() + 1)[rank])
        folds = int(fold.max()) + 1
        starting = replace(how, start=how.start * how.partitions + partition)
        for number in range(folds):
            progress("Fitting the second pass", partition * folds + number, how.partitions * folds)
            rest = _without(samples, fold, number)
            fitted = fit_second_pass(seen[rest], samples.labels[rest], starting, scaling)
            scores[fold == number] += scores_of(fitted, seen[fold == number]) / how.partitions
            kept.append(fitted)
    progress("Fitting the second pass", len(kept), len(kept))
    return replace(kept[0], members=tuple(member for each in kept for member in each.members)), scores


def scores_of_unknown_outlets(
    samples: Samples,
    features: FrequentFeatures,
    log_scores: NDArray[np.float32],
    progress: Progress,
    how: Perceptrons,
    corrected: Corrected | None = None,
) -> NDArray[np.float64] | None:
    """Return scores of each sentence from passes that never saw an article of its outlet.

    `features` number those of the samples; `log_scores` are those of articles held out, which the second
    passes are fitted on. Where corrections are from is not known: one of the outlet that has no sentence in
    common with its articles is learnt. None where the other outlets would not have every label.
    """
    folds = outlet_folds([article.outlet for article, _ in samples.annotated])
    if any(missing_labels(samples.labels[fold.train]) for fold in folds):
        return None
    material = Material(samples, corrected, features)
    scores = np.zeros((len(samples.labels), len(SCORE_IDS)))
    for number, fold in enumerate(folds):
        progress("Fitting with outlets held out", number, len(folds))
        rest = samples.usable.copy()
        rest[fold.test] = False
        first = material.fit(rest)
        seen = log_scores.copy()
        seen[fold.test] = first.log_scores_of_matrix(material.matrix[fold.test])
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
