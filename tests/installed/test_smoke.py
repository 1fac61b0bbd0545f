"""What a reader does first works from a checkout and from the wheel alike, in a process of its own."""

from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
import json
import os
from pathlib import Path
import re
import subprocess
import sys
from typing import Any
from urllib.parse import urljoin

import pytest

from api.others.commands import started
from api.wire import JSON, article

PLACES = ("checkout", "wheel")
ROOT = Path(__file__).parents[2]
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "json": "application/json"}


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def command(place: str, request: pytest.FixtureRequest) -> list[str]:
    """How `sourcemark` is started there."""
    if place == "checkout":
        return [sys.executable, "-m", "sourcemark"]
    return [str(request.getfixturevalue("installation") / "sourcemark")]


@pytest.fixture
def environment(place: str, tmp_path: Path) -> Mapping[str, str]:
    """The environment: of ours, a folder for its files; in the wheel nothing leads to the checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOURCEMARK_")}
    if place == "wheel":
        kept.pop("PYTHONPATH", None)
    return {**kept, "SOURCEMARK_STATE_FOLDER": str(tmp_path / "state"), "PYTHONUNBUFFERED": "1"}


def run(
    command: list[str], environment: Mapping[str, str], *arguments: str, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `sourcemark` to its end, away from the checkout."""
    return subprocess.run(
        [*command, *arguments],
        input=text,
        env=environment,
        cwd=environment["SOURCEMARK_STATE_FOLDER"].removesuffix("state"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


class Service:
    """A service that runs, and how to ask it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str, bytes]:
        """Return the status, the type and the body of an answer."""
        connection = HTTPConnection(self.address.removeprefix("http://"))
        try:
            connection.request(method, path, body, JSON if body else {})
            response = connection.getresponse()
            return response.status, response.headers.get_content_type(), response.read()
        finally:
            connection.close()


@pytest.fixture
def service(command: list[str], environment: Mapping[str, str]) -> Iterator[Service]:
    with started([*command, "serve", "--port", "0"], environment, "  Stop") as said:
        address = re.search(r"Sourcemark is ready at (http://127\.0\.0\.1:\d+)", said)
        assert address
        yield Service(address[1])


def loaded(service: Service, page: str) -> dict[str, str]:
    """Return what a page is made of, whatever loads it, with the type of each."""
    status, _, body = service.ask("GET", page)
    assert status == 200
    waiting = set(re.findall(r'<(?:link|script|img)[^>]+(?:src|href)="([^"]+)"', body.decode()))
    found: dict[str, str] = {}
    while waiting:
        address = urljoin(page, waiting.pop())
        if address in found:
            continue
        status, found[address], content = service.ask("GET", address)
        assert status == 200, address
        if address.endswith(".js"):
            imported = re.findall(rb'(?:\bfrom|\bimport)\s*\(?\s*"([./][^"]+\.js)"', content)
            waiting |= {urljoin(address, each.decode()) for each in imported}
    return found


def test_it_serves_answers_and_shows_the_reading_room(service: Service) -> None:
    assert service.ask("GET", "/healthz")[0] == service.ask("GET", "/readyz")[0] == 200

    status, _, body = service.ask("POST", "/v1/label", article())
    answer: Any = json.loads(body)
    assert status == 200
    assert answer["summary"]["sentences"] == 4
    assert answer["model"]["name"] == "en-careful"

    parts = loaded(service, "/")
    assert {"text/css", "text/javascript"} <= set(parts.values())
    assert all(kind == TYPES[address.rpartition(".")[2]] for address, kind in parts.items())
    for page in ("/about-these-labels", "/examples", "/workshop", "/extension/content/main.js", "/metrics"):
        assert service.ask("GET", page)[0] == 200, page


def test_the_doctor_finds_everything_in_order(command: list[str], environment: Mapping[str, str]) -> None:
    done = run(command, environment, "doctor", "--port", "0")
    assert done.returncode == 0, done.stdout
    assert "problem" not in done.stdout
    assert "is the file that belongs here" in done.stdout


def test_a_text_is_labelled(command: list[str], environment: Mapping[str, str]) -> None:
    done = run(command, environment, "label", "-", text="The dam will hold, the water ministry said.")
    assert done.returncode == 0, done.stderr
    assert "Official statement: 1" in done.stdout


def test_the_wheel_needs_nothing_of_the_checkout(installation: Path, tmp_path: Path) -> None:
    script = "import sourcemark, sourcemark.resources as r; print(sourcemark.__file__, r.folder('models'))"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [installation / "python", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    for path in done.stdout.split():
        assert path.startswith(str(installation.parent))
