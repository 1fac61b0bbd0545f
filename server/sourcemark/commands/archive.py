"""The command `sourcemark archive`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import signal
import sys
from typing import Any

import click

from sourcemark.archive.inputs.options import KINDS
from sourcemark.archive.parts import FORMS
from sourcemark.model.artifact import FAST, SHIPPED
from sourcemark.settings import help_of

_LOKY, _DASK = "loky", "dask"


class _Terminated(KeyboardInterrupt):
    """What a batch system does before it kills: to be met as Ctrl-C is."""


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="IN...")
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.option(
    "--as",
    "form",
    type=click.Choice(FORMS),
    default=FORMS[0],
    show_default=True,
    help="How the sentences are written.",
)
@click.option("--with-text", is_flag=True, help="Write the text of the sentences too.")
@click.option(
    "--keep",
    multiple=True,
    metavar="COLUMN",
    help="Column to write beside the labels, such as the outlet. Can be given again.",
)
@click.option(
    "--input-kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True, help="What IN is."
)
@click.option("--id-column", metavar="COLUMN", help="Column with the article's id. [default: id]")
@click.option("--title-column", metavar="COLUMN", help="Column with its title. [default: title, if any]")
@click.option("--text-column", metavar="COLUMN", help="Column with its text. [default: paragraphs, or text]")
@click.option(
    "--files",
    multiple=True,
    metavar="PATTERN",
    help="Files to read in a folder, such as *.txt. Can be given again. [default: text and HTML]",
)
@click.option("--encoding", default="utf-8", show_default=True, help="Of CSV and text files.")
@click.option("--delimiter", help="What separates the columns of CSV. [default: a comma; a tab in .tsv]")
@click.option(
    "--paragraphs",
    type=click.Choice(["blank-lines", "lines"]),
    default="blank-lines",
    show_default=True,
    help="What ends a paragraph of a text: a blank line, or each line's end.",
)
@click.option("--model", default=FAST, show_default=True, help=help_of("model"))
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes here. [default: cores]")
@click.option(
    "--backend",
    type=click.Choice([_LOKY, _DASK]),
    default=_LOKY,
    show_default=True,
    help="Where it runs: on this computer, or on a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="The cluster's scheduler, such as tcp://192.0.2.1:8786.")
@click.option(
    "--shard-articles",
    type=click.IntRange(1),
    default=500,
    show_default=True,
    metavar="N",
    help="Most articles that are labelled, and written to one file, at once.",
)
@click.option("--quiet", is_flag=True, help="Say nothing while it goes on, as batch systems want it.")
def archive(inputs: tuple[str, ...], out: Path, **given: Any) -> None:
    """Label every article of IN, one or several archives, and write the sentences to the folder OUT.

    IN is JSON lines (with "text" or "paragraphs"), CSV, Parquet, a folder of text or HTML files, or a web
    archive (WARC); any of them may be compressed with gzip, and - is standard input. What cannot be read is
    listed with its reason in OUT/rejected.jsonl, and what was done stands in OUT/manifest.json.

    A run that was stopped, in whatever way, goes on when the same command is given again. The same input and
    model give the same bytes, with however many processes and on a cluster too.

    \b
    sourcemark archive news.jsonl.gz labels
    sourcemark archive --keep outlet --keep date news.parquet labels
    sourcemark archive --backend dask --scheduler tcp://192.0.2.1:8786 crawl.warc.gz /shared/labels
    """
    if (given["backend"] == _DASK) != (given["scheduler"] is not None):
        raise click.UsageError("--backend dask and --scheduler go together.")
    if given["backend"] == _DASK and given["jobs"] is not None:
        raise click.UsageError("--jobs is for this computer; a cluster has the workers that it has.")
    # an archive needs more libraries than anything else
    from sourcemark.archive.progress import progress

    with progress(given["quiet"], sys.stderr.isatty()) as told:
        try:
            with _terminable():
                manifest = _label(inputs, out, given, told)
        except KeyboardInterrupt as stopped:
            told.close()
            click.echo("Stopped. Give the same command again to go on: finished shards are kept.", err=True)
            # as a shell tells which signal ended a command
            sys.exit(128 + (signal.SIGTERM if isinstance(stopped, _Terminated) else signal.SIGINT))
    counts = manifest.counts
    click.echo(
        f"{counts['articles']:,} articles with {counts['sentences']:,} sentences are in {out}; "
        f"{counts['rejected']:,} items were rejected"
        + (f", see {out / 'rejected.jsonl'}." if counts["rejected"] else ".")
    )


@contextmanager
def _terminable() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _label(inputs: tuple[str, ...], out: Path, given: dict[str, Any], told: Any) -> Any:
    import joblib
    import msgspec

    from sourcemark.archive.cluster import on_cluster
    from sourcemark.archive.inputs import Digests, ReaderOptions, source_of
    from sourcemark.archive.local import here
    from sourcemark.archive.manifest import versions
    from sourcemark.archive.parts import check
    from sourcemark.archive.place import Place, refuse_inside
    from sourcemark.archive.run import run
    from sourcemark.archive.work import Job, labeler_of

    form, with_text, keep = given["form"], given["with_text"], given["keep"]
    check(form, keep)
    refuse_inside(out, inputs)
    chosen = {"patterns": given["files"]} if given["files"] else {}
    names = ("id_column", "title_column", "text_column", "encoding", "delimiter", "paragraphs")
    reader = ReaderOptions(
        kind=given["input_kind"], keep=keep, **{name: given[name] for name in names}, **chosen
    )
    source = source_of(inputs, reader)
    if "-" not in inputs:
        told.count(source)
    # a path is to be the same to workers that were started elsewhere
    own = given["model"] not in SHIPPED and Path(given["model"]).exists()
    model = str(Path(given["model"]).resolve()) if own else given["model"]
    job = Job(
        source=source,
        model=model,
        model_id=labeler_of(model).model.id,
        versions=versions(),
        place=Place(out.resolve(), form),
        form=form,
        with_text=with_text,
        keep=keep,
    )
    settings = {
        "as": form,
        "with_text": with_text,
        "shard_articles": given["shard_articles"],
        "keep": keep,
        **msgspec.structs.asdict(reader),
    }
    backend = (
        on_cluster(given["scheduler"], job, told.say)
        if given["backend"] == _DASK
        else here(given["jobs"] or joblib.cpu_count())
    )
    digests = Digests()
    return run(job, source.items(digests), digests.all, settings, backend, told)
