"""Train a model: read the corpus, fit, calibrate and choose thresholds on held-out articles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
import hashlib
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.model_selection import GroupKFold

from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import read_article
from sourcemark.labels import LABEL_IDS, SCORE_IDS
from sourcemark.model.artifact import versions
from sourcemark.model.classifier import SourceClassifier
from sourcemark.model.corpus import AnnotatedArticle, CorpusError, best_overlap, read_corpus
from sourcemark.model.decision import choose_thresholds, decide
from sourcemark.model.features import describe
from sourcemark.model.metrics import ScoredSentence, measure

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with a stage in words, the steps done, and the steps in all."""

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Samples:
    """What the classifier is trained on; the three sequences run side by side, one item a sentence."""

    features: list[dict[str, float]]
    labels: NDArray[np.str_]
    groups: NDArray[np.int64]
    """Number of the article that a sentence comes from."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted classifier and the facts that its manifest records."""

    classifier: SourceClassifier
    manifest: dict[str, Any]


def train(corpus: Path, name: str, version: str, progress: Progress) -> Trained:
    """Train the model `name` on an annotated corpus.

    The same corpus and the same versions give the same model. Calibration and thresholds come from the
    scores of articles held out in cross-validation, grouped by article. Raises CorpusError.
    """
    samples = read_samples(read_corpus(corpus), progress)
    missing = set(SCORE_IDS) - set(samples.labels.tolist())
    if missing:
        raise CorpusError(f"The corpus {corpus} has no sentence labelled {', '.join(sorted(missing))}.")
    classifier = SourceClassifier()
    held_out = held_out_scores(classifier, samples, progress)
    progress("Fitting on all articles", 0, 1)
    classifier.fit(samples.features, samples.labels).calibrate(held_out, samples.labels)
    progress("Fitting on all articles", 1, 1)
    calibrated = classifier.calibration_.predict_proba(held_out)
    scores = calibrated[:, classifier.columns(SCORE_IDS)]
    thresholds = choose_thresholds(scores, samples.labels)
    manifest = {
        "name": name,
        "version": version,
        "labels": list(LABEL_IDS),
        "thresholds": thresholds,
        "versions": versions(),
        "training_data": {
            "name": corpus.name,
            "sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
            "articles": int(samples.groups.max()) + 1,
            "sentences": len(samples.labels),
        },
        "licence": "MIT",
        "metrics": {"held_out": measure(_scored(scores, samples.labels, thresholds))},
    }
    return Trained(classifier, manifest)


def read_samples(articles: Sequence[AnnotatedArticle], progress: Progress) -> Samples:
    """Read every article and pair each sentence's features with the annotated label."""
    lexicon = load_lexicon()
    features, labels, groups = [], [], []
    for number, annotated in enumerate(articles):
        reading = read_article(annotated.article, lexicon)
        gold = [sentence.span for sentence in annotated.sentences]
        for sentence, described in zip(reading.sentences, describe(reading), strict=True):
            index = best_overlap(sentence.span, gold)
            if index is not None:
                features.append(described)
                labels.append(annotated.sentences[index].label)
                groups.append(number)
        progress("Reading articles", number + 1, len(articles))
    return Samples(features, np.array(labels), np.array(groups))


def held_out_scores(
    classifier: SourceClassifier, samples: Samples, progress: Progress
) -> NDArray[np.float64]:
    """Return log scores of every sentence from a classifier that never saw its article.

    Shape (n_sentences, n_classes), columns as `classifier.classes_` once fitted. Raises CorpusError where
    the articles are too few for that.
    """
    scores = np.zeros((len(samples.labels), len(SCORE_IDS)))
    articles = len(set(samples.groups.tolist()))
    if articles < 2:
        raise CorpusError("One article is not enough to train on: another one must be held out from it.")
    folds = GroupKFold(min(FOLDS, articles))
    for number, (rest, held_out) in enumerate(folds.split(samples.labels, groups=samples.groups)):
        progress("Fitting with articles held out", number, folds.n_splits)
        fitted = clone(classifier).fit(_picked(samples.features, rest), samples.labels[rest])
        missing = set(SCORE_IDS) - set(fitted.classes_.tolist())
        if missing:
            raise CorpusError(
                f"Too few articles have a sentence labelled {', '.join(sorted(missing))}: with some of the "
                "articles held out none is left. Add articles that have one."
            )
        scores[held_out] = fitted.log_scores(_picked(samples.features, held_out))
    progress("Fitting with articles held out", folds.n_splits, folds.n_splits)
    return scores


def _picked(features: Sequence[dict[str, float]], indices: Iterable[int]) -> list[dict[str, float]]:
    return [features[index] for index in indices]


def _scored(
    scores: NDArray[np.float64], labels: NDArray[np.str_], thresholds: dict[str, float]
) -> list[ScoredSentence]:
    sentences = []
    for row, gold in zip(scores.tolist(), labels.tolist(), strict=True):
        by_label = dict(zip(SCORE_IDS, row, strict=True))
        decision = decide(by_label, thresholds)
        sentences.append(ScoredSentence(gold, decision.label or decision.state, by_label))
    return sentences
