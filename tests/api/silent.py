"""A service in a process of its own, and a workshop in it, to send canaries to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
import os
from pathlib import Path
import re
import socket
import struct
import subprocess
import sys

from api.wire import Reply
from api.workshop.browser import Browser
from api.workshop.evening import ARTICLE


@dataclass
class Service:
    """The service in a process of its own, whose every file lies in one folder."""

    process: subprocess.Popen[bytes]
    folder: Path
    address: str
    sent: Counter[int] = field(default_factory=Counter)

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"", at: str = ""
    ) -> Reply:
        netloc = (at or self.address).removeprefix("http://")
        connection = HTTPConnection(netloc)
        try:
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in ({"Host": netloc} | dict(headers)).items():
                connection.putheader(name, value)
            if body:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            reply = Reply(response.status, dict(response.headers), response.read())
        finally:
            connection.close()
        self.sent[reply.status] += 1
        return reply

    def send_bytes(self, request: bytes) -> bytes:
        """Send what need not be HTTP, and return what comes back until the connection is closed."""
        with socket.create_connection(self.netloc) as connection:
            received = bytearray()
            # a server that has read enough answers, and resets the connection over what it left
            with suppress(ConnectionError):
                connection.sendall(request)
                while some := connection.recv(65_536):
                    received += some
            return bytes(received)

    def go_away(self, request: bytes) -> None:
        """Begin a request and break the connection off."""
        with socket.create_connection(self.netloc) as connection:
            connection.sendall(request)
            # closing resets it, as a computer does that is switched off
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    @property
    def netloc(self) -> tuple[str, int]:
        host, _, port = self.address.removeprefix("http://").rpartition(":")
        return host, int(port)

    def largest_core(self) -> int:
        """Return how many bytes of its memory the system would keep after a crash."""
        limits = Path(f"/proc/{self.process.pid}/limits").read_text()
        found = re.search(r"^Max core file size +(\S+)", limits, re.MULTILINE)
        assert found
        return -1 if found[1] == "unlimited" else int(found[1])

    def written(self) -> dict[str, bytes]:
        """Return every file that lies in the folder, by its name."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }


@contextmanager
def silent_service(folder: Path) -> Iterator[Service]:
    """Run the service of `silent_service.py` in a folder, until it ends or the block does."""
    # whatever a program may take for a place of its own lies in here too
    places = {
        name: folder / name.lower()
        for name in (*("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"),)
    }
    for place in places.values():
        place.mkdir()
    environment = os.environ | {name: str(place) for name, place in places.items()}
    environment |= {"PYTHONFAULTHANDLER": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    with (
        (folder / "stdout").open("wb") as printed,
        (folder / "stderr").open("wb") as complaints,
        subprocess.Popen(
            [sys.executable, Path(__file__).with_name("silent_service.py"), folder],
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=environment,
            cwd=folder,
        ) as process,
    ):
        assert process.stdout
        address = process.stdout.readline()
        printed.write(address)
        try:
            yield Service(process, folder, address.decode().strip())
        finally:
            process.kill()
            printed.write(process.stdout.read())


@dataclass(frozen=True)
class Keys:
    """The secret addresses of an open workshop, and where its room comes in."""

    desk: str
    projector: str
    participant: str
    room: str

    def of(self, rule: str) -> str:
        """Return the secret that opens a route."""
        parts = {"/workshop/f/": self.desk, "/workshop/p/": self.projector}
        return next((key for part, key in parts.items() if rule.startswith(part)), self.participant)


def open_workshop(service: Service) -> Keys:
    desk, person = Browser(), Browser()
    desk.open(f"{service.address}/workshop")
    desk.send("/workshop/sentences", first__text=ARTICLE, first__title="The old pier")
    desk.send("/workshop/open")
    address = desk.page.address
    code = re.search(r"The code is (\w{6})", desk.page.text)
    room = re.search(r"http://127\.0\.0\.2:\d+", desk.send("/door", "Let the room in").text)
    assert room
    assert code
    person.open(f"{service.address}/w")
    person.send("/w", code=code[1])
    projector = desk.page.links["Open the page for the projector"]
    return Keys(*(each.rpartition("/")[2] for each in (address, projector, person.page.address)), room[0])
