from pathlib import Path
import site
import subprocess
import sys
import sysconfig
import venv

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as it is built for a release."""
    # from the folder docs/release
    from release import build_wheel

    return build_wheel(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel in it, as pipx makes one; returns its folder of programs.

    The libraries are those of this environment, so that no index is asked.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=sys.platform != "win32")
    paths = sysconfig.get_paths("venv", {"base": str(folder), "platbase": str(folder)})
    libraries = "\n".join(site.getsitepackages())
    # what it names is added to the path as it stands: ours is not installed in there
    (Path(paths["purelib"]) / "libraries.pth").write_text(libraries, "utf-8")
    programs = Path(paths["scripts"])
    python = programs / ("python.exe" if sys.platform == "win32" else "python")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps"]
    subprocess.run(
        [*install, "--no-index", "--no-cache-dir", "--no-compile", "--disable-pip-version-check", str(wheel)],
        check=True,
    )
    return programs
