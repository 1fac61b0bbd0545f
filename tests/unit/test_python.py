"""On another Python than it needs, and without its libraries, Sourcemark says so instead of breaking off."""

import ast
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

import sourcemark

ROOT = Path(__file__).parents[2]
PACKAGE = Path(sourcemark.__file__).parent
NEEDED = "Sourcemark needs Python 3.11 or newer"
OLD = [f"python3.{minor}" for minor in range(6, 11)]


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_an_old_python_can_read_what_tells_it(name: str) -> None:
    ast.parse((PACKAGE / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_older_python_is_told_what_to_install() -> None:
    # this very Python, which says that it is older
    script = "import runpy, sys; sys.version_info = (3, 9, 18); runpy.run_module('sourcemark')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{NEEDED}, and this is 3.9. Install a newer one")
    assert done.stderr.count("\n") == 1


def installed(python: str) -> bool:
    if not shutil.which(python):
        return False
    # a stand-in may lead to no Python at all
    return subprocess.run([python, "-V"], capture_output=True, check=False).returncode == 0


def test_a_real_older_python_is_told_too() -> None:
    old = [python for python in OLD if installed(python)]
    for python in old:
        done = subprocess.run(
            [python, "-B", "-m", "sourcemark", "doctor"],
            cwd=PACKAGE.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr.startswith(f"{NEEDED}, and this is {python.removeprefix('python')}. ")
    if not old:
        pytest.skip("there is no older Python here")


def test_without_its_libraries_it_says_how_to_install_them() -> None:
    # neither the environment's packages nor the user's
    done = subprocess.run(
        [sys.executable, "-S", "-m", "sourcemark"],
        cwd=PACKAGE.parent,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Sourcemark's libraries are not installed for this Python (No module named "
    )
    assert "pip install sourcemark" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("make"), reason="there is no make here")
def test_make_refuses_an_older_python_and_makes_nothing(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'import sys; sys.version_info = (3, 9); '\"$2\"\n")
    old.chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path)
    done = subprocess.run(
        ["make", "--no-print-directory", ".venv/bin/python", f"PYTHON={old}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert f"{NEEDED}. Install it, or name it: make PYTHON=" in done.stdout
    assert not (tmp_path / ".venv").exists()
