"""What could stop a reader is named by `sourcemark doctor` first, in the sentence that the command would say.

Nothing is pretended: the disk is full, the folder is read-only, the model's file is cut off.
"""

from collections.abc import Callable, Iterator
import hashlib
import importlib
import json
import os
from pathlib import Path
import shutil
import sqlite3
import sys

from click.testing import CliRunner, Result
import joblib
import pytest

from corrections.giving import correction
from disks import KINDS, disk, growing_nothing, read_only
from sourcemark.cli import main
from sourcemark.corrections.place import File
from sourcemark.corrections.store import Store as Corrections
from sourcemark.doctor import examine
from sourcemark.model import artifact
from sourcemark.model.manifest import FORMAT
from sourcemark.resources import folder
from sourcemark.settings import Settings
from sourcemark.web.server import PortError, Server, bind
from sourcemark.workshop import tables
from sourcemark.workshop.claim import claimed
from sourcemark.workshop.place import FILE
from sourcemark.workshop.store import Store
from unit.workshop.workshops import PLAN

STATEMENT = "The water ministry said in a statement that the dam would hold."


@pytest.fixture(autouse=True)
def no_service_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that starts although it should not is an error, and no test that never ends."""
    monkeypatch.setattr(Server, "run", lambda self: pytest.fail("the service started"))


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for a workshop's file; not there yet. Nor are corrections that another test has left."""
    monkeypatch.setenv("SOURCEMARK_STATE_FOLDER", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "state"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the fast model's files, which is opened in place of the shipped ones."""
    (tmp_path / "models").mkdir()
    for name in ("en.joblib", "en.json"):
        shutil.copy(folder("models") / name, tmp_path / "models")
    monkeypatch.setattr(artifact, "folder", lambda name: tmp_path / name)
    return tmp_path / "models"


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, prog_name="sourcemark")


def named(model: str = "fast") -> list[str]:
    """Return the problems that the doctor names, each in its one line."""
    result = run("doctor", "--port", "0", "--model", model)
    lines = result.stdout.splitlines()
    assert all(line.startswith(("fine     ", "problem  ")) for line in lines), result.output
    problems = [line.removeprefix("problem  ") for line in lines if line.startswith("problem")]
    assert result.exit_code == bool(problems)
    assert result.stderr == ""
    return problems


def said(*command: str) -> str:
    """Return the one sentence of a command that cannot do its work."""
    result = run(*command, stdin=STATEMENT)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("Error: ").removesuffix("\n")


def test_a_sound_installation_has_a_line_for_each_check_and_leaves_nothing_behind(state: Path) -> None:
    result = run("doctor", "--port", "0", "--model", "fast")
    assert result.exit_code == 0
    lines = [line.removeprefix("fine     ") for line in result.stdout.splitlines()]
    beginnings = (
        "sourcemark ",
        "the clock shows 20",
        "port 0 on 127.0.0.1 is free",
        f"a workshop can be kept in {state}",
        "no workshop is open",
        "corrections can be kept in ",
        "model en ",
        "a sample sentence comes back as official_statement",
    )
    assert len(lines) == len(beginnings)
    assert all(line.startswith(beginning) for line, beginning in zip(lines, beginnings, strict=True))
    assert not state.exists()


