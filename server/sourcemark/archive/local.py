"""Has the shards labelled in processes of this computer."""

from collections.abc import Iterator
from contextlib import contextmanager
import signal

import joblib


@contextmanager
def here(jobs: int) -> Iterator[None]:
    """Choose so many processes of this computer; one is this process itself."""
    more = {"inner_max_num_threads": 1, "initializer": _leave_interrupts_to_the_parent} if jobs > 1 else {}
    with joblib.parallel_config("loky", n_jobs=jobs, **more):
        yield


def _leave_interrupts_to_the_parent() -> None:
    # Ctrl-C reaches every process of a terminal, and what a batch system sends every process of a job; the
    # parent ends its workers itself
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
