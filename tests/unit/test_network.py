"""No program of ours opens a connection, but for what the reader asked for: a port on this computer."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from ipaddress import ip_address
import json
import os
from pathlib import Path
import platform
import re
import socket
import subprocess
import sys
from typing import Any

import pytest

from corrections.giving import correction
from offline import NOBODY, OfflineError
from sourcemark.corrections.place import File
from sourcemark.corrections.store import Store

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds" / "articles.jsonl"
ARTICLE = "The dam will hold, the water ministry said.\n\n“I heard it crack,” said Ina Roth, 61.\n"

HTML = f"<!doctype html><title>A dam</title><article><p>{ARTICLE}</p></article><img src=//host.example/a.png>"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sourcemark", *arguments]


def environment(notes: Path) -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(HERE / "network"), os.environ.get("PYTHONPATH")]))
    own = dict.fromkeys(("XDG_DATA_HOME", "XDG_STATE_HOME", "SOURCEMARK_STATE_FOLDER"), str(notes.parent))
    return os.environ | own | {"PYTHONPATH": path, "NETWORK_NOTES": str(notes)}


def events(notes: Path) -> list[Any]:
    return [tuple(json.loads(line)) for line in notes.read_text().splitlines()]


@pytest.mark.parametrize(
    ("arguments", "asked_for"),
    [
        (["label", "-", "--json"], []),
        # urllib3, which trafilatura brings along, looks in this way whether the system has IPv6
        (["label", "-", "--model", "fast"], [("socket.bind", ["::1", 0])] if socket.has_ipv6 else []),
        (["doctor", "--port", "0", "--model", "fast"], [("socket.bind", ["127.0.0.1", 0])]),
        (["evaluate", "CORPUS", "--model", "fast", "--names-swapped"], []),
        (["corrections", "list", "--each", "--database", "corrections.sqlite"], []),
    ],
    ids=["label", "label an HTML page", "doctor", "evaluate", "corrections"],
)
def test_a_command_opens_no_connection(
    arguments: list[str], asked_for: list[Any], notes: Path, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(SEEDS.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    database = tmp_path / "corrections.sqlite"
    Store(File(database)).give(correction(), None)
    places = {"CORPUS": str(corpus), database.name: str(database)}
    given = [places.get(each, each) for each in arguments]
    subprocess.run(
        command(*given),
        input=(HTML if "fast" in arguments else ARTICLE).encode(),
        env=environment(notes),
        check=True,
        capture_output=True,
    )
    assert events(notes) == asked_for


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_archive_is_labelled_without_a_connection(jobs: int, notes: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive.jsonl"
    archive.write_text("".join(f"{json.dumps({'id': str(n), 'text': ARTICLE})}\n" for n in range(8)), "utf-8")
    given = ["--jobs", str(jobs), "--shard-articles", "2", str(archive), str(tmp_path / "labels")]
    subprocess.run(command("archive", *given), env=environment(notes), check=True, capture_output=True)
    assert events(notes) == []


@contextmanager
def running(notes: Path, *arguments: str) -> Iterator[tuple[int, int]]:
    """Run a command that serves; give its process id and its port once it answers."""
    with subprocess.Popen(
        command(*arguments, "--port", "0", "--model", "fast"),
        stdout=subprocess.PIPE,
        env=environment(notes),
        text=True,
    ) as process:
        assert process.stdout
        port = None
        for line in process.stdout:
            port = port or re.search(r"http://127\.0\.0\.1:(\d+)", line)
            if line.startswith("  Stop"):
                break
        assert port
        try:
            yield process.pid, int(port[1])
        finally:
            process.terminate()


def ask(port: int, method: str, path: str, body: bytes | None = None) -> bytes:
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        response = connection.getresponse()
        assert response.status == 200
        return response.read()
    finally:
        connection.close()


def listening(port: int) -> list[Any]:
    """Return what a service that starts is noted for."""
    # sourcemark.forgetting starts it a second time, as the same program
    again = [("os.exec", sys.executable)] if platform.libc_ver()[0] == "glibc" else []
    # the web server asks for its own address in numbers (NI_NUMERICHOST), which nobody else is asked for
    return [*again, ("socket.bind", ["127.0.0.1", 0]), ("socket.getnameinfo", ["127.0.0.1", port])]


def test_the_service_opens_its_port_and_nothing_else(notes: Path) -> None:
    body = json.dumps({"blocks": [{"id": "p1", "text": ARTICLE}]}).encode()
    with running(notes, "serve") as (process, port):
        ask(port, "POST", "/v1/label", body)
        for path in ("/", "/about-these-labels", "/examples", "/v1/about", "/v1/openapi.json", "/workshop"):
            ask(port, "GET", path)
        ask(port, "GET", "/metrics")
        if sys.platform == "linux":
            # what compiled parts open would not be noted by Python: so the system is asked too
            assert sockets(process) == {f"127.0.0.1:{port}"}
    assert events(notes) == listening(port)


def test_a_workshop_asks_for_the_way_to_the_room_where_the_room_is_let_in(notes: Path) -> None:
    with running(notes, "workshop", "--no-open", "--lan") as (_, port):
        pass
    # a socket is pointed at an address of nobody, without a packet, to learn this computer's own
    way = [("socket.connect", [NOBODY, 9]), ("socket.gethostbyname", socket.gethostname())]
    assert events(notes) == listening(port) + way


def sockets(process: int) -> set[str]:
    """Return this side's address and port of every network socket of a process, whoever opened it."""
    inodes = set()
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        # the connection that was just answered may close meanwhile
        with suppress(FileNotFoundError):
            inodes.update(re.findall(r"socket:\[(\d+)\]", str(descriptor.readlink())))
    found = set()
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        for line in Path(f"/proc/{process}/net/{kind}").read_text().splitlines()[1:]:
            columns = line.split()
            if columns[9] in inodes:
                found.add(_address(columns[1]))
    return found


def _address(local: str) -> str:
    host, port = local.split(":")
    # IPv4 in the order of bytes of the machine; IPv6 is left as it stands
    shown = str(ip_address(int(host, 16).to_bytes(4, sys.byteorder))) if len(host) == 8 else host
    return f"{shown}:{int(port, 16)}"


def test_the_notes_would_show_a_connection(notes: Path) -> None:
    script = (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9));"
        "socket.getaddrinfo('localhost', 80)"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], env=environment(notes), check=True)
    assert events(notes) == [("socket.connect", ["127.0.0.1", 9]), ("socket.getaddrinfo", "localhost")]


def test_no_test_reaches_another_computer() -> None:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with (
            socket.socket(socket.AF_INET, kind) as outward,
            pytest.raises(OfflineError, match=r"socket\.connect to 198\.51\.100\.1"),
        ):
            outward.connect(("198.51.100.1", 9))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
        outward.connect((NOBODY, 9))
        with pytest.raises(OfflineError, match=r"socket\.sendto"):
            outward.sendto(b"x", (NOBODY, 9))
    with pytest.raises(OfflineError, match=r"getaddrinfo of news\.example"):
        socket.getaddrinfo("news.example", 80)
    socket.getaddrinfo("localhost", 80)
