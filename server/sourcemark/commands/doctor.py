"""The command `sourcemark doctor`."""

import sys

import click

from sourcemark.commands.service import PORT
from sourcemark.doctor import examine
from sourcemark.settings import chosen_settings, help_of


@click.command()
@click.option("--port", type=PORT, help=help_of("port"))
@click.option("--model", help=help_of("model"))
def doctor(port: int | None, model: str | None) -> None:
    """Check this installation and say what to do where something is wrong."""
    findings = list(examine(chosen_settings(port=port, model=model)))
    for finding in findings:
        click.echo(f"{'fine   ' if finding.fine else 'problem'}  {finding.text}")
    sys.exit(0 if all(finding.fine for finding in findings) else 1)
