"""A real Dask cluster on this computer: a scheduler and its workers, each a process."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
import json
import os
from pathlib import Path
import subprocess
import sys

from archive.archives import until


def patience(connecting: int = 60, workers: int = 600) -> dict[str, str]:
    """Return an environment in which Dask waits so many seconds for an answer, and for new workers."""
    waits = {"COMM__TIMEOUTS__CONNECT": connecting, "SCHEDULER__NO_WORKERS_TIMEOUT": workers}
    return os.environ | {f"DASK_DISTRIBUTED__{name}": f"{seconds}s" for name, seconds in waits.items()}


@dataclass(frozen=True)
class Cluster:
    """A scheduler, to which workers come and go."""

    address: str
    scheduler: subprocess.Popen[str]
    folder: Path

    @contextmanager
    def worker(
        self, ends: str = "", apart: Sequence[str] = (), **environment: str
    ) -> Iterator[subprocess.Popen[str]]:
        """Start a worker, which has left when the block ends.

        Where `ends` is "SIGKILL 4", the signal meets it when it begins its fourth task. `apart` is the
        beginning of a command that starts it.
        """
        number = len(list(self.folder.glob("worker-*.log")))
        log = self.folder / f"worker-{number}.log"
        command = [*apart, *_ours("worker"), self.address, "--nthreads", "1", "--no-nanny"]
        command += ["--local-directory", str(self.folder)]
        command += ["--preload", str(Path(__file__).with_name("ending.py"))]
        with _started(command, environment | {"ENDS": ends}, log) as process:
            until(process, lambda: "Registered to:" in log.read_text(), "it had joined")
            yield process
            # one that ends by itself tells the scheduler; a halted one cannot
            process.kill() if ends else process.terminate()
            process.wait()


@contextmanager
def cluster(folder: Path, **environment: str) -> Iterator[Cluster]:
    """Start a scheduler without workers, its files in `folder`; it ends with the block."""
    file = folder / "scheduler.json"
    command = [*_ours("scheduler"), "--port", "0", "--scheduler-file", str(file), "--protocol", "tcp"]
    with _started(command, environment, folder / "scheduler.log") as scheduler:
        until(scheduler, lambda: file.exists() and file.stat().st_size > 0, "the scheduler ran")
        yield Cluster(json.loads(file.read_text())["address"], scheduler, folder)


def _ours(kind: str) -> list[str]:
    no_page = ["--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
    return [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", *no_page]


@contextmanager
def _started(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[str]]:
    with (
        log.open("w") as said,
        subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=said, text=True, env=os.environ | environment
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()
