"""A service that is killed loses nothing: started again, the workshop goes on where it was."""

from collections.abc import Iterator
from contextlib import contextmanager
import os
from pathlib import Path
import re
import subprocess
import sys

import pytest

from api.workshop.browser import Browser
from api.workshop.evening import ARTICLE
from sourcemark.labels import OFFICIAL


@contextmanager
def started(
    folder: Path, *more: str, address: str = "127.0.0.2"
) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Run `sourcemark workshop` as a person does; yield the process, the page it prints, and its words."""
    command = [sys.executable, "-m", "sourcemark", "workshop", "--no-open", "--model", "fast", *more]
    environment = os.environ | {"SOURCEMARK_STATE_FOLDER": str(folder), "SOURCEMARK_LAN_ADDRESS": address}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        words = ""
        while "Stop " not in words:
            line = process.stdout.readline()
            assert line, words
            words += line
        page = re.search(r"Your page +(\S+)", words)
        assert page
        try:
            yield process, page[1], words
        finally:
            process.kill()


def test_a_second_service_says_so_and_leaves_the_workshop_of_the_first_alone(tmp_path: Path) -> None:
    desk = Browser()
    with started(tmp_path, "--port", "0") as (_, page, _):
        desk.open(page)
        desk.send("/workshop/sentences", first__text=ARTICLE)
        desk.send("/workshop/open")
        before = (tmp_path / "workshop.sqlite").read_bytes()
        second = subprocess.run(
            [sys.executable, "-m", "sourcemark", "serve", "--port", "0", "--model", "fast"],
            env=os.environ | {"SOURCEMARK_STATE_FOLDER": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert second.returncode == 1
        assert second.stderr == (
            f"Error: Another Sourcemark is running, by another port, and keeps its workshop in {tmp_path}. "
            "Stop that one, or give this one a folder of its own in SOURCEMARK_STATE_FOLDER.\n"
        )
        assert (tmp_path / "workshop.sqlite").read_bytes() == before
        assert "Go on: Label alone" in desk.again().html


needs_addresses = pytest.mark.skipif(
    sys.platform != "linux", reason="127.0.0.2 is there without being set up"
)


@needs_addresses
def test_a_killed_service_goes_on_with_code_links_answers_and_the_open_door(tmp_path: Path) -> None:
    desk, person = Browser(), Browser()
    with started(tmp_path, "--lan", "--port", "0") as (process, page, words):
        assert "Ready for a workshop." in words
        port = re.search(r":(\d+)", page)
        assert port
        assert f"will reach it at http://127.0.0.2:{port[1]}" in words
        desk.open(page)
        desk.send("/workshop/sentences", first__text=ARTICLE, first__title="The old pier")
        desk.send("/workshop/open")
        code = re.search(r"with the code (\w{6})", desk.page.text)
        assert code
        person.open(f"http://127.0.0.2:{port[1]}/w?code={code[1]}")
        person.send("/w")
        desk.send("/move", "Go on: Label alone")
        person.again()
        person.send("/answer", choice=OFFICIAL)
        process.kill()
        process.wait()

    with started(tmp_path, "--lan", "--port", port[1]) as (_, page, words):
        assert "The workshop that was open goes on." in words
        assert f"reaches it at http://127.0.0.2:{port[1]}" in words
        assert page == desk.page.address
        assert code[1] in desk.open(page).text
        assert "Sentence 2 of" in person.again().text
        assert "Official statement" in person.page.text
        desk.follow("End and delete …")
        desk.send("/end")
        assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("service.lock", b"")]


@needs_addresses
@pytest.mark.parametrize(
    ("pressed", "address", "open_again"),
    [
        (["open"], "127.0.0.2", True),
        # the computer was carried into another network
        (["open"], "127.0.0.3", False),
        (["open", "closed"], "127.0.0.2", False),
        ([], "127.0.0.2", False),
    ],
    ids=["let in", "let in elsewhere", "let in and out", "never let in"],
)
def test_a_killed_service_lets_the_room_in_again_where_it_was_in(
    tmp_path: Path, pressed: list[str], address: str, open_again: bool
) -> None:
    desk = Browser()
    with started(tmp_path, "--port", "0") as (process, page, _):
        desk.open(page)
        desk.send("/workshop/sentences", first__text=ARTICLE)
        desk.send("/workshop/open")
        for door in pressed:
            desk.post(f"{desk.page.address.partition('?')[0]}/door", door=door)
        port = page.rpartition(":")[2].partition("/")[0]
        process.kill()
        process.wait()

    with started(tmp_path, "--port", port, address=address) as (_, page, words):
        assert (f"reaches it at http://{address}:{port}" in words) is open_again
        assert ("The room can reach this computer" in desk.open(page).text) is open_again
