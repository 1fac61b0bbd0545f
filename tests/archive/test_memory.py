"""Memory does not grow with the archive."""

import json
import os
from pathlib import Path
import subprocess

import pytest

from archive.archives import command, manifest

PADDING = "x" * 40_000
"""A column that is passed on to the workers with its row, and read by nobody."""
FEW, MANY = 100, 1_500


def peak(folder: Path, articles: int, jobs: int) -> int:
    """Return the most memory that one of the command's processes took, in bytes."""
    news, out = folder / f"{articles}.jsonl", folder / str(articles)
    with news.open("w", encoding="utf-8") as file:
        for number in range(articles):
            row = {"id": str(number), "text": "The mayor said it would rain.", "padding": PADDING}
            file.write(f"{json.dumps(row)}\n")
    arguments = command("--quiet", "--jobs", jobs, "--shard-articles", 20, news, out)
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert manifest(out)["counts"]["articles"] == articles
    return used.ru_maxrss * 1024


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="POSIX says what a process took")
@pytest.mark.parametrize("jobs", [1, 2])
def test_fifteen_times_the_archive_takes_the_same_memory(jobs: int, tmp_path: Path) -> None:
    passed = (MANY - FEW) * len(PADDING)
    assert peak(tmp_path, MANY, jobs) - peak(tmp_path, FEW, jobs) < passed / 4
