"""The command `sourcemark evaluate`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from sourcemark.evaluation import evaluate as evaluate_labeler
from sourcemark.labeler import Labeler
from sourcemark.model import tables
from sourcemark.model.corpus import read_corpus
from sourcemark.settings import chosen_settings, help_of


@click.command()
@click.argument("corpus", type=Path)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--names-swapped", is_flag=True, help="Measure it with invented names for all people too.")
@click.option("--model", help=help_of("model"))
def evaluate(corpus: Path, as_json: bool, names_swapped: bool, model: str | None) -> None:
    """Measure the model on CORPUS, annotated articles as JSON lines."""
    labeler = Labeler.load(chosen_settings(model=model).model)
    measured = evaluate_labeler(labeler, read_corpus(corpus), names_swapped)
    figures = {"model": labeler.model.id, "corpus": corpus.name, **measured}
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(figures)))
        return
    click.echo(tables.figures_table(figures))
    if names_swapped:
        click.echo(f"\n{_swapped(figures['names_swapped'])}")


def _swapped(figures: Mapping[str, Any]) -> str:
    flips, of_marks = (100 * (figures[name] or 0) for name in ("flips", "flips_of_marks"))
    return (
        f"With invented names for the people of {figures['articles_changed']} of {figures['articles']} "
        f"articles, {flips:.1f} % of the sentences are shown differently ({of_marks:.1f} % of the marked "
        "ones).\n\n"
        f"{tables.figures_table(figures)}"
    )
