"""Sends the running service what its own OpenAPI document allows, and much that it does not.

    PYTHONPATH=tests python -m fuzz.contract --cases 20000

Every answer must be one that the document describes: its status, its type and its schema, and none of 500 or
above. What differs is printed with a command that sends it again. https://schemathesis.readthedocs.io
"""

from argparse import ArgumentParser
from dataclasses import dataclass
import json
from pathlib import Path
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import Final

from api.wire import running
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app

_CHECKS: Final = Path(__file__).with_name("schemathesis.toml")

_WITH_INPUT: Final = 4
"""Operations that take input: labelling, two of corrections, an example. The others have one case each."""


@dataclass(frozen=True)
class Outcome:
    """How many cases were sent, whether every answer was right, and what was said of those that were not."""

    cases: int
    passed: bool
    said: str


def send_cases(address: str, cases: int, seed: int | None = None) -> Outcome:
    """Send at least this many cases to the service at `address`; the same `seed` gives the same ones."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "--config-file",
            str(_CHECKS),
            "--no-color",
            "run",
        ]
        command += [f"{address}/v1/openapi.json", "--report-json-path", str(report)]
        command += ["--max-examples", str(-(-cases // _WITH_INPUT))]
        if seed is not None:
            command += ["--seed", str(seed)]
        # its own notes are kept apart from the project, and go with the folder
        result = subprocess.run(command, capture_output=True, text=True, cwd=folder)
        said = result.stdout + result.stderr
        sent = json.loads(report.read_bytes())["test_cases"]["generated"] if report.exists() else 0
    return Outcome(sent, result.returncode == 0, said)


def main() -> None:
    """Run the service and send it the number of cases that the command line names."""
    parser = ArgumentParser(description="Check the service's answers against its OpenAPI document.")
    parser.add_argument("--cases", type=int, default=20_000, help="How many at least. Default: 20000.")
    parser.add_argument("--seed", type=int, help="To send the same cases again.")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        settings = Settings(state_folder=folder, corrections=str(Path(folder) / "corrections.sqlite"))
        app = create_app(settings, Labeler.load())
        with running(app) as server:
            outcome = send_cases(server.address, given.cases, given.seed)
    print(outcome.said)
    sys.exit(not outcome.passed or outcome.cases < given.cases)


if __name__ == "__main__":
    main()
