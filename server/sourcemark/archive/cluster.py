"""Has the shards labelled by a Dask cluster that is there already. https://distributed.dask.org"""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
import logging
from pathlib import Path
import secrets
from typing import Any, Final

from sourcemark.archive.cluster_tasks import tasks_on, without_workers
from sourcemark.archive.cutting import SHARD_BYTES
from sourcemark.archive.errors import ArchiveError, in_words
from sourcemark.archive.manifest import versions
from sourcemark.archive.work import Job, labeler_of

_GO_ON: Final = "What was finished is kept: give the same command again to go on."


@contextmanager
def on_cluster(scheduler: str, job: Job, say: Callable[[str], None]) -> Iterator[None]:
    """Choose the workers of a scheduler, "tcp://host:port".

    They must have the same versions and model, and see OUT, which is there, by the same path. `say` is told
    where it has to wait for workers. Raises ArchiveError where that is not so, or where the cluster is lost.
    """
    try:
        import dask
        from distributed.comm.core import CommClosedError
        from distributed.scheduler import KilledWorker, NoWorkerError
    except ImportError as error:
        raise ArchiveError(
            "A Dask cluster needs what `pip install 'sourcemark[cluster]'` installs, and that is not "
            "installed here. --backend loky works without it."
        ) from error
    # what they would say of a lost connection, or of a task that was given up, is said in our own words
    for name in ("asyncio", "distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with (
            dask.config.set({"distributed.admin.large-graph-warning-threshold": 4 * SHARD_BYTES}),
            _connected(scheduler) as client,
        ):
            _check(client, job)
            with tasks_on(client, say):
                yield
    except KilledWorker as error:
        raise ArchiveError(
            f"A shard was given up, because workers of the cluster ended while they had it; memory may have "
            f"run out. {_GO_ON} Give the workers more memory, or shards fewer articles (--shard-articles)."
        ) from error
    except NoWorkerError as error:
        raise without_workers() from error
    except (CancelledError, CommClosedError, TimeoutError) as error:
        raise ArchiveError(
            f"The cluster at {scheduler} is gone ({type(error).__name__}). {_GO_ON}"
        ) from error


@contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    import dask
    from dask.utils import parse_timedelta
    from distributed import Client

    patience = parse_timedelta(dask.config.get("distributed.comm.timeouts.connect"))
    try:
        client = Client(scheduler, timeout=patience, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise ArchiveError(
            f"No Dask scheduler answers at {scheduler}. Start one (dask scheduler), and name the address "
            "that it prints, such as --scheduler tcp://192.0.2.1:8786."
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            raise ArchiveError(
                f"The scheduler at {scheduler} has no workers. Start some: "
                f"dask worker {scheduler} --nthreads 1"
            ) from error
        yield client


def _check(client: Any, job: Job) -> None:
    """Raise ArchiveError unless every worker would do the same work, and in the same place."""
    marker = job.place.folder / f"{secrets.token_hex(4)}.tmp"
    with in_words(marker):
        marker.touch()
    try:
        found = client.run(_look_around, job.model, str(marker), on_error="return")
    finally:
        marker.unlink(missing_ok=True)
    here = _look_around(job.model, str(marker))
    for worker, there in sorted(found.items()):
        if isinstance(there, BaseException):
            raise ArchiveError(
                f"The worker {worker} cannot label ({type(there).__name__}: {there}). Install the same "
                "Sourcemark there as here."
            )
        for name in sorted(here["versions"].keys() | there["versions"].keys()):
            one, other = here["versions"].get(name, "none"), there["versions"].get(name, "none")
            if one != other:
                raise ArchiveError(
                    f"The worker {worker} has {name} {other}, and here it is {one}. Install the same "
                    "versions on all workers: the answers could differ."
                )
        if there["model"] != here["model"]:
            raise ArchiveError(
                f"The worker {worker} has another model {job.model} ({there['model']}) than there is here "
                f"({here['model']}). Give every worker the same files."
            )
        if not there["sees"]:
            raise ArchiveError(
                f"The worker {worker} does not see {job.place.folder}. Choose a folder for OUT that all "
                "workers share, by the same path."
            )


def _look_around(model: str, marker: str) -> dict[str, Any]:
    """Return what this process would label with, and whether it sees a file."""
    return {
        "versions": versions(),
        "model": labeler_of(model).model.id,
        "sees": Path(marker).exists(),
    }
