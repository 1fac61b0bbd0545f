"""The commands `sourcemark corrections list | export | delete | purge`."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
import os
from textwrap import shorten
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from sourcemark.corrections.place import chosen_place
from sourcemark.settings import Settings, help_of, variable_of

if TYPE_CHECKING:
    from sourcemark.corrections.groups import Disputed
    from sourcemark.corrections.store import Store
    from sourcemark.corrections.summary import Summary

_WIDTH: Final = 90
_THIS_COMPUTER: Final = "this computer"


@click.group()
def corrections() -> None:
    """Look at the corrections that readers gave, export them for training, delete them.

    They are text that somebody read: who may see them, and for how long, is yours to decide.
    """


def _database(command: Callable[..., None]) -> Callable[..., None]:
    told = f"{help_of('corrections')} A password is better kept in {variable_of('corrections')}."
    return click.option("--database", metavar="PLACE", help=told)(command)


@corrections.command("list")
@_database
@click.option("--each", is_flag=True, help="Show every correction with its id, which `delete` takes.")
def list_corrections(database: str | None, each: bool) -> None:
    """Show how many there are, label by label, where contributors agree and where they contradict."""
    from sourcemark.corrections.groups import given, proposed
    from sourcemark.corrections.summary import summary_of

    with _store(database) as store:
        if each:
            for one in store.corrections():
                click.echo(
                    f"{one.id}  {one.day}  {one.contributor.number:>4}  {given(one):18} → "
                    f"{proposed(one):18}  {_short(one.sentence)}"
                )
            return
        summary = summary_of(store.corrections())
        click.echo("\n".join(_told(summary, str(store.place))))


@corrections.command()
@_database
@click.option(
    "-o", "--output", type=click.File("wb", lazy=True), default="-", help="File to write; else the terminal."
)
def export(database: str | None, output: BinaryIO) -> None:
    """Write them as JSON lines in the format of the corpus, for `sourcemark train --corrections`.

    One line for each sentence and label proposed, with the number of contributors. Where labels contradict,
    all of them are there, marked as contested and doubtful.
    """
    from sourcemark.corrections.export import encoded, lines

    with _store(database) as store:
        for line in lines(store.corrections()):
            output.write(encoded(line))


@corrections.command()
@_database
@click.argument("ids", nargs=-1, required=True)
def delete(database: str | None, ids: tuple[str, ...]) -> None:
    """Delete the corrections with these IDS. `list --each` shows them."""
    with _store(database) as store:
        deleted = store.delete(ids)
    missing = len(set(ids)) - deleted
    click.echo(f"Deleted {_counted(deleted, 'correction')}.")
    if missing:
        raise click.ClickException(
            f"{_counted(missing, 'id')} {'was' if missing == 1 else 'were'} of no correction. "
            "`sourcemark corrections list --each` shows the ids."
        )


@corrections.command()
@_database
@click.option(
    "--older-than", type=click.IntRange(0, 36_500), metavar="DAYS", help="Only those given before that."
)
@click.option(
    "--contributor", type=click.IntRange(1), metavar="NUMBER", help="Only one contributor's, as `list` shows."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def purge(database: str | None, older_than: int | None, contributor: int | None, yes: bool) -> None:
    """Delete many of them, or all, and leave none of their text in the file."""
    with _store(database) as store:
        if older_than is None and contributor is None and not yes:
            click.confirm(f"Delete all corrections in {store.place}?", abort=True)
        deleted = store.purge(older_than, contributor)
        click.echo(f"Deleted {_counted(deleted, 'correction')} in {store.place}.")


@contextmanager
def _store(database: str | None) -> Iterator["Store"]:
    # SQLAlchemy takes a second that no other command needs
    from sourcemark.corrections.store import Store

    place = chosen_place(Settings.from_environment(os.environ), os.environ, database)
    with closing(Store(place)) as store:
        yield store


def _told(summary: "Summary", place: str) -> Iterator[str]:
    if not summary.corrections:
        yield f"There are no corrections in {place}."
        return
    yield (
        f"{_counted(summary.corrections, 'correction')} of {_counted(summary.sentences, 'sentence')} by "
        f"{_counted(len(summary.contributors), 'contributor')}, in {place}"
    )
    yield from _table("given", "proposed", [(*pair, count) for pair, count in summary.pairs.most_common()])
    rows = [
        (f"contributor {number}", f"token {token}" if token else _THIS_COMPUTER, count)
        for (number, token), count in sorted(summary.contributors.items(), key=lambda each: each[0][0])
    ]
    yield from _table("who", "", rows)
    yield from _sentences("Proposed by several contributors", summary.agreed)
    yield from _sentences("Contradicting, none of them left out", summary.contested)


def _table(first: str, second: str, rows: list[Any]) -> Iterator[str]:
    yield f"\n{first:20}{second:20}corrections"
    for left, right, count in rows:
        yield f"{left:20}{right:20}{count:>11}"


def _sentences(title: str, disputed: list["Disputed"]) -> Iterator[str]:
    if disputed:
        yield f"\n{title}: {_counted(len(disputed), 'sentence')}"
    for each in disputed:
        yield f"  {_short(each.sentence)}"
        for proposal in each.proposals:
            yield f"    {len(proposal.corrections):>3} × {proposal.label}"


def _short(sentence: str) -> str:
    # others wrote it: no character of it may move the cursor
    return shorten(
        "".join(each if each.isprintable() else " " for each in sentence), _WIDTH, placeholder=" …"
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
