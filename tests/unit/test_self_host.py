"""What docs/self-host offers for a service for others can be used as it stands."""

import io
import logging
import os
from pathlib import Path
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from types import SimpleNamespace

from locks import ROOT, faults_of_requirements, read_requirements
import pytest

from api.others.proxy import ORIGIN
from api.wire import running
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app

FOLDER = ROOT / "docs" / "self-host"
UNIT = FOLDER / "sourcemark.service"
LOCK = (FOLDER / "requirements.lock").read_text("utf-8")
DOCKERFILE = (FOLDER / "Dockerfile").read_text("utf-8")

EXPOSURE = 20
"""Tenths of what `systemd-analyze security` calls exposure, at most; below 20 is what it calls OK."""

INSTRUCTIONS = {
    *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "ONBUILD"),
    *("RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
}


def settings_of(text: str) -> Settings:
    """Return the settings that a file of variables stands for."""
    return Settings.from_environment(dict(re.findall(r"^(SOURCEMARK_\w+)=(\S+)$", text, re.MULTILINE)))


def test_the_settings_are_those_of_a_public_service_with_several_workers() -> None:
    settings = settings_of((FOLDER / "environment").read_text("utf-8"))
    assert settings.public
    assert settings.origin == ORIGIN
    assert settings.proxies == 1
    assert settings.redis is not None


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit_and_finds_it_hardened(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    # the program that is there in the place of the one that is not
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/sourcemark/bin/gunicorn", sys.executable), "utf-8")
    for command in (["verify"], ["security", "--offline=true", f"--threshold={EXPOSURE}"]):
        done = subprocess.run(
            ["systemd-analyze", *command, str(unit)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert unit.name not in done.stderr, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run there")
def test_gunicorn_s_own_log_does_not_say_what_was_sent_or_from_where() -> None:
    from gunicorn.config import Config
    from gunicorn.glogging import Logger

    said = io.StringIO()
    log = Logger(Config())
    log.error_log.addHandler(logging.StreamHandler(said))
    worker = SimpleNamespace(log=log)
    try:
        log.warning("Invalid request from ip=%s", "203.0.113.7")
        runpy.run_path(str(FOLDER / "gunicorn.conf.py"))["post_worker_init"](worker)
        log.warning("Invalid request from ip=%s: a-secret-word", "203.0.113.7")
    finally:
        log.error_log.filters.clear()
        log.error_log.handlers.clear()
    before, after = said.getvalue().splitlines()
    assert "203.0.113.7" in before
    assert re.fullmatch(r"glogging\.py:\d+ warning", after)


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile, each with what follows it on its logical line."""
    lines = [line for line in DOCKERFILE.splitlines() if not line.startswith("#")]
    logical = re.sub(r" *\\\n *", " ", "\n".join(lines)).splitlines()
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in logical if line)]


def values(instruction: str) -> list[str]:
    return [rest for name, rest in instructions() if name == instruction]


class TestDockerfile:
    def test_every_instruction_is_one(self) -> None:
        assert {name for name, _ in instructions()} <= INSTRUCTIONS
        assert instructions()[0][0] == "FROM"

    def test_it_starts_from_one_exact_version(self) -> None:
        images = {each.split()[0] for each in values("FROM")}
        assert len(images) == 1
        assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", images.pop())

    def test_what_it_copies_is_there_and_is_all_that_the_package_is_built_from(self) -> None:
        copied = set()
        for each in values("COPY"):
            if not each.startswith("--from=build"):
                copied.update(each.split()[:-1])
        assert [each for each in copied if not (ROOT / each).exists()] == []
        assert copied >= {"server", "extension", "models", "seeds", "pyproject.toml", "README.md", "LICENSE"}

    def test_it_runs_as_nobody_in_particular(self) -> None:
        names = [name for name, _ in instructions()]
        assert values("USER") == ["10001:10001"]
        assert "USER" not in names[names.index("CMD") :]
        assert names.index("USER") > max(index for index, name in enumerate(names) if name == "RUN")
        assert any("useradd --system --uid 10001" in each for each in values("RUN"))

    def test_it_installs_exact_versions_by_their_hashes(self) -> None:
        installs = [each for each in values("RUN") if "pip install" in each]
        assert "--require-hashes" in installs[0]
        assert all("--require-hashes" in each or "--no-deps" in each for each in installs)

    @pytest.mark.skipif(shutil.which("hadolint") is None, reason="there is no hadolint here")
    def test_a_stricter_reader_finds_nothing(self) -> None:
        done = subprocess.run(
            ["hadolint", FOLDER / "Dockerfile"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout

    def test_its_health_check_finds_a_service_that_runs(self, fast: Labeler, tmp_path: Path) -> None:
        (check,) = values("HEALTHCHECK")
        _, _, listed = check.partition(" CMD ")
        # a list in JSON, which is one in Python too
        command = [sys.executable, *shlex.split(listed.strip("[]").replace('", "', '" "'))[1:]]
        settings = Settings(
            public=True, origin=ORIGIN, proxies=1, anonymous_limit=9, state_folder=str(tmp_path)
        )
        with running(create_app(settings, fast, one_process=True), behind_proxy=True) as server:
            known = os.environ | {"SOURCEMARK_ORIGIN": ORIGIN}
            here = [part.replace("http://127.0.0.1:8377", server.address) for part in command]
            assert subprocess.run(here, env=known, check=False).returncode == 0
            other = known | {"SOURCEMARK_ORIGIN": "https://other.example.org"}
            assert subprocess.run(here, env=other, stderr=subprocess.DEVNULL, check=False).returncode == 1


def test_what_it_installs_is_what_was_tested() -> None:
    tested = {
        (each.name, each.version): each.hashes
        for each in read_requirements((ROOT / "requirements-dev.lock").read_text("utf-8"))
    }
    assert list(faults_of_requirements(LOCK)) == []
    locked = {(each.name, each.version): each.hashes for each in read_requirements(LOCK)}
    assert locked.items() <= tested.items(), "run make lock"
    assert {name for name, _ in locked} >= {"gunicorn", "flask-limiter", "redis", "onnxruntime", "pg8000"}
