"""Train a model from a corpus: the passes, the thresholds, and the facts for its manifest."""

from dataclasses import dataclass
import hashlib
from pathlib import Path
import platform
from typing import Any

import numpy as np
from numpy.typing import NDArray
import sklearn

from sourcemark.labels import LABEL_IDS
from sourcemark.model.artifact import CAREFUL, FAST, SHIPPED
from sourcemark.model.classifier import FirstPass
from sourcemark.model.corpus import CorpusError, read_corpus
from sourcemark.model.metrics import ScoredSentence, measure
from sourcemark.model.pipeline import Pipeline
from sourcemark.training.fitting import Perceptrons
from sourcemark.training.held_out import as_shown, thresholds_for
from sourcemark.training.learning_curve import learning_curve
from sourcemark.training.passes import fit_first, fit_second, fold_of, scores_of_unknown_outlets
from sourcemark.training.samples import Progress, Samples, encode, missing_labels, read_samples

SECOND_PASS = {FAST: Perceptrons(), CAREFUL: Perceptrons(steps=600, alpha=6.0)}
"""How the second pass of each model is fitted; the careful model's has a fifth of the articles."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted pipeline, its encoder's file, and the facts that its manifest records."""

    pipeline: Pipeline
    manifest: dict[str, Any]
    held_out: list[ScoredSentence]
    """Sentences of articles that were held out, as the model would have shown them."""
    encoder: bytes | None = None


def train(corpus: Path, version: str, progress: Progress, encoder: bytes | None = None) -> Trained:
    """Train the fast model, or, given a trained encoder (an ONNX file's content), the careful one.

    The same corpus, encoder and versions give the same model. What is learnt from scores, the second pass
    and the thresholds, is learnt from those of articles held out. For the careful model that is fold 0 (see
    `fold_of`), which the encoder has not seen. Raises CorpusError.
    """
    samples = read_samples(read_corpus(corpus), progress)
    missing = missing_labels(samples.labels)
    if missing:
        raise CorpusError(f"The corpus {corpus} has no sentence labelled {', '.join(missing)}.")
    manifest: dict[str, Any] = {
        "name": SHIPPED[FAST if encoder is None else CAREFUL],
        "version": version,
        "labels": list(LABEL_IDS),
        "versions": {"python": platform.python_version(), "scikit-learn": sklearn.__version__},
        "training_data": {
            "name": corpus.name,
            "sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
            "articles": int(samples.articles.max()) + 1,
            "sentences": int(samples.usable.sum()),
        },
        "licence": "MIT",
    }
    first, log_scores = fit_first(samples, progress)
    if encoder is None:
        return _train_fast(samples, first, log_scores, manifest, progress)
    return _train_careful(samples, first, log_scores, manifest, encoder, progress)


def _train_fast(
    samples: Samples,
    first: FirstPass,
    log_scores: NDArray[np.float32],
    manifest: dict[str, Any],
    progress: Progress,
) -> Trained:
    second, scores = fit_second(samples, log_scores, progress, SECOND_PASS[FAST])
    thresholds = thresholds_for(samples, scores)
    held_out = as_shown(samples, scores, thresholds)
    unknown = scores_of_unknown_outlets(samples, first.features, log_scores, progress, SECOND_PASS[FAST])
    metrics = measure(held_out)
    if unknown is not None:
        metrics["outlet_held_out"] = measure(as_shown(samples, unknown, thresholds))
    articles = manifest["training_data"]["articles"]
    smaller = learning_curve(samples, SECOND_PASS[FAST], progress)
    manifest |= {
        "thresholds": thresholds,
        "metrics": {"held_out": metrics},
        "learning_curve": [*smaller, (articles, metrics["macro_f1"])],
    }
    return Trained(Pipeline(first, second), manifest, held_out)


def _train_careful(
    samples: Samples,
    first: FirstPass,
    log_scores: NDArray[np.float32],
    manifest: dict[str, Any],
    encoder: bytes,
    progress: Progress,
) -> Trained:
    # imported here: the fast model is trained without onnxruntime
    from sourcemark.model.encoder import Encoder

    opened = Encoder.of(encoder)
    unseen = fold_of(samples.articles) == 0
    samples, log_scores = samples.of(unseen), log_scores[unseen]
    log_scores = np.hstack([log_scores, encode(samples, opened, progress)])
    second, scores = fit_second(samples, log_scores, progress, SECOND_PASS[CAREFUL])
    thresholds = thresholds_for(samples, scores)
    held_out = as_shown(samples, scores, thresholds)
    manifest |= {"thresholds": thresholds, "metrics": {"held_out": measure(held_out)}}
    return Trained(Pipeline(first, second, opened), manifest, held_out, encoder)
