"""How much memory an archive takes, and how many articles a second it is labelled at, by its size.

python benchmarks/archive_memory.py [--articles 100000] [--jobs 1 2]
"""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import count, islice
import json
from pathlib import Path
import subprocess
import sys
import tempfile
from time import monotonic, sleep

from articles import articles_of_forty
from bounds import ARCHIVE_GROWTH
import pyarrow as pa
from pyarrow import parquet

_GROUP = 1_000
"""Rows of a row group of the Parquet that is labelled."""
_BETWEEN_LOOKS = 0.2


def write(path: Path, articles: int) -> None:
    """Write a Parquet of the project's own articles, again and again, each with a number of its own."""
    schema = pa.schema({"id": pa.string(), "paragraphs": pa.list_(pa.string())})
    own = articles_of_forty()
    every = (
        {"id": f"{number}-{index}", "paragraphs": [*blocks, f"This is article {number} of {index}."]}
        for number in count()
        for index, blocks in enumerate(own)
    )
    rows = islice(every, articles)
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while group := list(islice(rows, _GROUP)):
            file.write_table(pa.Table.from_pylist(group, schema=schema))


def processes(parent: int) -> Iterator[tuple[str, int]]:
    """Yield "parent" or "worker" and the most memory it took, in bytes, of a process and its children."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        if parent in (int(fields["Pid"]), int(fields["PPid"])) and "VmHWM" in fields:
            kind = "parent" if int(fields["Pid"]) == parent else "worker"
            yield kind, int(fields["VmHWM"].split()[0]) * 1024


def measure(source: Path, out: Path, jobs: int) -> tuple[float, dict[str, int]]:
    """Return the seconds that labelling took, and the most memory of the parent and of one worker."""
    arguments = [sys.executable, "-m", "sourcemark", "archive", "--quiet", "--jobs", str(jobs)]
    peaks = {"parent": 0, "worker": 0}
    began = monotonic()
    with subprocess.Popen([*arguments, str(source), str(out)], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            for kind, taken in processes(process.pid):
                peaks[kind] = max(peaks[kind], taken)
            sleep(_BETWEEN_LOOKS)
    if process.returncode:
        raise SystemExit("The archive could not be labelled; what was said stands above.")
    return monotonic() - began, peaks


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each size and number of processes; return 1 where memory grows with the archive."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000, help="of the largest archive")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="numbers of processes")
    given = parser.parse_args(arguments)
    grows = False
    print("articles  processes  articles a second  parent MB  worker MB  output MB")
    with tempfile.TemporaryDirectory() as folder:
        for jobs in given.jobs:
            taken = []
            for articles in (given.articles // 10, given.articles):
                source, out = Path(folder) / f"{articles}.parquet", Path(folder) / f"{articles}-{jobs}"
                if not source.exists():
                    write(source, articles)
                seconds, peaks = measure(source, out, jobs)
                told = json.loads((out / "manifest.json").read_bytes())
                assert told["counts"]["articles"] == articles
                size = sum(shard["bytes"] for shard in told["shards"])
                taken.append(max(peaks.values()))
                print(
                    f"{articles:8,}{jobs:11}{articles / seconds:19.1f}{peaks['parent'] / 1e6:11.0f}"
                    f"{peaks['worker'] / 1e6:11.0f}{size / 1e6:11.1f}",
                    flush=True,
                )
            grows |= taken[1] > ARCHIVE_GROWTH * taken[0]
    if grows:
        print(f"! ten times the archive takes more than {ARCHIVE_GROWTH} times the memory")
    return int(grows)


if __name__ == "__main__":
    raise SystemExit(main())
