"""Loaded by a worker of Dask: a signal meets it when it begins one of its tasks, as if memory ran out."""

import os
import signal
from typing import Any

from distributed import Worker, WorkerPlugin


class Ending(WorkerPlugin):
    """Sends a signal to its own process when it begins its task of that number."""

    def __init__(self, name: str, number: str) -> None:
        self._signal = signal.Signals[name]
        self._left = int(number)

    def transition(self, key: Any, start: str, finish: str, **more: Any) -> None:
        if finish == "executing":
            self._left -= 1
            if not self._left:
                os.kill(os.getpid(), self._signal)


async def dask_setup(worker: Worker) -> None:
    if ends := os.environ["ENDS"].split():
        await worker.plugin_add(Ending(*ends))
