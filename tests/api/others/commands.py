"""The real command, in this process or its own, and gunicorn."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
import os
from pathlib import Path
import re
import subprocess
import sys

from click.testing import CliRunner, Result

from sourcemark.cli import main

SOURCEMARK = [sys.executable, "-m", "sourcemark"]


def environment(folder: Path, **settings: object) -> Mapping[str, str]:
    """Return the environment for a service with its state in `folder`."""
    ours = {f"SOURCEMARK_{name.upper()}": str(value) for name, value in settings.items()}
    others = {name: value for name, value in os.environ.items() if not name.startswith("SOURCEMARK_")}
    state = {"SOURCEMARK_STATE_FOLDER": str(folder), "SOURCEMARK_MODEL": "fast", "PYTHONUNBUFFERED": "1"}
    return others | state | ours


def run(folder: Path, *arguments: str, **settings: object) -> Result:
    """Run `sourcemark` to its end, in this process, which has read the libraries already."""
    return CliRunner(env=environment(folder, **settings)).invoke(main, arguments)


def run_alone(folder: Path, *arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run `sourcemark` to its end, in a process of its own."""
    return subprocess.run(
        [*SOURCEMARK, *arguments],
        env=environment(folder, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def new_token(folder: Path) -> str:
    """Make a token as people do."""
    return run(folder, "token", "new", "--note", "a reader").stdout.strip()


@contextmanager
def started(command: list[str], environment: Mapping[str, str], until: str) -> Iterator[str]:
    """Run a command until the block ends; wait until it has said `until`, and yield what it has said."""
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            for line in process.stdout:
                said += line
                if re.search(until, said, re.DOTALL):
                    break
            else:
                raise AssertionError(said)
            yield said
        finally:
            process.terminate()
            process.communicate()
