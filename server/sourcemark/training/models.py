"""Train a model from a corpus: the passes, the thresholds, and the facts for its manifest."""

from collections.abc import Sequence
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
from sourcemark.model.corpus import AnnotatedArticle, CorpusError, read_corpus
from sourcemark.model.likeness import Reference
from sourcemark.model.metrics import ScoredSentence, measure
from sourcemark.model.pipeline import Pipeline
from sourcemark.training.corrected import Corrected, apart, read_corrected
from sourcemark.training.correction_files import read_corrections
from sourcemark.training.fitting import Perceptrons
from sourcemark.training.held_out import as_shown, reference_of, thresholds_for
from sourcemark.training.learning_curve import learning_curve
from sourcemark.training.passes import (
    Encoders,
    fit_first,
    fit_second,
    fold_of,
    scores_of_unknown_outlets,
)
from sourcemark.training.samples import Progress, Samples, encode, missing_labels, read_samples
from sourcemark.training.settling import settle

SECOND_PASS = {FAST: Perceptrons(), CAREFUL: Perceptrons(steps=600, alpha=3.0, members=2, partitions=3)}
"""How the second pass of each model is fitted; the careful model's has a fifth of the articles."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted pipeline, its encoder's file, and the facts that its manifest records."""

    pipeline: Pipeline
    manifest: dict[str, Any]
    held_out: list[ScoredSentence]
    """Sentences of articles that were held out, as the model would have shown them."""
    reference: Reference
    """What it does with them, which other texts are compared with."""
    encoder: bytes | None = None


def train(
    corpus: Path,
    version: str,
    progress: Progress,
    encoders: Encoders | None = None,
    corrections: Sequence[Path] = (),
    apart_from: Sequence[AnnotatedArticle] = (),
) -> Trained:
    """Train the fast model, or, given trained encoders, the careful one.

    The same corpus, encoders and versions give the same model. What is learnt from scores, the second pass
    and the thresholds, is learnt from those of articles held out. For the careful model that is fold 0 (see
    `fold_of`), of which one encoder has seen nothing; the other goes into the model. The first pass learns
    from `corrections` too, files as sourcemark.training.correction_files reads them, but for those that have
    a sentence in common with the articles of `apart_from`. Raises CorpusError.
    """
    # a mistake in these is said before the corpus is read, which takes a while
    settled = settle(read_corrections(corrections)) if corrections else None
    samples = samples_of(corpus, progress)
    corrected = None
    manifest: dict[str, Any] = {
        "name": SHIPPED[FAST if encoders is None else CAREFUL],
        "version": version,
        "labels": list(LABEL_IDS),
        "versions": {"python": platform.python_version(), "scikit-learn": sklearn.__version__},
        "training_data": {
            **_file(corpus),
            "articles": int(samples.articles.max()) + 1,
            "sentences": int(samples.usable.sum()),
        },
        "licence": "MIT",
    }
    if settled is not None:
        kept = apart(settled.agreed, apart_from)
        corrected = read_corrected(kept, progress)
        manifest["corrections"] = {
            "files": [_file(path) for path in corrections],
            "learnt": len(kept),
            "contested": len(settled.contested),
            "also_in_dev": len(settled.agreed) - len(kept),
        }
    first, log_scores, _ = fit_first(samples, progress, corrected)
    if encoders is None:
        return _train_fast(samples, first, log_scores, manifest, progress, corrected)
    return _train_careful(samples, first, log_scores, manifest, encoders, progress)


def samples_of(corpus: Path, progress: Progress) -> Samples:
    """Read a corpus that has every label. Raises CorpusError."""
    samples = read_samples(read_corpus(corpus), progress)
    missing = missing_labels(samples.labels)
    if missing:
        raise CorpusError(f"The corpus {corpus} has no sentence labelled {', '.join(missing)}.")
    return samples


def _file(path: Path) -> dict[str, str]:
    return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _train_fast(
    samples: Samples,
    first: FirstPass,
    log_scores: NDArray[np.float32],
    manifest: dict[str, Any],
    progress: Progress,
    corrected: Corrected | None,
) -> Trained:
    second, scores = fit_second(samples, log_scores, progress, SECOND_PASS[FAST])
    thresholds = thresholds_for(samples, scores)
    held_out = as_shown(samples, scores, thresholds)
    unknown = scores_of_unknown_outlets(
        samples, first.features, log_scores, progress, SECOND_PASS[FAST], corrected
    )
    metrics = measure(held_out)
    if unknown is not None:
        metrics["outlet_held_out"] = measure(as_shown(samples, unknown, thresholds))
    articles = manifest["training_data"]["articles"]
    smaller = learning_curve(samples, SECOND_PASS[FAST], progress, corrected)
    manifest |= {
        "thresholds": thresholds,
        "metrics": {"held_out": metrics},
        "learning_curve": [*smaller, (articles, metrics["macro_f1"])],
    }
    reference = reference_of(samples, scores, thresholds)
    return Trained(Pipeline(first, second), manifest, held_out, reference)


def _train_careful(
    samples: Samples,
    first: FirstPass,
    log_scores: NDArray[np.float32],
    manifest: dict[str, Any],
    encoders: Encoders,
    progress: Progress,
) -> Trained:
    # imported here: the fast model is trained without onnxruntime
    from sourcemark.model.encoder import Encoder

    unseen = fold_of(samples.articles) == 0
    samples, log_scores = samples.of(unseen), log_scores[unseen]
    log_scores = np.hstack([log_scores, encode(samples, Encoder.of(encoders.held_out), progress)])
    second, scores = fit_second(samples, log_scores, progress, SECOND_PASS[CAREFUL])
    thresholds = thresholds_for(samples, scores)
    held_out = as_shown(samples, scores, thresholds)
    manifest |= {"thresholds": thresholds, "metrics": {"held_out": measure(held_out)}}
    reference = reference_of(samples, scores, thresholds)
    whole = Pipeline(first, second, Encoder.of(encoders.whole))
    return Trained(whole, manifest, held_out, reference, encoders.whole)
