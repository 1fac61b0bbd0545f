"""The command `sourcemark report`."""

from pathlib import Path

import click


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--time", metavar="COLUMN", help="A kept column with dates: show the labels over time.")
@click.option("--by", metavar="COLUMN", help="A kept column, such as the outlet, to group articles by.")
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where the model is that labelled it, if it is one of your own.",
)
def report(out: Path, time: str | None, by: str | None, model: Path | None) -> None:
    """Write a page with plots about the labelled archive OUT, and the tables behind them as CSV.

    OUT is the folder that `sourcemark archive` wrote, finished or not; the page is OUT/report/index.html. It
    needs no network, and nothing beside it. A column is kept with `sourcemark archive --keep COLUMN`.
    """
    try:
        from sourcemark.archive.report.page import write_report
    except ImportError as error:
        raise click.ClickException(
            f"A report needs {error.name}, which is not installed: pip install 'sourcemark[archive]'."
        ) from error
    written = write_report(out, by, time, model)
    click.echo(f"Wrote {written.page}: {written.sentences:,} sentences of {written.articles:,} articles.")
    if not written.done:
        click.echo("The archive is not finished; the report is about what is there.")
    if written.unlike:
        click.echo(
            "This archive looks unlike the articles that the model was made for: expect more wrong marks. "
            "The page says what differs."
        )
