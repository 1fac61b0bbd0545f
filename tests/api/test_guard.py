"""Who may use the service: programs on this machine, the extension, its own page. No other web page."""

from typing import NamedTuple

import pytest

from api.wire import Send, article

EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
FIREFOX = "moz-extension://6f1c2f6e-1d0c-4b57-9f0e-2c8f5a1f7b11"
SAFARI = "safari-web-extension://6F1C2F6E-1D0C-4B57-9F0E-2C8F5A1F7B11"
OWN = "http://127.0.0.1:{port}"
EVIL = "https://evil.example"

JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain;charset=UTF-8"}


class Case(NamedTuple):
    """A request, and the kind of problem it meets; None where it is let through."""

    name: str
    method: str
    path: str
    headers: dict[str, str]
    problem: str | None


CASES = [
    Case("a program asks", "GET", "/v1/about", {}, None),
    Case("a program sends an article", "POST", "/v1/label", JSON, None),
    Case("a program says localhost", "GET", "/v1/about", {"Host": "localhost:{port}"}, None),
    Case(
        "JSON with a character set",
        "POST",
        "/v1/label",
        {"Content-Type": "application/json; charset=utf-8"},
        None,
    ),
    Case(
        "the extension in Chrome, with permission for the host",
        "POST",
        "/v1/label",
        JSON | {"Origin": EXTENSION, "Sec-Fetch-Site": "none"},
        None,
    ),
    Case(
        "the extension in Chrome, without",
        "POST",
        "/v1/label",
        JSON | {"Origin": EXTENSION, "Sec-Fetch-Site": "cross-site"},
        None,
    ),
    Case(
        "the extension in Firefox",
        "POST",
        "/v1/label",
        JSON | {"Origin": FIREFOX, "Sec-Fetch-Site": "cross-site"},
        None,
    ),
    Case(
        "the extension in Firefox asks, which sends no origin",
        "GET",
        "/v1/about",
        {"Sec-Fetch-Site": "none"},
        None,
    ),
    Case("the extension in Safari", "POST", "/v1/label", JSON | {"Origin": SAFARI}, None),
    Case(
        "the reader types the address",
        "GET",
        "/",
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
        None,
    ),
    Case("our own page", "POST", "/v1/label", JSON | {"Origin": OWN, "Sec-Fetch-Site": "same-origin"}, None),
    Case("our own page asks", "GET", "/v1/about", {"Sec-Fetch-Site": "same-origin"}, None),
    Case(
        "our own page under its other name",
        "POST",
        "/v1/label",
        JSON | {"Host": "localhost:{port}", "Origin": "http://localhost:{port}"},
        None,
    ),
    Case(
        "another site sends JSON",
        "POST",
        "/v1/label",
        JSON | {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
        "origin-not-allowed",
    ),
    Case(
        "another site sends plain text, which needs no preflight",
        "POST",
        "/v1/label",
        TEXT | {"Origin": EVIL, "Sec-Fetch-Mode": "no-cors"},
        "origin-not-allowed",
    ),
    Case(
        "a sandboxed frame",
        "POST",
        "/v1/label",
        JSON | {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        "origin-not-allowed",
    ),
    Case("a local file asks", "GET", "/v1/about", {"Origin": "null"}, "origin-not-allowed"),
    Case(
        "an image on another site",
        "GET",
        "/v1/about",
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"},
        "cross-site-request",
    ),
    Case(
        "a frame or a link on another site",
        "GET",
        "/",
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        "cross-site-request",
    ),
    Case(
        "a page on another port of this machine",
        "POST",
        "/v1/label",
        JSON | {"Origin": "http://127.0.0.1:3000", "Sec-Fetch-Site": "same-site"},
        "origin-not-allowed",
    ),
    Case(
        "an image on another port of this machine",
        "GET",
        "/v1/about",
        {"Sec-Fetch-Site": "same-site"},
        "cross-site-request",
    ),
    Case(
        "a page of this port by https",
        "POST",
        "/v1/label",
        JSON | {"Origin": "https://127.0.0.1:{port}"},
        "origin-not-allowed",
    ),
    Case(
        "DNS rebinding asks",
        "GET",
        "/v1/about",
        {"Host": "evil.example:{port}", "Sec-Fetch-Site": "same-origin"},
        "host-not-allowed",
    ),
    Case(
        "DNS rebinding sends an article",
        "POST",
        "/v1/label",
        JSON | {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"},
        "host-not-allowed",
    ),
    Case(
        "a wrong name is told before a wrong origin",
        "GET",
        "/v1/about",
        {"Host": "evil.example:{port}", "Origin": EVIL},
        "host-not-allowed",
    ),
    Case(
        "a name that only begins like ours",
        "GET",
        "/v1/about",
        {"Host": "127.0.0.1.evil.example"},
        "host-not-allowed",
    ),
    Case(
        "a name that only ends like ours", "GET", "/v1/about", {"Host": "evil.localhost"}, "host-not-allowed"
    ),
    Case(
        "this machine by IPv6, where nothing listens",
        "GET",
        "/v1/about",
        {"Host": "[::1]:{port}"},
        "host-not-allowed",
    ),
    Case("any address at all", "GET", "/v1/about", {"Host": "0.0.0.0:{port}"}, "host-not-allowed"),
    Case("no name", "GET", "/v1/about", {"Host": ""}, "host-not-allowed"),
    Case(
        "a preflight of another site",
        "OPTIONS",
        "/v1/label",
        {"Origin": EVIL, "Access-Control-Request-Method": "POST"},
        "origin-not-allowed",
    ),
    Case("a preflight of an extension", "OPTIONS", "/v1/label", {"Origin": EXTENSION}, "method-not-allowed"),
    Case(
        "an origin that only contains ours",
        "GET",
        "/v1/about",
        {"Origin": f"{OWN}.evil.example"},
        "origin-not-allowed",
    ),
    Case(
        "an origin that only contains an extension's",
        "GET",
        "/v1/about",
        {"Origin": f"https://evil.example/{EXTENSION}"},
        "origin-not-allowed",
    ),
    Case(
        "an extension's scheme and nothing else",
        "GET",
        "/v1/about",
        {"Origin": "chrome-extension://"},
        "origin-not-allowed",
    ),
    Case("two origins", "GET", "/v1/about", {"Origin": f"{EXTENSION}, {EVIL}"}, "origin-not-allowed"),
    Case("an empty origin", "GET", "/v1/about", {"Origin": ""}, "origin-not-allowed"),
    Case(
        "another site at an address that is none", "GET", "/nothing", {"Origin": EVIL}, "origin-not-allowed"
    ),
    Case("plain text without an origin", "POST", "/v1/label", TEXT, "not-json"),
    Case(
        "a form",
        "POST",
        "/v1/label",
        {"Content-Type": "application/x-www-form-urlencoded"},
        "not-json",
    ),
    Case(
        "a form with a file",
        "POST",
        "/v1/label",
        {"Content-Type": "multipart/form-data; boundary=x"},
        "not-json",
    ),
    Case("plain text to an address that is none", "POST", "/nothing", TEXT, "not-found"),
    Case("plain text to where nothing is sent", "POST", "/healthz", TEXT, "method-not-allowed"),
    Case("no type at all", "POST", "/v1/label", {}, "not-json"),
    Case("almost JSON", "POST", "/v1/label", {"Content-Type": "application/json-patch+json"}, "not-json"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_only_this_machine_s_reader_gets_in(send: Send, case: Case) -> None:
    reply = send(case.method, case.path, case.headers, article() if case.method == "POST" else b"")

    if case.problem is None:
        assert reply.status == 200
    else:
        assert reply.problem() == case.problem


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_answer_lets_another_page_read_it(send: Send, case: Case) -> None:
    headers = send(case.method, case.path, case.headers, article() if case.method == "POST" else b"").headers

    assert not any(name.lower().startswith("access-control") for name in headers)
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Server" not in headers


def test_nothing_changes_by_asking(send: Send) -> None:
    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE"):
        assert send(method, "/v1/label").status == 405