class TestModel:
    """Whatever keeps the model from being opened, every command says it, and the doctor before them."""

    def check(self, words: str) -> None:
        (problem,) = named()
        assert words in problem
        assert "Restore it" in problem
        assert said("label", "-", "--model", "fast") == problem
        assert said("serve", "--port", "0", "--model", "fast") == problem

    def test_a_file_that_is_missing(self, models: Path, state: Path) -> None:
        (models / "en.joblib").unlink()
        self.check("cannot be read (No such file or directory)")

    def test_a_file_that_is_cut_off(self, models: Path, state: Path) -> None:
        content = (models / "en.joblib").read_bytes()
        (models / "en.joblib").write_bytes(content[: len(content) // 2])
        self.check("is not the one that belongs here: its SHA-256 digest differs")

    def test_a_file_with_one_byte_changed(self, models: Path, state: Path) -> None:
        content = bytearray((models / "en.joblib").read_bytes())
        content[1000] ^= 1
        (models / "en.joblib").write_bytes(content)
        self.check("is not the one that belongs here: its SHA-256 digest differs")

    def test_a_manifest_that_is_missing(self, models: Path, state: Path) -> None:
        (models / "en.json").unlink()
        self.check("manifest")

    def test_a_manifest_that_was_changed(self, models: Path, state: Path) -> None:
        (models / "en.json").write_bytes((models / "en.json").read_bytes() + b"\n")
        self.check("differs from the one pinned in this version of Sourcemark")


class TestOwnModel:
    """A model of one's own, which no digest in the package vouches for."""

    @pytest.fixture
    def own(self, tmp_path: Path, state: Path) -> Path:
        place = tmp_path / "own"
        place.mkdir()
        for name in ("en.joblib", "en.json"):
            shutil.copy(folder("models") / name, place)
        return place

    def check(self, own: Path, *words: str) -> None:
        (problem,) = named(str(own))
        assert all(each in problem for each in words), problem
        assert said("label", "-", "--model", str(own)) == problem

    @pytest.mark.parametrize("number", [FORMAT - 1, FORMAT + 1])
    def test_another_format_is_said(self, own: Path, number: int) -> None:
        change(own, format=number)
        self.check(own, "is of another format than this version of Sourcemark reads", "train a model")

    def test_parts_that_the_installed_libraries_lack_are_said_with_what_it_was_made_with(
        self, own: Path
    ) -> None:
        # as a file that was written with a later version of one of the libraries
        (own / "later.py").write_text("class Part: pass")
        sys.path.insert(0, str(own))
        joblib.dump(importlib.import_module("later").Part(), own / "en.joblib")
        sys.path.remove(str(own))
        del sys.modules["later"]
        change(own, sha256=hashlib.sha256((own / "en.joblib").read_bytes()).hexdigest())
        self.check(
            own,
            "is whole, but the libraries installed here cannot open it (ModuleNotFoundError",
            "It was made with python 3.11",
            "scikit-learn ",
            "Install the versions that requirements.lock names",
        )


def change(own: Path, **changes: object) -> None:
    path = own / "en.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | changes))


class TestOnnxruntime:
    """The careful model runs on a library that may be missing."""

    def test_without_it_the_fast_model_is_used_and_the_doctor_says_why(
        self, monkeypatch: pytest.MonkeyPatch, state: Path
    ) -> None:
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
        result = run("doctor", "--port", "0")
        assert result.exit_code == 0
        assert "fine     model en " in result.stdout
        assert "onnxruntime is not installed, so the fast model is used" in result.stdout
        assert "pip install 'sourcemark[careful]'" in result.stdout

    def test_the_careful_model_is_refused_without_it(
        self, monkeypatch: pytest.MonkeyPatch, state: Path
    ) -> None:
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
        (problem,) = named("careful")
        assert "needs onnxruntime, which is not installed. Install it (pip install" in problem
        assert said("serve", "--port", "0", "--model", "careful") == problem

    def test_one_that_cannot_be_started_is_said(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, state: Path
    ) -> None:
        # as where a system library is missing that it was built against
        (tmp_path / "onnxruntime.py").write_text("raise ImportError('DLL load failed')")
        monkeypatch.syspath_prepend(tmp_path)
        for name in ("onnxruntime", "sourcemark.model.encoder"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        (problem,) = named("careful")
        assert "is installed but cannot be started (DLL load failed). Install it again" in problem
        assert said("label", "-", "--model", "careful") == problem


class TestPlace:
    """The folder and the file of a workshop."""

    def check(self, *words: str) -> str:
        (problem,) = named()
        assert all(each in problem for each in words), problem
        return problem

    def test_another_service_in_the_folder(self, state: Path) -> None:
        with claimed(state):
            problem = self.check("Another Sourcemark is running", str(state), "Stop that one")
            for command in ("serve", "workshop"):
                assert said(command, "--port", "0", "--model", "fast") == problem

    def test_a_folder_that_may_only_be_read(self, state: Path) -> None:
        with read_only(state):
            problem = self.check("may not write to", "name another folder in SOURCEMARK_STATE_FOLDER")
            assert said("serve", "--port", "0", "--model", "fast") == problem

    def test_a_folder_whose_place_is_a_file(self, state: Path) -> None:
        state.write_text("no folder")
        self.check("may not write to", "name another folder")
        assert "may not write to" in said("serve", "--port", "0", "--model", "fast")

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_full_disk(self, state: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCEMARK_CORRECTIONS", "off")
        with disk(kind, state) as full, full(state):
            self.check("its disk is full", "Make room on that disk")

    @pytest.mark.parametrize(
        ("harm", "words"),
        [
            (lambda path: path.write_bytes(b"Dear diary. " * 900), "damaged or something else"),
            (lambda path: path.write_bytes(path.read_bytes()[:9000]), "damaged or something else"),
            (lambda path: renumber(path, tables.FORMAT + 1), "was written by a newer version of Sourcemark"),
        ],
        ids=["something else", "half of it", "a newer version's"],
    )
    def test_a_file_that_cannot_be_read(
        self, state: Path, harm: Callable[[Path], object], words: str
    ) -> None:
        store = Store(state / FILE)
        store.open(PLAN)
        harm(store.path)
        before = store.path.read_bytes()
        problem = self.check(words, str(store.path), "delete")
        assert said("serve", "--port", "0", "--model", "fast") == problem
        assert store.path.read_bytes() == before

    def test_a_workshop_that_is_open_is_fine_and_stays(self, state: Path) -> None:
        keys = Store(state / FILE).open(PLAN)
        result = run("doctor", "--port", "0", "--model", "fast")
        assert f"fine     the workshop in {state / FILE} can be read" in result.stdout
        found = Store(state / FILE).state()
        assert found is not None
        assert found.keys == keys


def renumber(path: Path, number: int) -> None:
    with sqlite3.connect(path) as file:
        file.execute(f"PRAGMA user_version = {number}")
    file.close()


def test_a_clock_that_lost_its_battery(state: Path) -> None:
    findings = list(examine(Settings(port=0, model="fast"), clock=lambda: 3_600.0))
    (wrong,) = [finding.text for finding in findings if not finding.fine]
    assert wrong.startswith("the clock shows 1970-01-01 ")
    assert "Set it right before you open a workshop" in wrong


@pytest.fixture
def nobody() -> Iterator[None]:
    """Be no administrator."""
    if sys.platform != "linux":
        pytest.skip("other systems let everybody have low ports, or keep them in another way")
    if int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) < 80:
        pytest.skip("everybody may have low ports here")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    yield
    os.seteuid(before)


def test_a_port_that_is_kept_for_administrators(nobody: None) -> None:
    with pytest.raises(PortError) as error:
        bind(79)
    assert str(error.value) == (
        "Port 79 is kept for administrators. Choose one above 1023, such as --port 8377."
    )


class TestCorrections:
    """Where corrections are kept is looked at, and nothing there is changed."""

    @pytest.fixture
    def file(self, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("SOURCEMARK_CORRECTIONS", str(tmp_path / "corrections.sqlite"))
        return tmp_path / "corrections.sqlite"

    def test_a_file_is_read_and_left_as_it_is(self, file: Path) -> None:
        Corrections(File(file)).give(correction(), None)
        before = file.read_bytes()
        assert (
            f"fine     1 correction in {file} can be read"
            in run("doctor", "--port", "0", "--model", "fast").stdout
        )
        assert file.read_bytes() == before

    def test_a_file_that_cannot_be_used(self, file: Path) -> None:
        file.write_bytes(b"Dear diary. " * 900)
        (problem,) = named()
        assert f"The corrections in {file} cannot be read" in problem
        assert said("serve", "--port", "0", "--model", "fast") == problem

    def test_a_disk_without_room(self, file: Path) -> None:
        with growing_nothing(file.parent):
            assert any("corrections.sqlite cannot be created" in problem for problem in named())

    def test_a_place_that_is_none(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCEMARK_CORRECTIONS", "sqlight")
        (problem,) = named()
        assert problem.startswith("SOURCEMARK_CORRECTIONS is off, sqlite, the path")
        assert said("serve", "--port", "0", "--model", "fast") == problem

    def test_where_they_are_off_it_says_so(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCEMARK_CORRECTIONS", "off")
        assert "fine     no corrections are kept" in run("doctor", "--port", "0", "--model", "fast").stdout
