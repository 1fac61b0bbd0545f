"""The command `sourcemark token`: make, list and revoke the tokens of a service that others can reach."""

from datetime import UTC, datetime
import os

import click

from sourcemark.settings import Settings, state_folder
from sourcemark.web.tokens import Issued, Tokens


@click.group()
def token() -> None:
    """Let others use this service: make a token for each, list them, take one back.

    For `sourcemark serve --share` and `--public`. Nobody on this computer needs one.
    """


@token.command()
@click.option("--note", required=True, help="Whom the token is for, in a few words; shown by `token list`.")
@click.option(
    "--days", type=click.IntRange(1, 3660), default=90, show_default=True, help="Days that the token holds."
)
def new(note: str, days: int) -> None:
    """Make a token and show it, once: it is kept nowhere."""
    made = _tokens().new(days, note)
    click.echo("Copy the token now; it is not shown again. It goes into the extension's options.", err=True)
    click.echo(made)


@token.command("list")
def list_tokens() -> None:
    """Show the id, the end and the note of every token."""
    tokens = _tokens()
    for each in tokens.all():
        click.echo(f"{each.id}  {_date(each)}  {_state(tokens, each):8}{each.note}")


@token.command()
@click.argument("id")
def revoke(id: str) -> None:
    """Let the token with this ID hold no longer, at once. `token list` shows the ids."""
    _tokens().revoke(id)
    click.echo(f"The token {id} is revoked.")


def _tokens() -> Tokens:
    return Tokens(state_folder(Settings.from_environment(os.environ), os.environ))


def _date(issued: Issued) -> str:
    return datetime.fromtimestamp(issued.ends, UTC).date().isoformat()


def _state(tokens: Tokens, issued: Issued) -> str:
    if issued.revoked:
        return "revoked"
    return "holds" if tokens.holds(issued) else "expired"
