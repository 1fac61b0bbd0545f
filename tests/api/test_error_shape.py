"""One shape for every error.

An error of any route, with any status, is a problem detail (RFC 9457); the workshop's pages say the same in a
page of HTML to whoever asks for one:

- the status line and the field `status` are the same number;
- the type of the content is `application/problem+json`;
- `type` is `urn:sourcemark:problem:<kind>`, the kind is one of `kinds.KINDS`, and docs/api.md explains it;
- `title` names the kind, `detail` is one or more sentences for a person;
- beside these four there is only `limit` (a number), `pointer` (where in the request), `retry_after` (in
  seconds) or `request_id`;
- it is not kept by any cache.

No answer with the status 200 holds an error.
"""

from pathlib import Path
import re
from socket import create_connection

from flask import Flask
import pytest
from werkzeug.exceptions import Conflict

from api.wire import JSON, Reply, Send, article, through_test_client
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web import service
from sourcemark.web.app import create_app
from sourcemark.web.kinds import KINDS
from sourcemark.web.server import Server

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "api.md"


def check(reply: Reply) -> str:
    """Assert that `reply` is an error of the one shape, and return its kind."""
    kind = reply.problem()
    body = reply.json
    assert reply.status == KINDS[kind].status
    assert body["title"] == KINDS[kind].title
    assert re.fullmatch(r"[A-Z].*\.", body["detail"])
    assert body.keys() - {"type", "title", "status", "detail"} <= {
        "limit",
        "pointer",
        "retry_after",
        "request_id",
    }
    assert isinstance(body.get("limit", 0), int)
    assert body.get("pointer", "#").startswith("#")
    assert reply.headers["Cache-Control"] == "no-store"
    return kind


def paths(app: Flask) -> list[str]:
    return [re.sub(r"<[^>]+>", "nothing", rule.rule) for rule in app.url_map.iter_rules()]


def test_every_route_refuses_every_other_method_in_the_one_shape(app: Flask, send: Send) -> None:
    for path in paths(app):
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            reply = send(method, path, JSON)
            if reply.status != 200:
                kind = check(reply)
                assert kind in {
                    "method-not-allowed",
                    "not-found",
                    "malformed-json",
                    "not-a-form",
                    "no-workshop",
                    "no-correction",
                }
            if reply.status == 405:
                assert reply.headers["Allow"]


def test_every_route_refuses_strangers_in_the_one_shape(app: Flask, send: Send) -> None:
    for path in [*paths(app), "/nothing"]:
        assert check(send("GET", path, {"Host": "evil.example"})) == "host-not-allowed"
        assert check(send("GET", path, {"Origin": "https://evil.example"})) == "origin-not-allowed"
        assert check(send("GET", path, {"Sec-Fetch-Site": "cross-site"})) == "cross-site-request"


@pytest.mark.parametrize(
    "path", ["/nothing", "/v1", "/v1/", "/v2/label", "/page/app.py", "/examples/nothing", "/v1/label/"]
)
def test_an_unknown_address_has_the_one_shape(send: Send, path: str) -> None:
    assert check(send("GET", path)) == "not-found"


def test_without_a_model_the_service_runs_and_says_so(labeler: Labeler) -> None:
    app = create_app(Settings(), labeler)
    service.init_app(app, Settings(), None)
    send = through_test_client(app)

    assert send("GET", "/healthz").status == 200
    for method, path in [("GET", "/readyz"), ("GET", "/v1/about"), ("POST", "/v1/label")]:
        assert check(send(method, path, JSON, article())) == "no-model"


def test_with_a_model_it_is_ready(send: Send) -> None:
    assert send("GET", "/healthz").json == {"status": "ok"}
    assert send("GET", "/readyz").json == {"status": "ready"}


def test_a_fault_of_our_own_tells_an_id_to_report_and_nothing_else(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app.add_url_rule("/fault", view_func=lambda: {}["secret"])

    reply = through_test_client(app)("GET", "/fault")

    assert check(reply) == "internal-error"
    assert reply.json["request_id"] in reply.json["detail"]
    assert reply.json["request_id"] in caplog.text
    assert "KeyError in <lambda>" in caplog.text
    assert "secret" not in caplog.text + reply.body.decode()


def test_an_http_error_without_a_kind_keeps_the_shape(app: Flask) -> None:
    def conflict() -> None:
        raise Conflict("private words")

    app.add_url_rule("/conflict", view_func=conflict)

    reply = through_test_client(app)("GET", "/conflict")

    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.json == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "The request was refused.",
    }


@pytest.mark.parametrize(
    ("request_bytes", "kind"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nBad header\r\n\r\n", "bad-request"),
        (b"nonsense\r\n\r\n", "bad-request"),
        (b"POST /v1/label HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n", "bad-request"),
        (
            b"POST /v1/label HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "bad-request",
        ),
        (b"POST /v1/label HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", "not-implemented"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ".ljust(262_144, b"x"), "headers-too-large"),
        (
            b"POST /v1/label HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
            "body-too-large",
        ),
    ],
)
def test_what_the_server_itself_refuses_has_the_one_shape(
    server: Server, request_bytes: bytes, kind: str
) -> None:
    assert check(raw(server, request_bytes)) == kind


def test_every_kind_is_explained_in_the_documentation() -> None:
    documented = set(re.findall(r"^\| `([a-z-]+)` \| \d", DOCUMENTATION.read_text(), re.MULTILINE))
    assert documented == set(KINDS)


def raw(server: Server, request_bytes: bytes) -> Reply:
    """Send bytes that no HTTP client would send."""
    port = int(server.address.rpartition(":")[2])
    with create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request_bytes)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Reply(int(status.split(" ")[1]), headers, body)
