"""A release is the same bytes wherever it is made, and holds what it should and nothing else."""

from dataclasses import dataclass
import hashlib
import json
import os
from pathlib import Path
import shutil
import subprocess
import sys
from zipfile import ZipFile

from contents import absent, unintended
from locks import ROOT
import pytest

PARTS = (
    *("server", "extension", "models", "seeds", "docs/release", "docs/store"),
    *("pyproject.toml", "LICENSE", "README.md", "requirements.lock", "requirements-dev.lock"),
    "package-lock.json",
)

BUNDLE = """
import sys
sys.path.insert(0, sys.argv[1])
import sourcemark
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
assert sourcemark.__file__.startswith(sys.argv[1]), sourcemark.__file__
labeler = Labeler.load("fast")
labeler.label(["The dam will hold, the water ministry said."])
client = create_app(Settings(state_folder=sys.argv[2]), labeler).test_client()
for path in ("/", "/about-these-labels", "/page/room.js", "/extension/content/main.js", "/examples",
             "/extension/report/report.html", "/workshop", "/workshop/page/workshop.css", "/workshop/pack",
             "/workshop/pack/guide", "/v1/about", "/v1/openapi.json"):
    print(client.get(path).status_code, path)
"""


@dataclass(frozen=True)
class Place:
    """A computer in the manner of somebody: its rights for new files, its time zone, its words."""

    umask: int
    zone: str
    language: str
    changed: int
    """When every file was changed, in seconds since 1970."""


HERE = Place(0o022, "UTC", "C.UTF-8", 1_000_000_000)
THERE = Place(0o077, "Pacific/Kiritimati", "C", 1_700_000_001)


def copy(folder: Path, place: Place) -> Path:
    """Copy the tree into a folder, as it might lie at `place`; return the folder."""
    for part in PARTS:
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, target)
    for path in folder.rglob("*"):
        path.chmod(path.stat().st_mode & ~place.umask)
        os.utime(path, (place.changed, place.changed))
    return folder


def make(folder: Path, place: Place) -> subprocess.CompletedProcess[str]:
    """Make a release of the tree in a folder, in its folder `dist`."""
    environment = os.environ | {"TZ": place.zone, "LC_ALL": place.language, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    return subprocess.run(
        [sys.executable, folder / "docs" / "release" / "release.py", folder / "dist"],
        cwd=folder.parent,
        env=environment,
        umask=place.umask,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy(tmp_path_factory.mktemp("here"), HERE)
    made = make(folder, HERE)
    assert made.returncode == 0, made.stderr
    return folder / "dist"


@pytest.fixture(scope="module")
def wheel(release: Path) -> Path:
    (found,) = release.glob("*.whl")
    return found


def test_it_is_the_same_bytes_in_another_folder_at_another_time(release: Path, tmp_path: Path) -> None:
    folder = copy(tmp_path / "a folder with another name", THERE)
    made = make(folder, THERE)
    assert made.returncode == 0, made.stderr
    first, second = (
        {path.name: path.read_bytes() for path in each.iterdir()} for each in (release, folder / "dist")
    )
    assert len(first) == 5
    assert [name for name in first if first[name] != second.get(name)] == []
    assert set(first) == set(second)


def test_the_checksums_are_those_of_every_file(release: Path) -> None:
    lines = (release / "SHA256SUMS").read_text("utf-8").splitlines()
    assert lines == [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}"
        for path in sorted(release.iterdir())
        if path.name != "SHA256SUMS"
    ]


def test_the_wheel_holds_the_pinned_models(wheel: Path) -> None:
    with ZipFile(wheel) as opened:
        pins = json.loads(opened.read("sourcemark/model/pinned.json"))
        for name, digest in pins.items():
            manifest = opened.read(f"sourcemark/models/{name}.json")
            assert hashlib.sha256(manifest).hexdigest() == digest
            facts = json.loads(manifest)
            for file, of in {f"{name}.joblib": facts, **facts.get("files", {})}.items():
                assert hashlib.sha256(opened.read(f"sourcemark/models/{file}")).hexdigest() == of["sha256"]
        models = {name for name in opened.namelist() if name.endswith((".joblib", ".onnx"))}
    assert {Path(name).stem for name in models} == set(pins)


def test_the_wheel_holds_every_file_of_the_product_and_nothing_else(wheel: Path) -> None:
    places = {"server/sourcemark": "sourcemark", "extension": "sourcemark/extension"}
    places |= {"models": "sourcemark/models", "seeds": "sourcemark/seeds"}
    expected = {
        f"{inside}/{path.relative_to(ROOT / folder).as_posix()}": path.read_bytes()
        for folder, inside in places.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with ZipFile(wheel) as opened:
        found = {name: opened.read(name) for name in opened.namelist()}
    told = {name: found.pop(name) for name in set(found) - set(expected)}
    assert found == expected
    folder = f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"
    assert sorted(told) == [
        f"{folder}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    ]
    assert told[f"{folder}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()


def test_the_wheel_is_of_the_intended_kinds_only(wheel: Path) -> None:
    with ZipFile(wheel) as opened:
        names = opened.namelist()
    assert unintended(names) == []
    assert absent(names) == []


@pytest.mark.parametrize(
    "name",
    [
        "sourcemark/models/en-2.joblib",
        "sourcemark/models/notes.txt",
        "sourcemark/seeds/articles.jsonl.orig",
        "sourcemark/web/__pycache__/app.cpython-311.pyc",
        "sourcemark/extension/.DS_Store",
        "sourcemark/extension/key.pem",
        "sourcemark/.env",
        "tests/unit/test_release.py",
    ],
)
def test_a_file_left_lying_about_is_not_intended(name: str) -> None:
    assert unintended([name]) == [name]


def test_a_wheel_with_a_stray_file_is_not_kept(tmp_path: Path) -> None:
    folder = copy(tmp_path / "tree", HERE)
    (folder / "seeds" / "draft.docx").write_text("a draft")
    made = make(folder, HERE)
    assert made.returncode == 1
    assert "sourcemark/seeds/draft.docx does not belong into it" in made.stderr
    assert list((folder / "dist").iterdir()) == []


def test_the_wheel_works_by_itself(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as opened:
        opened.extractall(tmp_path / "installed")
    answered = subprocess.run(
        [sys.executable, "-c", BUNDLE, tmp_path / "installed", tmp_path / "state"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
    )
    assert answered.returncode == 0, answered.stderr
    answers = answered.stdout.splitlines()
    assert len(answers) == 12
    assert [each for each in answers if not each.startswith("200 ")] == []
