"""The command `sourcemark train`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from sourcemark.model import artifact
from sourcemark.model.corpus import AnnotatedArticle, read_corpus
from sourcemark.resources import folder

_PAGE: Final = "comparison.html"


@click.command()
@click.option("--corpus", type=Path, required=True, help="Annotated articles to train on, JSON lines.")
@click.option("--out", type=Path, help="Folder for the model, its manifest and the card.")
@click.option("--dev", type=Path, help="Annotated articles to report figures on; never trained on.")
@click.option(
    "--corrections",
    type=Path,
    multiple=True,
    metavar="FILE",
    help="Train on corrections too, a file of `sourcemark corrections export`; may be given several times.",
)
@click.option(
    "--compare",
    is_flag=True,
    help=f"Keep no model: train with and without the corrections, and write {_PAGE} to --out, or here.",
)
@click.option(
    "--model",
    type=click.Choice(list(artifact.SHIPPED)),
    default=artifact.FAST,
    show_default=True,
    help="Which of the two models to train.",
)
@click.option("--pretrained", type=Path, help="Careful only: folder with the weights to start from.")
@click.option("--work", type=Path, help="Careful only: folder for checkpoints; a training goes on from them.")
@click.option("--version", default="1.0.0", show_default=True, help="The model's version.")
@click.option("--pin", is_flag=True, help="Make it a shipped model: pin its digest in the package.")
def train(
    corpus: Path,
    out: Path | None,
    dev: Path | None,
    corrections: tuple[Path, ...],
    compare: bool,
    model: str,
    pretrained: Path | None,
    work: Path | None,
    version: str,
    pin: bool,
) -> None:
    """Train a model and write it with its manifest and card. The same corpus gives the same file.

    The careful model needs what `pip install 'sourcemark[train]'` installs, and a folder with the files
    model.safetensors and tokenizer.json of MiniLM-L6-H384-uncased. Its encoder is not trained on corrections.
    """
    if compare:
        out = _place_of_page(out, dev, corrections, pin)
    elif out is None:
        raise click.UsageError("Missing option '--out'.")
    if model == artifact.CAREFUL and (pretrained is None or work is None):
        raise click.UsageError("The careful model needs --pretrained and --work.")
    # a mistake in these is said before the training, which can take hours, and not after it
    dev_articles = read_corpus(dev) if dev is not None else []
    _check(corrections, dev_articles)
    encoders = None
    if pretrained is not None and work is not None and model == artifact.CAREFUL:
        from sourcemark.training.encoder import train_encoder

        encoders = train_encoder(read_corpus(corpus), pretrained, work, _show_progress)
    if compare:
        _compare(corpus, corrections, encoders.held_out if encoders is not None else None, out)
        return
    # training alone needs scikit-learn's solvers, torch and matplotlib
    from sourcemark.training.models import train as train_model
    from sourcemark.training.report import write_report

    trained = train_model(corpus, version, _show_progress, encoders, corrections, dev_articles)
    manifest = write_report(trained, out, dev.stem if dev is not None else None, dev_articles)
    if pin:
        artifact.pin(out, manifest["name"])
    size = manifest["bytes"] / 1e6
    click.echo(f"Wrote {out / manifest['name']}.joblib ({size:.1f} MB), its manifest and the card.")
    if corrections:
        click.echo(_learnt(manifest["corrections"]))


def _place_of_page(out: Path | None, dev: Path | None, corrections: tuple[Path, ...], pin: bool) -> Path:
    """Return where the page of a comparison goes, or refuse."""
    if not corrections:
        raise click.UsageError("--compare needs --corrections: there is nothing to compare without them.")
    if pin:
        raise click.UsageError(
            "--compare keeps no model, so there is none for --pin. Read the page first; then train again "
            "without --compare."
        )
    if dev is not None:
        raise click.UsageError(
            "--compare measures on the articles of --corpus, each held out in its turn. Leave --dev out."
        )
    place = out or Path()
    if place.resolve().is_relative_to(folder("models").resolve()):
        raise click.UsageError("--compare leaves the shipped models alone. Give another folder with --out.")
    return place


def _check(corrections: tuple[Path, ...], dev: Sequence[AnnotatedArticle]) -> None:
    """Raise CorpusError where nothing can be learnt from the corrections."""
    if corrections:
        from sourcemark.training.corrected import apart
        from sourcemark.training.correction_files import read_corrections
        from sourcemark.training.settling import settle

        apart(settle(read_corrections(corrections)).agreed, dev)


def _compare(corpus: Path, corrections: tuple[Path, ...], encoder: bytes | None, out: Path) -> None:
    # scikit-learn's solvers, as above
    from sourcemark.training.comparison import compare
    from sourcemark.training.comparison_page import render, verdicts

    comparison = compare(corpus, corrections, _show_progress, encoder)
    page = out / _PAGE
    out.mkdir(parents=True, exist_ok=True)
    page.write_text(render(comparison), encoding="utf-8")
    click.echo("\n".join(verdicts(comparison)))
    click.echo(f"Wrote {page}. No model was written or replaced.")


def _learnt(facts: dict[str, Any]) -> str:
    return (
        f"Learnt from {facts['learnt']} corrected sentences. Left out: {facts['contested']} contested, "
        f"{facts['also_in_dev']} that stand in --dev."
    )


def _show_progress(stage: str, done: int, whole: int) -> None:
    if 100 * done // whole == 100 * (done - 1) // whole:
        return
    end = "\n" if done == whole else ""
    click.echo(f"\r{stage}: {done} of {whole}{end}", nl=False, err=True)
