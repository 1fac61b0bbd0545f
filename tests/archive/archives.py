"""Archives to label in tests, and the command that labels them, in a process of its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
import json
import os
from pathlib import Path
import signal
import subprocess
import sys
from time import monotonic
from typing import Any

from click.testing import CliRunner, Result

from sourcemark.cli import main

STATEMENT = "The water ministry said in a statement that the dam would hold."
WITNESS = "“I heard the wall crack,” said Ina Roth, who lives below it."
NARRATION = "Rain fell on the market."
PATIENCE = 60


def article(number: int) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "paragraphs": [STATEMENT, f"{WITNESS} It was house number {number}.", NARRATION],
        "outlet": f"outlet {number % 3}",
    }


def archive(path: Path, articles: int, broken: Sequence[int] = ()) -> Path:
    """Write articles as JSON lines; those with a number in `broken` are none."""
    lines = ("{" if number in broken else json.dumps(article(number)) for number in range(articles))
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def everything(out: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def manifest(out: Path) -> Any:
    return json.loads((out / "manifest.json").read_bytes())


def records(out: Path) -> int:
    """Return how many shards are done."""
    return len(list((out / "shards").glob("*.json"))) if out.exists() else 0


def until(process: subprocess.Popen[str], condition: Callable[[], bool], what: str) -> None:
    """Wait for something that a process does before it ends."""
    latest = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < latest, f"waited in vain until {what}"
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.005)
            assert condition(), f"it ended before {what}: {process.communicate()}"


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    """Run the command in this process: where nobody stops it, and one process is enough."""
    jobs = [] if "--backend" in arguments else ["--jobs", "1"]
    parts = ["archive", *jobs, *map(str, arguments)]
    return CliRunner().invoke(main, parts, input=stdin, prog_name="sourcemark")


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "sourcemark", "archive", *map(str, arguments)]


def label(*arguments: object, **given: Any) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, **given)


@contextmanager
def labelling(*arguments: object, **given: Any) -> Iterator[subprocess.Popen[str]]:
    """Run the command in a process group of its own, as a terminal would, and end it with the block."""
    with subprocess.Popen(
        command(*arguments),
        text=True,
        start_new_session=True,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | given,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
