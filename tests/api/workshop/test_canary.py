"""What was said in a workshop is gone when it ends: from files, from what was printed, and from memory.

Memory that a program has let go of keeps its bytes until something else needs the place, unless the C library
overwrites it, which sourcemark.forgetting asks for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
import os
from pathlib import Path
import platform
import re
import subprocess
import sys

import pytest

from api.workshop.browser import Browser
from sourcemark.labels import ANONYMOUS

# the parts are put together nowhere else, so that only what was sent can hold the whole
ARTICLE = "-".join(("heron", "q7x3", "article"))
TITLE = "-".join(("heron", "q7x3", "title"))
CODE = "-".join(("heron", "q7x3", "code"))
CHOICE = "-".join(("heron", "q7x3", "choice"))
SLIP = "-".join(("heron", "q7x3", "slip"))
NOTE = "-".join(("heron", "q7x3", "note"))

CANARIES = (ARTICLE, TITLE, CODE, CHOICE, SLIP, NOTE)

TEXT = f"""The harbour authority said on Monday that the {ARTICLE} would be closed.

A city official, who asked not to be named because the talks are private, said the {ARTICLE} cost too much.

“I saw the planks of the {ARTICLE} give way,” said Mira Holt, who sells fish there. It was built in 1911."""


@dataclass
class Service:
    """A service in a process of its own."""

    process: subprocess.Popen[bytes]
    page: str
    folder: Path
    logs: Path
    desk: Browser = field(default_factory=Browser)
    person: Browser = field(default_factory=Browser)

    def written(self) -> bytes:
        """Return everything that stands in a file of its own, or was printed."""
        return b"".join(each.read_bytes() for each in (*self.folder.rglob("*"), *self.logs.iterdir()))

    def remembered(self) -> bytes:
        """Return all memory that the process can write to."""
        found = []
        with Path(f"/proc/{self.process.pid}/mem").open("rb", buffering=0) as memory:
            for line in Path(f"/proc/{self.process.pid}/maps").read_text().splitlines():
                span, rights, *_ = line.split()
                if rights.startswith("rw"):
                    start, end = (int(each, 16) for each in span.split("-"))
                    memory.seek(start)
                    found.append(memory.read(end - start))
        return b"".join(found)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    folder, logs = tmp_path / "state", tmp_path / "logs"
    logs.mkdir()
    command = [sys.executable, "-m", "sourcemark", "workshop", "--no-open", "--model", "fast", "--port", "0"]
    environment = os.environ | {"SOURCEMARK_STATE_FOLDER": str(folder)}
    with (
        (logs / "stderr").open("wb") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment) as process,
        (logs / "stdout").open("wb") as printed,
    ):
        assert process.stdout
        page = None
        for line in process.stdout:
            printed.write(line)
            page = page or re.search(rb"Your page +(\S+)", line)
            if b"Stop " in line:
                break
        assert page
        try:
            yield Service(process, page[1].decode(), folder, logs)
        finally:
            process.terminate()
            printed.write(process.stdout.read())
    # stopping says nothing either
    printed_last = b"".join(each.read_bytes() for each in logs.iterdir())
    assert [each for each in CANARIES if each.encode() in printed_last] == []


def hold_workshop(service: Service) -> None:
    """Let somebody send everything that can be sent, and more than is asked for."""
    desk, person = service.desk, service.person
    desk.open(service.page)
    desk.send("/workshop/sentences", first__text=TEXT, first__title=TITLE)
    desk.send("/workshop/open")
    code = re.search(r"The code is (\w{6})", desk.page.text)
    assert code

    start = service.page.rpartition("/workshop")[0]
    person.open(f"{start}/w?code={CODE}")
    person.send("/w")
    person.send("/w", code=code[1], people=CODE)
    desk.send("/move", "Go on: Label alone")
    person.again()
    person.post(f"{person.page.address}/answer", sentence="1", choice=CHOICE, name=CHOICE)
    person.open(f"{person.page.address.removesuffix('/answer')}?{CHOICE}")
    person.send("/answer", choice=ANONYMOUS)
    desk.send("/move", "Go there", to="tool-0")
    desk.send("/note", "Save the note", note=NOTE, sentence="1")
    desk.send("/move", "Go there", to="exit-0")
    person.again()
    person.post(f"{person.page.address.partition('?')[0]}/slip", easier=SLIP, look=SLIP)
    desk.follow("Results as a table (CSV)")


def end(service: Service) -> None:
    desk = service.desk
    desk.open(service.page)
    desk.follow("Go back to it")
    desk.follow("End and delete …")
    desk.send("/end")
    assert "The workshop has ended" in desk.page.text


@pytest.mark.skipif(
    sys.platform != "linux" or platform.libc_ver()[0] != "glibc",
    reason="another process's memory is read from /proc, and overwritten by glibc",
)
def test_nothing_of_a_workshop_is_left_when_it_has_ended(service: Service) -> None:
    hold_workshop(service)
    # the test sees what there is to see
    assert ARTICLE.encode() in service.written()
    assert ARTICLE.encode() in service.remembered()

    end(service)

    left = service.written()
    assert [each for each in CANARIES if each.encode() in left] == []
    left = service.remembered()
    assert [each for each in CANARIES if each.encode() in left] == []
