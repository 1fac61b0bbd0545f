"""The service in a process of its own, as a person starts it, with a folder that is gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
import os
import re
import subprocess
import sys
from tempfile import TemporaryDirectory


@contextmanager
def service(*command: str) -> Iterator[tuple[str, int]]:
    """Run `sourcemark` with a command that serves; yield its host and port, and its process."""
    with TemporaryDirectory() as folder:
        environment = os.environ | {"SOURCEMARK_STATE_FOLDER": folder}
        with subprocess.Popen(
            [sys.executable, "-m", "sourcemark", *command, "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        ) as process:
            assert process.stdout
            address = None
            while address is None:
                address = re.search(r"http://([\d.]+:\d+)", process.stdout.readline())
            try:
                yield address[1], process.pid
            finally:
                process.kill()
