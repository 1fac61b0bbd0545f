"""A run that is stopped, in whatever way, goes on, and ends with the bytes of one that never was."""

from functools import partial
import os
from pathlib import Path
import signal
import sys

import pytest

from archive.archives import archive, everything, label, labelling, manifest, records, run, until

ARTICLES = 240
SHARDS = 48
HOW = ("--shard-articles", 5, "--keep", "outlet", "--quiet")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive(tmp_path_factory.mktemp("in") / "news.jsonl", ARTICLES, broken=(7, 100))


@pytest.fixture(scope="module")
def whole(news: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process writes that nobody stops."""
    out = tmp_path_factory.mktemp("whole") / "out"
    done = run(*HOW, news, out)
    assert (done.exit_code, done.stderr) == (0, "")
    return everything(out)


def test_two_processes_write_the_bytes_of_one(news: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    assert label(*HOW, "--jobs", 2, news, tmp_path / "out").returncode == 0
    assert everything(tmp_path / "out") == whole


def test_killed_at_several_moments_it_ends_the_same(
    news: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    found = []
    for jobs, moment in ((2, 1), (1, 12), (2, 25)):
        with labelling(*HOW, "--jobs", jobs, news, out) as process:
            until(process, partial(reached, out, moment), f"{moment} shards were done")
            process.kill()
        found.append(records(out))
        assert manifest(out)["state"] == "running"
    assert found[-1] < SHARDS
    # what a process leaves that is killed while it writes
    (out / "sentences" / "part-00040.parquet.0a1b2c3d.tmp").write_bytes(b"half")
    assert run(*HOW, news, out).exit_code == 0
    assert everything(out) == whole


def test_what_is_done_is_not_done_again(news: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name, content in whole.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("part-*")}
    (out / "sentences" / "part-00003.parquet").unlink()
    (out / "sentences" / "part-00004.parquet").write_bytes(b"cut off")
    assert run(*HOW, news, out).exit_code == 0
    assert everything(out) == whole
    after = {path: path.stat().st_mtime_ns for path in out.rglob("part-*")}
    changed = {path.name for path in after if after[path] != before[path]}
    assert changed == {"part-00003.parquet", "part-00003.json", "part-00004.parquet", "part-00004.json"}


def reached(out: Path, moment: int) -> bool:
    return records(out) >= moment


@pytest.mark.usefixtures("ctrl_c_counts")
@pytest.mark.skipif(os.name != "posix", reason="Windows has no process groups to interrupt")
@pytest.mark.parametrize(
    ("which", "code", "jobs"),
    # Ctrl-C, and what batch systems send before they kill
    [(signal.SIGINT, 130, 1), (signal.SIGINT, 130, 2), (signal.SIGTERM, 143, 2)],
)
def test_a_run_that_is_stopped_says_how_to_go_on(
    which: signal.Signals, code: int, jobs: int, news: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with labelling(*HOW, "--jobs", jobs, news, out) as process:
        until(process, partial(reached, out, 4), "some shards were done")
        # as a terminal does: to the parent and its workers
        os.killpg(process.pid, which)
        said = process.communicate()
        assert process.returncode == code
    assert said == ("", "Stopped. Give the same command again to go on: finished shards are kept.\n")
    assert records(out) < SHARDS
    assert run(*HOW, news, out).exit_code == 0
    assert everything(out) == whole


@pytest.mark.skipif(sys.platform != "linux", reason="Linux says whose child a process is")
def test_a_worker_that_is_killed_ends_the_run_in_words(
    news: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with labelling(*HOW, "--jobs", 2, news, out) as process:
        until(process, partial(reached, out, 3), "some shards were done")
        # as the system does where memory runs out
        os.kill(worker_of(process.pid), signal.SIGKILL)
        printed, said = process.communicate()
    assert (process.returncode, printed) == (1, "")
    assert said == (
        "Error: A worker process was ended from outside, perhaps because memory ran out. What was finished "
        "is kept. Give the same command again to go on, with fewer --jobs or smaller --shard-articles.\n"
    )
    assert run(*HOW, news, out).exit_code == 0
    assert everything(out) == whole


def worker_of(parent: int) -> int:
    children = map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
    return next(child for child in children if b"LokyProcess" in Path(f"/proc/{child}/cmdline").read_bytes())


def test_an_input_that_has_changed_is_noticed(news: Path, tmp_path: Path) -> None:
    out, changed = tmp_path / "out", tmp_path / "news.jsonl"
    lines = news.read_text("utf-8").splitlines(keepends=True)[:20]
    changed.write_text("".join(lines), "utf-8")
    assert run(*HOW, changed, out).exit_code == 0
    before = everything(out)
    for now in (lines[:12], [*lines[:11], lines[11].replace("dam", "den"), *lines[12:]], lines[:10]):
        changed.write_text("".join(now), "utf-8")
        refused = run(*HOW, changed, out)
        assert refused.exit_code == 1
        assert refused.stderr == (
            f"Error: The input has changed since {out} was begun: its shard part-00002 was made of something "
            "else. Nothing was changed: give the input as it was, or choose another folder for OUT.\n"
        )
        assert everything(out) == before
