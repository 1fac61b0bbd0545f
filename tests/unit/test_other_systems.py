"""The reader's path asks for nothing that Windows lacks; in `make lint` mypy reads the package as there."""

from http.client import HTTPConnection
import os
from pathlib import Path
import re
import subprocess
import sys

import pytest

from api.others.commands import started

SOURCEMARK = [sys.executable, "-m", "sourcemark"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a Python without what POSIX systems have."""
    hiding = str(Path(__file__).with_name("without_posix"))
    path = os.pathsep.join(filter(None, [hiding, os.environ.get("PYTHONPATH")]))
    ours = {"SOURCEMARK_STATE_FOLDER": str(tmp_path), "SOURCEMARK_MODEL": "fast", "PYTHONUNBUFFERED": "1"}
    return os.environ | ours | {"PYTHONPATH": path}


def test_what_windows_lacks_is_hidden(environment: dict[str, str]) -> None:
    script = "import os; print(hasattr(os, 'fork'), hasattr(os, 'getuid')); import pwd"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout == "False False\n"
    assert "import of pwd halted" in done.stderr


def test_the_service_starts_and_answers_without_it(environment: dict[str, str]) -> None:
    with started([*SOURCEMARK, "serve", "--port", "0"], environment, "  Stop") as said:
        address = re.search(r"ready at http://(\S+)", said)
        assert address
        for path in ("/healthz", "/", "/workshop", "/metrics"):
            connection = HTTPConnection(address[1])
            try:
                connection.request("GET", path)
                assert connection.getresponse().status == 200, path
            finally:
                connection.close()


def test_the_doctor_finds_everything_in_order_without_it(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [*SOURCEMARK, "doctor", "--port", "0"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
