"""A Dask cluster gives the bytes that one computer gives, whichever of its parts is lost on the way."""

from collections.abc import Iterator
import os
from pathlib import Path
import re
import subprocess

import pytest

from archive.archives import archive, everything, label, labelling, manifest, records, run, until
from archive.cluster import Cluster, cluster, waiting
from unit.test_network import environment, events

ARTICLES = 200
SHARDS = 50
HOW = ("--shard-articles", 4, "--quiet")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive(tmp_path_factory.mktemp("in") / "news.jsonl", ARTICLES, broken=(3, 150))


@pytest.fixture(scope="module")
def whole(news: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process writes."""
    out = tmp_path_factory.mktemp("whole") / "out"
    assert run(*HOW, news, out).exit_code == 0
    return everything(out)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path) as running:
        yield running


def on(cluster: Cluster) -> tuple[str, ...]:
    return ("--backend", "dask", "--scheduler", cluster.address)


def test_workers_and_scheduler_are_killed_and_the_bytes_are_those_of_one_computer(
    two: Cluster, news: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with labelling(*HOW, *on(two), news, out, env=waiting(10)) as process:
        until(process, lambda: records(out) >= 5, "some shards were done")
        two.workers[0].kill()
        at_first = records(out)
        # the other worker goes on alone, with the shard that was lost too
        until(process, lambda: records(out) >= at_first + 10, "the other worker did some")
        two.scheduler.kill()
        printed, said = process.communicate()
    assert records(out) < SHARDS
    assert (process.returncode, printed) == (1, "")
    assert said.startswith(f"Error: The cluster at {two.address} is gone (")
    assert said.endswith("What was finished is kept: give the same command again to go on.\n")
    assert said.count("\n") == 1
    assert manifest(out)["state"] == "running"
    (tmp_path / "again").mkdir()
    with cluster(tmp_path / "again") as again:
        done = label(*HOW, *on(again), news, out, env=environment(tmp_path / "notes"))
    assert (done.returncode, done.stderr) == (0, "")
    assert everything(out) == whole
    port = int(again.address.rpartition(":")[2])
    reached = {tuple(place) for event, place in events(tmp_path / "notes") if event == "socket.connect"}
    assert reached == {("127.0.0.1", port)}


def test_a_shard_that_the_cluster_gives_up_ends_the_run_in_words(
    news: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    # a shard is given up with the first worker that ends with it, where it is the fourth elsewhere
    with (
        cluster(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as strict,
        labelling(*HOW, *on(strict), news, out) as process,
    ):
        until(process, lambda: records(out) >= 3, "some shards were done")
        strict.workers[0].kill()
        printed, said = process.communicate()
    assert (process.returncode, printed) == (1, "")
    assert said == (
        "Error: A shard was given up, because workers of the cluster ended while they had it; memory may "
        "have run out. What was finished is kept: give the same command again to go on. Give the workers "
        "more memory, or shards fewer articles (--shard-articles).\n"
    )
    assert run(*HOW, news, out).exit_code == 0
    assert everything(out) == whole


def test_workers_of_another_version_are_refused(news: Path, tmp_path: Path) -> None:
    told = tmp_path / "other" / "sourcemark-0.0.1.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: sourcemark\nVersion: 0.0.1\n")
    path = os.pathsep.join(filter(None, [str(told.parent), os.environ.get("PYTHONPATH")]))
    with cluster(tmp_path, workers=1, PYTHONPATH=path) as other:
        refused = label(*HOW, *on(other), news, tmp_path / "out")
    assert refused.returncode == 1
    assert re.fullmatch(
        r"Error: The worker tcp://127\.0\.0\.1:\d+ has sourcemark 0\.0\.1, and here it is [\d.]+\. Install "
        r"the same versions on all workers: the answers could differ\.\n",
        refused.stderr,
    )
    assert set(everything(tmp_path / "out")) == {".lock"}


def test_workers_that_do_not_see_the_folder_are_refused(news: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    # a worker whose disks are its own: there is something else where OUT is
    apart = ["unshare", "--mount", "sh", "-c", f'mount -t tmpfs tmpfs "{own}" && exec "$@"', "sh"]
    try:
        subprocess.run([*apart, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only an administrator of Linux may give a process disks of its own")
    with cluster(tmp_path, workers=1, apart=apart) as other:
        refused = label(*HOW, *on(other), news, own / "out")
    assert refused.returncode == 1
    assert "does not see" in refused.stderr
    assert refused.stderr.endswith("Choose a folder for OUT that all workers share, by the same path.\n")


def test_a_scheduler_without_workers_is_told_so(news: Path, tmp_path: Path) -> None:
    with cluster(tmp_path, workers=0) as empty:
        refused = label(*HOW, *on(empty), news, tmp_path / "out", env=waiting(5))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Error: The scheduler at {empty.address} has no workers. Start some: dask worker {empty.address} "
        "--nthreads 1\n"
    )


def test_nobody_answers(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    refused = label(*HOW, "--backend", "dask", "--scheduler", "tcp://127.0.0.1:1", news, out, env=waiting(2))
    assert refused.returncode == 1
    assert refused.stderr == (
        "Error: No Dask scheduler answers at tcp://127.0.0.1:1. Start one (dask scheduler), and name the "
        "address that it prints, such as --scheduler tcp://192.0.2.1:8786.\n"
    )
    assert set(everything(out)) == {".lock"}
