"""The guard against programs that are no browser: curl, and requests written by hand that no client sends."""

from collections.abc import Iterator
from http.client import parse_headers
import shutil
from socket import create_connection
import subprocess
from typing import NamedTuple

import pytest

from api.test_guard import CASES, Case
from api.wire import Reply, article, running
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.server import Server

CURL = shutil.which("curl")

BODY = article(["The mayor said on Monday that the bridge was closed."])
LABEL = f"POST /v1/label HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(BODY)}\r\n".encode()
ASK = b"GET /v1/about HTTP/1.1\r\n"
OURS = b"Host: 127.0.0.1\r\n"
EVIL = b"Host: evil.example\r\n"


class Written(NamedTuple):
    """A request as bytes, without the line that ends its head, and its problem; None for an answer."""

    name: str
    head: bytes
    problem: str | None
    body: bytes = b""


WRITTEN = [
    Written("our name", ASK + OURS, None),
    Written(
        "a line break inside a header's value",
        ASK + OURS + b"X: a\r\n Origin: https://evil.example\r\n",
        None,
    ),
    Written("a proxy's word for another name", ASK + OURS + b"X-Forwarded-Host: evil.example\r\n", None),
    Written("an offer of HTTP/2", ASK + OURS + b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n", None),
    Written("two names, ours first", ASK + OURS + EVIL, "host-not-allowed"),
    Written("two names, ours last", ASK + EVIL + OURS, "host-not-allowed"),
    Written(
        "our name in the address only",
        b"GET http://127.0.0.1/v1/about HTTP/1.1\r\n" + EVIL,
        "host-not-allowed",
    ),
    Written("no name at all", ASK, "host-not-allowed"),
    Written("no name in the old protocol", b"GET /v1/about HTTP/1.0\r\n", "host-not-allowed"),
    Written("a proxy's word for ours", ASK + EVIL + b"X-Forwarded-Host: 127.0.0.1\r\n", "host-not-allowed"),
    Written("the standard's word for it", ASK + EVIL + b"Forwarded: host=127.0.0.1\r\n", "host-not-allowed"),
    Written("a header named like a variable", ASK + EVIL + b"HTTP_HOST: 127.0.0.1\r\n", "host-not-allowed"),
    *(
        Written(f"the name {name}", ASK + f"Host: {name}\r\n".encode(), "host-not-allowed")
        for name in (
            *(
                "127.0.0.1@evil.example",
                "evil.example@127.0.0.1",
                "127.0.0.1, evil.example",
                "127.0.0.1/evil",
            ),
            *("127.0.0.1:evil.example", "127.0.0.1 evil.example", "127.0.0.2", "127.1", "2130706433"),
            *("0x7f000001", "localhost.evil.example", "１２７.０.０.１", "127.0.0.1é", "*", "."),
        )
    ),
    Written(
        "two origins", ASK + OURS + b"Origin: http://127.0.0.1\r\nOrigin: null\r\n", "origin-not-allowed"
    ),
    Written("an origin in capitals", ASK + OURS + b"ORIGIN: HTTPS://EVIL.EXAMPLE\r\n", "origin-not-allowed"),
    Written("our other name as origin", ASK + OURS + b"Origin: http://localhost\r\n", "origin-not-allowed"),
    Written("an origin of blanks", ASK + OURS + b"Origin: \t \r\n", "origin-not-allowed"),
    Written(
        "two places that it comes from",
        ASK + OURS + b"Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n",
        "cross-site-request",
    ),
    Written("a place nobody knows", ASK + OURS + b"Sec-Fetch-Site: anywhere\r\n", "cross-site-request"),
    Written(
        "two types, JSON last",
        LABEL + b"Content-Type: text/plain\r\nContent-Type: application/json\r\n",
        "not-json",
        BODY,
    ),
    Written(
        "JSON as a parameter", LABEL + b"Content-Type: text/plain; application/json\r\n", "not-json", BODY
    ),
    Written(
        "another method in a header",
        b"GET /v1/label HTTP/1.1\r\nContent-Type: application/json\r\nX-HTTP-Method-Override: POST\r\n"
        + OURS,
        "method-not-allowed",
    ),
    Written("TRACE", b"TRACE /v1/about HTTP/1.1\r\n" + OURS, "method-not-allowed"),
    Written("CONNECT", b"CONNECT 127.0.0.1:80 HTTP/1.1\r\n" + OURS, "not-found"),
    Written("a method of one's own", b"LABEL /v1/label HTTP/1.1\r\n" + OURS, "method-not-allowed"),
    Written("a question about everything", b"OPTIONS * HTTP/1.1\r\n" + OURS, "not-found"),
    Written("the start of HTTP/2", b"PRI * HTTP/2.0\r\n", "host-not-allowed"),
    Written("the start of TLS", b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n", "bad-request"),
    Written("a file above the folder", b"GET /page/../../../etc/passwd HTTP/1.1\r\n" + OURS, "not-found"),
    Written("a file beside the named ones", b"GET /extension/manifest.json HTTP/1.1\r\n" + OURS, "not-found"),
    Written(
        "a folder above, written otherwise",
        b"GET /extension/%2e%2e/README.md HTTP/1.1\r\n" + OURS,
        "not-found",
    ),
    Written("a name that ends early", b"GET /page/room.css%00.html HTTP/1.1\r\n" + OURS, "not-found"),
    Written("line ends of one character", ASK.replace(b"\r", b"") + b"Host: evil.example\n", "bad-request"),
    Written("a carriage return inside a line", ASK + b"Host: 127.0.0.1\rX: 1\r\n", "bad-request"),
    Written("a blank before the colon", ASK + b"Host : 127.0.0.1\r\n", "bad-request"),
    Written(
        "two lengths", LABEL + b"Content-Type: application/json\r\nContent-Length: 5\r\n", "bad-request", BODY
    ),
]


@pytest.fixture(scope="module", name="server")
def one_server(fast: Labeler) -> Iterator[Server]:
    """The service on a real port. No request leaves anything behind for the next."""
    with running(create_app(Settings(), fast)) as server:
        yield server


@pytest.mark.skipif(CURL is None, reason="curl is not installed; http.client sends the same in test_guard.py")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_curl_meets_what_any_other_program_meets(server: Server, case: Case) -> None:
    reply = curl(server, case)

    if case.problem is None:
        assert reply.status == 200
    else:
        assert reply.problem() == case.problem


@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.name)
def test_a_request_that_no_client_sends_gets_past_no_rule(server: Server, written: Written) -> None:
    (reply,) = exchange(server, written.head + b"Connection: close\r\n\r\n" + written.body, 1)

    if written.problem is None:
        assert reply.status == 200
    else:
        assert reply.problem() == written.problem


def test_a_request_that_rides_behind_another_meets_the_guard_too(server: Server) -> None:
    first, second = exchange(
        server, b"GET /healthz HTTP/1.1\r\n" + OURS + b"\r\n" + ASK + EVIL + b"Connection: close\r\n\r\n", 2
    )
    assert first.status == 200
    assert second.problem() == "host-not-allowed"


def test_a_request_that_hides_in_the_body_of_another_meets_the_guard_too(server: Server) -> None:
    hidden = ASK + EVIL + b"Connection: close\r\n\r\n"
    head = b"POST /v1/label HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 6\r\n" + OURS
    first, second = exchange(server, head + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, 2)
    assert first.problem() == "malformed-json"
    assert second.problem() == "host-not-allowed"


def test_a_web_socket_is_not_opened(server: Server) -> None:
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    after = ASK + OURS + b"Connection: close\r\n\r\n"
    first, second = exchange(server, ASK + OURS + upgrade + b"\r\n" + after, 2)
    assert first.problem() == "bad-request"
    assert second.status == 200


def curl(server: Server, case: Case) -> Reply:
    """Send a case by curl, which takes a header without a value as `Name;`."""
    given = {name: value.replace("{port}", str(server.port)) for name, value in case.headers.items()}
    headers = [f"{name}: {value}" if value else f"{name};" for name, value in given.items()]
    command = [str(CURL), "--silent", "--include", "--noproxy", "*", "--request", case.method]
    if case.method == "POST":
        command += ["--data-binary", "@-"]
        # curl names a form's type unless it is told another, or none
        headers += [] if "Content-Type" in given else ["Content-Type:"]
    for header in headers:
        command += ["--header", header]
    result = subprocess.run(
        [*command, f"{server.address}{case.path}"], input=BODY, capture_output=True, check=True
    )
    head, _, body = result.stdout.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    return Reply(int(status.split(" ")[1]), dict(line.split(": ", 1) for line in lines), body)


def exchange(server: Server, request: bytes, answers: int) -> list[Reply]:
    """Send bytes on one connection and return as many answers, after which nothing more may come."""
    replies = []
    with create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as file:
            for _ in range(answers):
                status = int(file.readline().split()[1])
                headers = parse_headers(file)
                replies.append(Reply(status, dict(headers), file.read(int(headers["Content-Length"]))))
            assert file.read() == b""
    return replies
