"""A real Dask cluster on this computer: a scheduler and its workers, each a process."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
import json
import os
from pathlib import Path
import subprocess
import sys

from archive.archives import until


def waiting(seconds: int) -> dict[str, str]:
    """Return an environment in which Dask takes a part that does not answer for gone after so long."""
    return {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": f"{seconds}s"}


@dataclass(frozen=True)
class Cluster:
    """The processes, to be killed."""

    address: str
    scheduler: subprocess.Popen[str]
    workers: list[subprocess.Popen[str]]


@contextmanager
def cluster(
    folder: Path, workers: int = 2, apart: Sequence[str] = (), **environment: str
) -> Iterator[Cluster]:
    """Start a cluster, its files in `folder`; its processes end with the block.

    `apart` is the beginning of a command that starts the workers.
    """
    file = folder / "scheduler.json"
    with ExitStack() as running:
        given = ("--port", "0", "--scheduler-file", file, "--protocol", "tcp")
        said = folder / "scheduler.log"
        scheduler = _started(running, [*_ours("scheduler"), *given], environment, said)
        until(scheduler, lambda: file.exists() and file.stat().st_size > 0, "the scheduler ran")
        address = json.loads(file.read_text())["address"]
        one = [*apart, *_ours("worker"), address, "--nthreads", "1", "--no-nanny"]
        logs = [folder / f"worker-{number}.log" for number in range(workers)]
        started = [_started(running, [*one, "--local-directory", folder], environment, log) for log in logs]
        for worker, log in zip(started, logs, strict=True):
            until(worker, partial(_has_joined, log), "it had joined")
        yield Cluster(address, scheduler, started)


def _has_joined(log: Path) -> bool:
    return "Registered to:" in log.read_text()


def _ours(kind: str) -> list[str]:
    return [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", "--no-dashboard"]


def _started(
    running: ExitStack, command: Sequence[str | Path], environment: Mapping[str, str], said: Path
) -> subprocess.Popen[str]:
    process = running.enter_context(
        subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=running.enter_context(said.open("w")),
            text=True,
            env={**os.environ, **environment},
        )
    )
    running.callback(process.kill)
    return process
