"""The command line: `sourcemark serve | token | workshop | corrections | label | archive | report | …`."""

from collections.abc import Mapping
import errno
from pathlib import Path
import sys
from typing import Any, BinaryIO

import click
import msgspec

from sourcemark import terminal
from sourcemark.archive.errors import ArchiveError
from sourcemark.archive.inputs.options import InputError
from sourcemark.archive.report.errors import ReportError
from sourcemark.archive_commands import archive
from sourcemark.corrections.errors import CorrectionsError
from sourcemark.corrections_commands import corrections
from sourcemark.doctor import examine
from sourcemark.evaluation import evaluate as evaluate_labeler
from sourcemark.labeler import Labeler
from sourcemark.model import tables
from sourcemark.model.corpus import CorpusError, read_corpus
from sourcemark.model.manifest import ModelError
from sourcemark.report_commands import report
from sourcemark.service_commands import PORT, serve, workshop
from sourcemark.settings import SettingsError, chosen_settings, help_of
from sourcemark.text.extract import ExtractError, is_html, paragraphs_of_html, paragraphs_of_text
from sourcemark.token_commands import token
from sourcemark.training_commands import train
from sourcemark.web import schemas
from sourcemark.web.answer import label_answer
from sourcemark.web.problems import ProblemError
from sourcemark.web.reading import read_label_request
from sourcemark.web.server import PortError
from sourcemark.web.tokens import TokenError
from sourcemark.workshop.errors import WorkshopError

_EXPECTED = (
    ArchiveError,
    CorpusError,
    CorrectionsError,
    ExtractError,
    FileNotFoundError,
    InputError,
    ModelError,
    PortError,
    ProblemError,
    ReportError,
    SettingsError,
    TokenError,
    WorkshopError,
    msgspec.ValidationError,
)
_MODEL_HELP = help_of("model")


class _Commands(click.Group):
    """Commands whose expected errors are sentences, never tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except _EXPECTED as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            # click itself knows what to do when nobody reads on
            if error.errno == errno.EPIPE:
                raise
            what = f"“{error.filename}”" if error.filename else "What is asked for"
            raise click.ClickException(
                f"{what} cannot be read or written ({error.strerror}). Choose another place, or make room "
                "there."
            ) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sourcemark")
def main() -> None:
    """Mark every sentence of a news article with who stands behind it.

    Official statement, anonymous claim or eyewitness quote: a label says who speaks, not whether it is
    true. Everything runs on this computer.
    """


for command in (serve, workshop, token, corrections, archive, report, train):
    main.add_command(command)


@main.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print the answer of POST /v1/label.")
@click.option("--model", help=_MODEL_HELP)
def label(file: BinaryIO, as_json: bool, model: str | None) -> None:
    """Label FILE, or standard input with `-`: text (a blank line ends a paragraph), an HTML page, or JSON
    as POST /v1/label takes it."""
    request = _read_request(file.read())
    labeler = Labeler.load(chosen_settings(model=model).model)
    blocks = [block.text for block in request.blocks]
    article = labeler.label(blocks, request.title)
    if as_json:
        about = schemas.Model(labeler.model.name, labeler.model.version, labeler.model.id)
        answer = msgspec.json.encode(label_answer(request, article, about))
        click.echo(msgspec.json.format(answer))
    else:
        click.echo("\n".join(terminal.reading_view(blocks, article)))


def _read_request(content: bytes) -> schemas.LabelRequest:
    if content.lstrip()[:1] == b"{":
        return read_label_request(content, chosen_settings())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExtractError(f"The file is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    paragraphs = paragraphs_of_html(text) if is_html(text) else paragraphs_of_text(text)
    if not paragraphs:
        raise ExtractError("There is no text to label.")
    blocks = [schemas.Block(f"p{number}", text) for number, text in enumerate(paragraphs, start=1)]
    return schemas.LabelRequest(blocks, offsets="code-point")


@main.command()
@click.argument("corpus", type=Path)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--names-swapped", is_flag=True, help="Measure it with invented names for all people too.")
@click.option("--model", help=_MODEL_HELP)
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


@main.command()
@click.option("--port", type=PORT, help=help_of("port"))
@click.option("--model", help=_MODEL_HELP)
def doctor(port: int | None, model: str | None) -> None:
    """Check this installation and say what to do where something is wrong."""
    findings = list(examine(chosen_settings(port=port, model=model)))
    for finding in findings:
        click.echo(f"{'fine   ' if finding.fine else 'problem'}  {finding.text}")
    sys.exit(0 if all(finding.fine for finding in findings) else 1)
