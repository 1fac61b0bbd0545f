"""The shards as tasks of a Dask cluster, in the way joblib asks for it, and what is done without workers."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import Any, Final

import joblib
from joblib.parallel import ParallelBackendBase

from sourcemark.archive.errors import ArchiveError

_NAME: Final = "sourcemark-cluster"
_PATIENCE: Final = 600
"""Seconds without a worker, unless Dask is told otherwise: nodes that are taken away are replaced in less."""
_BETWEEN_LOOKS: Final = 1


@contextmanager
def tasks_on(client: Any, say: Callable[[str], None]) -> Iterator[None]:
    """Choose a cluster's workers for joblib, as long as the block lasts.

    `say` is told when the last of them is gone, and when there are some again. Raises ArchiveError where
    none come for ten minutes, or for what Dask has as `distributed.scheduler.no-workers-timeout`.
    """
    tasks = _Tasks(client)
    watching = asyncio.run_coroutine_threadsafe(_watch(tasks, say), client.loop.asyncio_loop)
    joblib.register_parallel_backend(_NAME, _Backend)
    try:
        with joblib.parallel_config(_NAME, tasks=tasks):
            yield
    except CancelledError as error:
        if tasks.are_given_up:
            raise without_workers() from error
        raise
    finally:
        watching.cancel()
        tasks.give_up()


def without_workers() -> ArchiveError:
    """Return what is said where nobody is left to label."""
    return ArchiveError(
        "No worker of the cluster is running any more, and no other came. What was finished is kept: start "
        "workers, and give the same command again to go on."
    )


class _Tasks:
    """What a cluster was given to do."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.are_given_up = False
        self._handing_out = Lock()
        self._outcomes: set[Future[Any]] = set()
        # joblib reads on when it hears of an outcome, and the loop that talks to the cluster must not wait
        self._hearing = ThreadPoolExecutor(1, thread_name_prefix="outcomes")

    def start(self, task: Callable[[], Any], heard: Callable[[Any], None] | None) -> Future[Any]:
        """Hand out a task, and have its outcome heard once it is here.

        Whichever comes first: a result that is lost with its worker may come late or never, and nothing is
        to wait behind it.
        """
        with self._handing_out:
            outcome = asyncio.run_coroutine_threadsafe(self._done(task), self.client.loop.asyncio_loop)
            self._outcomes.add(outcome)
        outcome.add_done_callback(self._outcomes.discard)
        if heard is not None:
            outcome.add_done_callback(lambda done: self._hearing.submit(heard, done))
        return outcome

    def give_up(self) -> None:
        """Wait for no task any more: each is cancelled, and so is each that is handed out later."""
        with self._handing_out:
            self.are_given_up = True
            under_way = tuple(self._outcomes)
        for outcome in under_way:
            outcome.cancel()

    async def _done(self, task: Callable[[], Any]) -> Any:
        if self.are_given_up:
            raise asyncio.CancelledError
        return await self.client.submit(task, pure=False)


async def _watch(tasks: _Tasks, say: Callable[[str], None]) -> None:
    """Look again and again whether there are workers; give all tasks up where there are none for too long."""
    from dask.config import get
    from dask.utils import parse_timedelta

    patience = parse_timedelta(get("distributed.scheduler.no-workers-timeout") or _PATIENCE)
    since: float | None = None
    while since is None or monotonic() - since < patience:
        # one that is paused, as Dask does when memory runs short, takes no task either
        is_any = bool(await tasks.client.scheduler.ncores_running())
        if is_any and since is not None:
            say("There are workers again: it goes on.")
            since = None
        elif not is_any and since is None:
            since = monotonic()
            say(
                "No worker of the cluster is running. Start some: they are waited for, "
                f"{patience:,.0f} seconds at most."
            )
        await asyncio.sleep(_BETWEEN_LOOKS)
    tasks.give_up()


class _Backend(ParallelBackendBase):  # type: ignore[misc]
    """joblib's tasks as a cluster's.

    joblib has one of its own for Dask. It waits for ever for a task that the cluster has given up, and it
    hands larger arguments to a worker ahead of their task, so that they are lost with it.
    """

    supports_retrieve_callback = True
    supports_return_generator = True
    default_n_jobs = -1

    def __init__(self, tasks: _Tasks, **given: Any) -> None:
        super().__init__(**given)
        self._tasks = tasks

    def effective_n_jobs(self, n_jobs: int) -> int:
        # with one, joblib would label here
        return max(2, int(sum(self._tasks.client.nthreads().values())))

    def submit(self, func: Callable[[], Any], callback: Callable[[Any], None] | None = None) -> Any:
        return self._tasks.start(func, callback)

    def retrieve_result_callback(self, out: Any) -> Any:
        return out.result()
