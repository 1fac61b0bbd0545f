"""Half a minute of the fuzzer for each target, each time along the same way; `make fuzz` looks for longer."""

from importlib.util import find_spec
import os
from pathlib import Path
import re
import subprocess
import sys

import pytest

from fuzz.targets import TARGETS

SECONDS = 30
TESTS = Path(__file__).parents[1]


@pytest.mark.skipif(find_spec("atheris") is None, reason="there is no atheris for this computer")
@pytest.mark.parametrize("target", TARGETS)
def test_the_fuzzer_finds_nothing(target: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fuzz.hunt", target, "--seconds", str(SECONDS), "--seed", "1"]
    done = subprocess.run(
        [*command, "--corpus", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert list((tmp_path / "found").iterdir()) == []
    executed = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    assert executed
    assert int(executed[1]) > 0
