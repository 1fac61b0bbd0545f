"""Write down what a shipped model does with articles like those it was made for: numbers, no text.

`python -m sourcemark.training.reference CORPUS --model fast` fits the model's second pass as `sourcemark
train` does, with articles held out, and puts the bins of the held-out sentences into models/reference.json;
see sourcemark.model.likeness. CORPUS must be the one that the model was trained on.
"""

import hashlib
from pathlib import Path

import click
import numpy as np

from sourcemark.labels import SCORE_IDS
from sourcemark.model.artifact import CAREFUL, FAST, SHIPPED, Model, load_model
from sourcemark.model.confusion import SHOWN
from sourcemark.model.corpus import CorpusError, read_corpus
from sourcemark.model.decision import decide
from sourcemark.model.likeness import FILE, Reference, bins_of, with_reference
from sourcemark.resources import folder
from sourcemark.training.models import SECOND_PASS
from sourcemark.training.passes import fit_first, fit_second, fold_of
from sourcemark.training.samples import Progress, encode, read_samples


def reference_of(model: Model, corpus: Path, progress: Progress) -> Reference:
    """Return the reference of a model, from the articles of its corpus that were held out.

    Raises CorpusError where it is not the model's corpus.
    """
    if hashlib.sha256(corpus.read_bytes()).hexdigest() != model.manifest["training_data"]["sha256"]:
        raise CorpusError(f"{corpus} is not the corpus that the model {model.name} was trained on.")
    samples = read_samples(read_corpus(corpus), progress)
    log_scores = fit_first(samples, progress).log_scores
    encoder = model.pipeline.encoder
    if encoder is not None:
        unseen = fold_of(samples.articles) == 0
        samples, log_scores = samples.of(unseen), log_scores[unseen]
        log_scores = np.hstack([log_scores, encode(samples, encoder, progress)])
    how = SECOND_PASS[FAST if encoder is None else CAREFUL]
    _, scores = fit_second(samples, log_scores, progress, how)
    spans = [annotated.span if annotated is not None else None for _, annotated in samples.annotated]
    known = np.array([span is not None for span in spans])
    lengths = np.array([span.end - span.start for span in spans if span is not None])
    decisions = (decide(dict(zip(SCORE_IDS, row, strict=True)), model.thresholds) for row in scores[known])
    shown = np.array([SHOWN.index(each.label or each.state) for each in decisions])
    bins = bins_of(scores[known].max(axis=1), shown, lengths)
    return Reference(len(np.unique(samples.articles)), len(shown), bins)


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--model", type=click.Choice(list(SHIPPED)), default=FAST, show_default=True)
def main(corpus: Path, model: str) -> None:
    """Write the reference of a shipped model into models/reference.json."""
    loaded = load_model(model)
    reference = reference_of(loaded, corpus, lambda stage, done, whole: None)
    path = folder("models") / FILE
    path.write_bytes(with_reference(path.read_bytes() if path.exists() else None, loaded.id, reference))
    click.echo(f"Wrote the reference of {loaded.name} ({reference.sentences:,} sentences) into {path}.")


if __name__ == "__main__":
    main()
