"""Measure a trained model, draw its figures and write it with its manifest, its reference and the card."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sourcemark.evaluation import evaluate
from sourcemark.labeler import Labeler
from sourcemark.model import artifact, card
from sourcemark.model.corpus import AnnotatedArticle, read_corpus
from sourcemark.model.likeness import write_reference
from sourcemark.model.manifest import id_of, read_manifest
from sourcemark.resources import folder
from sourcemark.training.failures import known_failures
from sourcemark.training.figures import draw
from sourcemark.training.models import Trained


def write_report(
    trained: Trained, out: Path, dev: str | None, dev_articles: Sequence[AnnotatedArticle]
) -> dict[str, Any]:
    """Write the model's files, its reference, the card and its figures to a folder; return the manifest.

    `dev` is the name under which the figures of `dev_articles` are kept.
    """
    manifest = trained.manifest
    labeler = Labeler.of(artifact.Model(trained.pipeline, manifest))
    if dev is not None:
        manifest["metrics"][dev] = evaluate(labeler, dev_articles, names_swapped=True)
    seeds = read_corpus(folder("seeds") / "articles.jsonl")
    labelled = labeler.label_many([annotated.article for annotated in seeds])
    manifest["known_failures"] = known_failures(zip(seeds, labelled, strict=True))
    name, figures = manifest["name"], manifest["metrics"]["held_out"]
    drawn = draw(out / "figures", name, trained.held_out, figures, manifest.get("learning_curve", ()))
    manifest["figures"] = [path.name for path in drawn]
    manifest = artifact.save_model(out, trained.pipeline, manifest, trained.encoder)
    manifests = manifests_in(out)
    write_reference(out, id_of(manifest), trained.reference, map(id_of, manifests))
    (out / "CARD.md").write_text(card.render(*manifests), encoding="utf-8")
    return manifest


def manifests_in(folder: Path) -> list[dict[str, Any]]:
    """Return the manifests of the models in a folder, the shipped ones' order first."""
    return [
        read_manifest(folder / f"{name}.json")
        for name in artifact.SHIPPED.values()
        if (folder / f"{name}.json").is_file()
    ]
