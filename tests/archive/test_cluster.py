"""A Dask cluster gives the bytes that one computer gives, whichever of its parts is lost on the way."""

from collections.abc import Iterator
import os
from pathlib import Path
import re
import signal
import subprocess

import pytest

from archive.archives import archive, everything, label, labelling, manifest, records, run, until
from archive.cluster import Cluster, cluster, patience
from unit.test_network import environment, events

ARTICLES = 80
SHARDS = 20
HOW = ("--shard-articles", 4, "--quiet")
GO_ON = "What was finished is kept: give the same command again to go on.\n"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive(tmp_path_factory.mktemp("in") / "news.jsonl", ARTICLES, broken=(3, 50))


@pytest.fixture(scope="module")
def whole(news: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process writes."""
    out = tmp_path_factory.mktemp("whole") / "out"
    assert run(*HOW, news, out).exit_code == 0
    return everything(out)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler that outlives the tests. Each of them brings its own workers."""
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def on(cluster: Cluster) -> tuple[str, ...]:
    return ("--backend", "dask", "--scheduler", cluster.address)


def test_a_worker_and_the_scheduler_are_killed_and_the_bytes_are_those_of_one_computer(
    standing: Cluster, news: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with (
        cluster(tmp_path) as lost,
        lost.worker(ends="SIGKILL 4") as first,
        # halted and not ended: what it has is under way for as long as the cluster is there
        lost.worker(ends="SIGSTOP 12"),
        labelling(*HOW, *on(lost), news, out) as process,
    ):
        until(process, lambda: first.poll() is not None, "one worker was killed")
        # it may have to do again what the first one did: results are lost with a worker too
        until(process, lambda: records(out) >= 3 + 11 - 3, "the other had gone on")
        lost.scheduler.kill()
        printed, said = process.communicate()
    assert (process.returncode, printed) == (1, "")
    assert said.startswith(f"Error: The cluster at {lost.address} is gone (")
    assert said.endswith(GO_ON)
    assert said.count("\n") == 1
    assert manifest(out)["state"] == "running"
    with standing.worker(), standing.worker():
        done = label(*HOW, *on(standing), news, out, env=environment(tmp_path / "notes"))
    assert (done.returncode, done.stderr) == (0, "")
    assert everything(out) == whole
    port = int(standing.address.rpartition(":")[2])
    reached = {tuple(place) for event, place in events(tmp_path / "notes") if event == "socket.connect"}
    assert reached == {("127.0.0.1", port)}


def test_a_shard_that_the_cluster_gives_up_ends_the_run_in_words(
    news: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    # a shard is given up with the first worker that ends with it, where it is the fourth elsewhere
    with (
        cluster(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as strict,
        strict.worker(ends="SIGKILL 4"),
    ):
        given_up = label(*HOW, *on(strict), news, out)
    assert (given_up.returncode, given_up.stdout) == (1, "")
    assert given_up.stderr == (
        "Error: A shard was given up, because workers of the cluster ended while they had it; memory may "
        "have run out. What was finished is kept: give the same command again to go on. Give the workers "
        "more memory, or shards fewer articles (--shard-articles).\n"
    )
    assert records(out) == 3
    assert run(*HOW, news, out).exit_code == 0
    assert everything(out) == whole


def test_without_workers_it_waits_for_new_ones(
    standing: Cluster, news: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out, told = tmp_path / "out", tmp_path / "told"
    loud = [each for each in HOW if each != "--quiet"]
    with (
        told.open("w") as stderr,
        standing.worker(ends="SIGKILL 4"),
        labelling(*loud, *on(standing), news, out, stderr=stderr) as process,
    ):
        until(process, lambda: "No worker" in told.read_text(), "it said that it waits")
        assert records(out) == 3
        with standing.worker():
            process.communicate()
    assert process.returncode == 0
    waits, goes_on, _ = told.read_text().splitlines()
    assert (
        waits == "No worker of the cluster is running. Start some: they are waited for, 600 seconds at most."
    )
    assert goes_on == "There are workers again: it goes on."
    assert everything(out) == whole


def test_without_workers_it_ends_in_words_where_none_come(
    standing: Cluster, news: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with standing.worker(ends="SIGKILL 4"):
        ended = label(*HOW, *on(standing), news, out, env=patience(workers=1))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "Error: No worker of the cluster is running any more, and no other came. What was finished is kept: "
        "start workers, and give the same command again to go on.\n"
    )
    assert records(out) == 3
    assert run(*HOW, news, out).exit_code == 0
    assert everything(out) == whole


@pytest.mark.usefixtures("ctrl_c_counts")
@pytest.mark.parametrize(("which", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_can_be_stopped_while_workers_are_at_it(
    which: signal.Signals, code: int, standing: Cluster, news: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with (
        standing.worker(ends="SIGSTOP 4"),
        labelling(*HOW, *on(standing), news, out) as process,
    ):
        until(process, lambda: records(out) == 3, "three shards were done")
        process.send_signal(which)
        said = process.communicate()
    assert process.returncode == code
    assert said == ("", "Stopped. Give the same command again to go on: finished shards are kept.\n")


def test_workers_of_another_version_are_refused(standing: Cluster, news: Path, tmp_path: Path) -> None:
    told = tmp_path / "other" / "sourcemark-0.0.1.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: sourcemark\nVersion: 0.0.1\n")
    path = os.pathsep.join(filter(None, [str(told.parent), os.environ.get("PYTHONPATH")]))
    with standing.worker(PYTHONPATH=path):
        refused = label(*HOW, *on(standing), news, tmp_path / "out")
    assert refused.returncode == 1
    assert re.fullmatch(
        r"Error: The worker tcp://127\.0\.0\.1:\d+ has sourcemark 0\.0\.1, and here it is [\d.]+\. Install "
        r"the same versions on all workers: the answers could differ\.\n",
        refused.stderr,
    )
    assert set(everything(tmp_path / "out")) == {".lock"}


def test_workers_that_do_not_see_the_folder_are_refused(
    standing: Cluster, news: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    # a worker whose disks are its own: there is something else where OUT is
    apart = ["unshare", "--mount", "sh", "-c", f'mount -t tmpfs tmpfs "{own}" && exec "$@"', "sh"]
    try:
        subprocess.run([*apart, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only an administrator of Linux may give a process disks of its own")
    with standing.worker(apart=apart):
        refused = label(*HOW, *on(standing), news, own / "out")
    assert refused.returncode == 1
    assert "does not see" in refused.stderr
    assert refused.stderr.endswith("Choose a folder for OUT that all workers share, by the same path.\n")


def test_a_scheduler_without_workers_is_told_so(standing: Cluster, news: Path, tmp_path: Path) -> None:
    refused = label(*HOW, *on(standing), news, tmp_path / "out", env=patience(connecting=2))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Error: The scheduler at {standing.address} has no workers. Start some: dask worker "
        f"{standing.address} --nthreads 1\n"
    )


def test_nobody_answers(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    nobody = ("--backend", "dask", "--scheduler", "tcp://127.0.0.1:1")
    refused = label(*HOW, *nobody, news, out, env=patience(connecting=1))
    assert refused.returncode == 1
    assert refused.stderr == (
        "Error: No Dask scheduler answers at tcp://127.0.0.1:1. Start one (dask scheduler), and name the "
        "address that it prints, such as --scheduler tcp://192.0.2.1:8786.\n"
    )
    assert set(everything(out)) == {".lock"}
