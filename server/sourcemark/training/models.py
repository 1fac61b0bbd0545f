"""Train a model from a corpus: the passes, the thresholds, and the facts for its manifest."""

from dataclasses import dataclass
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import LABEL_IDS
from sourcemark.model.artifact import CAREFUL, FAST, SHIPPED, versions
from sourcemark.model.classifier import FirstPass
from sourcemark.model.corpus import CorpusError, read_corpus
from sourcemark.model.metrics import ScoredSentence, measure
from sourcemark.model.pipeline import Pipeline
from sourcemark.model.second_pass import SecondPass
from sourcemark.training.held_out import as_shown, thresholds_for
from sourcemark.training.learning_curve import learning_curve
from sourcemark.training.passes import fit_first, fit_second, fold_of, scores_of_unknown_outlets
from sourcemark.training.samples import Progress, Samples, encode, missing_labels, read_samples

if TYPE_CHECKING:
    # torch is needed to train the encoders alone
    from sourcemark.training.encoder import Encoders


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted pipeline, its encoder's file, and the facts that its manifest records."""

    pipeline: Pipeline
    manifest: dict[str, Any]
    held_out: list[ScoredSentence]
    """Sentences of articles that were held out, as the model would have shown them."""
    encoder: bytes | None = None


def train(corpus: Path, version: str, progress: Progress, encoders: "Encoders | None" = None) -> Trained:
    """Train the fast model, or, given trained encoders, the careful one.

    The same corpus, encoders and versions give the same model. What is learnt from scores, the second pass
    and the thresholds, is learnt from those of articles held out. For the careful model that is fold 0 (see
    `fold_of`), which the first of the two encoders has not seen. Raises CorpusError.
    """
    samples = read_samples(read_corpus(corpus), progress)
    missing = missing_labels(samples.labels)
    if missing:
        raise CorpusError(f"The corpus {corpus} has no sentence labelled {', '.join(missing)}.")
    manifest: dict[str, Any] = {
        "name": SHIPPED[FAST if encoders is None else CAREFUL],
        "version": version,
        "labels": list(LABEL_IDS),
        "versions": versions(),
        "training_data": {
            "name": corpus.name,
            "sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
            "articles": int(samples.articles.max()) + 1,
            "sentences": int(samples.usable.sum()),
        },
        "licence": "MIT",
    }
    first, log_scores = fit_first(samples, progress)
    if encoders is None:
        return _train_fast(samples, first, log_scores, manifest, progress)
    return _train_careful(samples, first, log_scores, manifest, encoders, progress)


def _train_fast(
    samples: Samples,
    first: FirstPass,
    log_scores: NDArray[np.float32],
    manifest: dict[str, Any],
    progress: Progress,
) -> Trained:
    second, scores = fit_second(samples, log_scores, progress, SecondPass())
    thresholds = thresholds_for(samples, scores)
    held_out = as_shown(samples, scores, thresholds)
    unknown = scores_of_unknown_outlets(samples, first.features_, log_scores, progress)
    metrics = measure(held_out)
    if unknown is not None:
        metrics["outlet_held_out"] = measure(as_shown(samples, unknown, thresholds))
    articles = manifest["training_data"]["articles"]
    manifest |= {
        "thresholds": thresholds,
        "metrics": {"held_out": metrics},
        "learning_curve": [*learning_curve(samples, progress), (articles, metrics["macro_f1"])],
    }
    return Trained(Pipeline(first, second), manifest, held_out)


def _train_careful(
    samples: Samples,
    first: FirstPass,
    log_scores: NDArray[np.float32],
    manifest: dict[str, Any],
    encoders: "Encoders",
    progress: Progress,
) -> Trained:
    # imported here: the fast model is trained without onnxruntime
    from sourcemark.model.encoder import Encoder

    unseen = fold_of(samples.articles) == 0
    samples, log_scores = samples.of(unseen), log_scores[unseen]
    log_scores = np.hstack([log_scores, encode(samples, Encoder.of(encoders.held_out), progress)])
    second, scores = fit_second(samples, log_scores, progress, SecondPass(steps=600))
    thresholds = thresholds_for(samples, scores)
    held_out = as_shown(samples, scores, thresholds)
    manifest |= {"thresholds": thresholds, "metrics": {"held_out": measure(held_out)}}
    pipeline = Pipeline(first, second, Encoder.of(encoders.final))
    return Trained(pipeline, manifest, held_out, encoders.final)
