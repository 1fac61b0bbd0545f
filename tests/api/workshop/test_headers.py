"""Every answer of every route, right or wrong, carries the headers that keep other pages out.

- nothing on a page comes from elsewhere or stands in its markup: its policy says `'self'` or `'none'` only;
- no page of ours is framed, and none of its addresses changes with a `<base>`;
- no other origin takes an answer in, guesses its type, or is told where a reader came from;
- no answer is kept by a cache without asking, no cookie is set, and no name of a server is given.
"""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage, parse_headers
import re
from socket import create_connection
from urllib.parse import urlsplit

from flask import Flask
import pytest
from werkzeug.routing import Rule

from api.workshop.evening import Evening
from sourcemark.web.workshop import room_app

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PERSON = {"Accept": "text/html,*/*;q=0.8"}
METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
STRANGERS = ({"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"})

UNREADABLE = [
    b"nonsense\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nBad header\r\n\r\n",
    b"POST /w HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
    b"POST /w HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"POST /w HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /w HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ".ljust(262_144, b"x"),
]
"""What the web server refuses itself, before any app hears of it."""


@pytest.fixture
def room(evening: Evening) -> str:
    """The address of the room's door, with a workshop behind it."""
    evening.open()
    return evening.let_in().removesuffix("/w")


def test_every_answer_of_the_service_keeps_others_out(evening: Evening, app: Flask, room: str) -> None:
    statuses = {status for rule in ordered(app) for status in asked(evening, evening.address, rule)}
    # every kind of answer was among them
    assert statuses >= {200, 303, 400, 403, 404, 405, 409, 415, 422}


def test_every_answer_of_the_room_keeps_others_out(evening: Evening, room: str) -> None:
    rules = ordered(room_app(evening.workshop, [str(urlsplit(room).hostname)]))
    statuses = {status for rule in rules for status in asked(evening, room, rule)}
    assert statuses >= {200, 302, 303, 403, 404, 405, 409, 415, 422}


@pytest.mark.parametrize("request_bytes", UNREADABLE, ids=lambda sent: repr(sent[:60]))
def test_what_the_web_server_refuses_keeps_others_out(
    evening: Evening, room: str, request_bytes: bytes
) -> None:
    for address in (evening.address, room):
        place = urlsplit(address)
        with create_connection((str(place.hostname), place.port)) as connection:
            connection.sendall(request_bytes)
            with connection.makefile("rb") as file:
                assert file.readline().startswith(b"HTTP/1.")
                check(parse_headers(file))


def test_a_person_who_calls_the_room_by_another_name_is_refused_without_a_fault(
    room: str, caplog: pytest.LogCaptureFixture
) -> None:
    status, headers = ask(room, "GET", "/w", PERSON | {"Host": "evil.example"})
    assert status == 403
    assert headers["Content-Type"] == "application/problem+json"
    assert caplog.text == ""


def ordered(app: Flask) -> list[Rule]:
    """Return the routes; what ends a workshop comes last."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule.endswith("/end"))


def asked(evening: Evening, address: str, rule: Rule) -> Iterator[int]:
    """Ask one route in every way, check every answer, and yield its status."""
    state = evening.workshop.store.state()
    filled = f"code={state.keys.code}&sentence=1&choice=official_statement" if state else ""
    for path in paths(evening, rule):
        for method in METHODS:
            yield checked(address, method, path, {})
        for headers in ({}, PERSON):
            yield checked(address, "GET", path, headers)
            yield checked(address, "POST", path, FORM | headers, filled)
        yield checked(address, "POST", path, {"Content-Type": "application/json"})
        for stranger in STRANGERS:
            yield checked(address, "GET", path, stranger | PERSON)


def paths(evening: Evening, rule: Rule) -> list[str]:
    """Return a route's address as nobody knows it, and with what stands for something there."""
    missing = re.sub(r"<int:\w+>", "1", rule.rule)
    missing = re.sub(r"<[^>]+>", "nothing", missing)
    state = evening.workshop.store.state()
    if state is None or missing == rule.rule:
        return [missing]
    secret = state.keys.projector if rule.rule.startswith("/workshop/p/") else state.keys.facilitator
    if rule.rule.startswith("/w/"):
        secret = evening.workshop.store.join(state.keys.code)
    name = "workshop.css" if rule.rule.startswith("/workshop/") else "room.css"
    found = (
        rule.rule.replace("<secret>", secret).replace("<path:name>", "icons/icon.svg").replace("<name>", name)
    )
    found = found.replace("<int:length>", "45").replace("<workshop>", "1-after-the-flood")
    return [missing, found.replace("<id>", "seed-harbour-fire")]


def checked(address: str, method: str, path: str, headers: dict[str, str], body: str = "") -> int:
    status, answered = ask(address, method, path, headers, body)
    check(answered)
    assert status < 500, (method, path, headers)
    return status


def ask(
    address: str, method: str, path: str, headers: dict[str, str], body: str = ""
) -> tuple[int, HTTPMessage]:
    connection = HTTPConnection(urlsplit(address).netloc)
    try:
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        response.read()
        return response.status, response.headers
    finally:
        connection.close()


def check(headers: HTTPMessage) -> None:
    """Fail unless an answer carries all that this module promises, once."""
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("Cross-Origin-Resource-Policy") == ["same-origin"]
    assert headers.get_all("Referrer-Policy") in (["no-referrer"], ["same-origin"])
    assert headers.get_all("Cache-Control") in (["no-store"], ["no-cache"])
    names = {name.lower() for name in headers}
    assert not names & {"server", "set-cookie", "x-powered-by"}
    assert not any(name.startswith("access-control") for name in names)
    (policy,) = headers.get_all("Content-Security-Policy", [])
    directives = {name: words for name, *words in (each.split() for each in policy.split(";"))}
    assert all(words in (["'self'"], ["'none'"]) for words in directives.values())
    for name in ("default-src", "base-uri", "frame-ancestors"):
        assert directives[name] == ["'none'"]
    assert "form-action" in directives
