"""The command line: what every command has in common, and their list."""

import errno
from typing import Any

import click
import msgspec

from sourcemark.archive.errors import ArchiveError
from sourcemark.archive.inputs.options import InputError
from sourcemark.archive.report.errors import ReportError
from sourcemark.commands.archive import archive
from sourcemark.commands.corrections import corrections
from sourcemark.commands.doctor import doctor
from sourcemark.commands.evaluate import evaluate
from sourcemark.commands.label import label
from sourcemark.commands.report import report
from sourcemark.commands.service import serve, workshop
from sourcemark.commands.token import token
from sourcemark.commands.training import train
from sourcemark.corrections.errors import CorrectionsError
from sourcemark.model.corpus import CorpusError
from sourcemark.model.manifest import ModelError
from sourcemark.settings import SettingsError
from sourcemark.text.extract import ExtractError
from sourcemark.web.problems import ProblemError
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


for command in (serve, workshop, token, corrections, label, archive, report, train, evaluate, doctor):
    main.add_command(command)
