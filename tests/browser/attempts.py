"""What other pages try against the service: every way that a browser has to send something somewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from browser.browser import Browser
from browser.door import Target

CODE: Final = Path(__file__).with_name("attempts.js").read_text(encoding="utf-8")

_ARTICLE: Final = '{"blocks": [{"id": "p1", "text": "The mayor said on Monday that the bridge was closed."}]}'
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Attempt:
    """One thing that a page tries."""

    name: str
    how: str
    """Its name in `attempts.js`."""
    path: str
    """`{facilitator}`, `{person}` and `{code}` stand for secrets of the workshop, which got out."""
    view: str | None = None
    """The endpoint that it reaches where nothing guards the service; None where there is none."""
    options: dict[str, Any] = field(default_factory=dict)
    room: bool = False
    """Whether it is tried at the workshop's door, and not at the service."""


def _sent(type: str | None = None, body: str = _ARTICLE, mode: str = "no-cors") -> dict[str, Any]:
    headers = {"Content-Type": type} if type else {}
    return {"method": "POST", "mode": mode, "body": body, "headers": headers}


def _form(enctype: str = _FORM, **fields: str) -> dict[str, Any]:
    return {"method": "post", "enctype": enctype, "fields": fields}


_ASK, _LABEL, _FILE = "/v1/about", "/v1/label", "/extension/shared/labels.js"
_OPEN, _DESK = "/workshop/open", "/workshop/f/{facilitator}"

ATTEMPTS: Final = (
    Attempt("fetch", "fetch", _ASK, "api.about"),
    Attempt("fetch without cors", "fetch", _ASK, "api.about", {"mode": "no-cors"}),
    Attempt("fetch with credentials", "fetch", _ASK, "api.about", {"credentials": "include"}),
    Attempt("fetch sends text", "fetch", _LABEL, "api.label", _sent("text/plain")),
    Attempt("fetch sends text and listens", "fetch", _LABEL, "api.label", _sent("text/plain", mode="cors")),
    Attempt("fetch sends a form", "fetch", _OPEN, "workshop.opening.open_workshop", _sent(_FORM, "ready=1")),
    Attempt("fetch sends JSON", "fetch", _LABEL, None, _sent("application/json", mode="cors")),
    Attempt("XHR", "xhr", _ASK, "api.about"),
    Attempt("XHR sends text", "xhr", _LABEL, "api.label", _sent("text/plain")),
    Attempt("XHR sends JSON", "xhr", _LABEL, None, _sent("application/json")),
    Attempt("form", "form", _OPEN, "workshop.opening.open_workshop", _form(ready="1")),
    Attempt(
        "form with a file",
        "form",
        _OPEN,
        "workshop.opening.open_workshop",
        _form("multipart/form-data", ready="1"),
    ),
    # a form of plain text can be written so that its body is JSON
    Attempt(
        "form that is JSON",
        "form",
        _LABEL,
        "api.label",
        _form("text/plain", **{_ARTICLE[:-1] + ', "rest": "': '"}'}),
    ),
    Attempt("image", "img", "/extension/icons/icon.svg", "extension.file"),
    Attempt("sound", "audio", _ASK, "api.about"),
    Attempt("script", "script", _FILE, "extension.file"),
    Attempt("style sheet", "link", "/page/room.css", "pages.file"),
    Attempt("frame", "iframe", "/", "pages.index"),
    Attempt("object", "object", "/", "pages.index"),
    Attempt("WebSocket", "websocket", _ASK),
    Attempt("event source", "eventsource", _ASK, "api.about"),
    Attempt("beacon", "beacon", _LABEL, "api.label", {"type": "text/plain", "body": _ARTICLE}),
    Attempt("beacon of JSON", "beacon", _LABEL, None, {"type": "application/json", "body": _ARTICLE}),
    Attempt("worker's script", "worker", _FILE, "extension.file"),
    Attempt("worker", "own_worker", _FILE),
    Attempt("module", "module", _FILE, "extension.file"),
    Attempt("desk read", "fetch", _DESK, "workshop.desk.show"),
    Attempt("desk framed", "iframe", _DESK, "workshop.desk.show"),
    Attempt(
        "stage moved",
        "form",
        f"{_DESK}/move",
        "workshop.desk.move",
        _form(**{"from": "alone-0", "to": "second-0"}),
    ),
    Attempt(
        "note written", "fetch", f"{_DESK}/note", "workshop.desk.note", _sent(_FORM, "sentence=1&note=x")
    ),
    Attempt("room: page read", "fetch", "/w/{person}", "workshop.participant.show", room=True),
    Attempt("room: page framed", "iframe", "/w/{person}", "workshop.participant.show", room=True),
    Attempt("room: news read", "xhr", "/w/{person}/live", "workshop.participant.ask", room=True),
    Attempt("room: joined", "form", "/w", "workshop.participant.join", _form(code="{code}"), room=True),
    Attempt(
        "room: joined by script",
        "fetch",
        "/w",
        "workshop.participant.join",
        _sent(_FORM, "code={code}"),
        room=True,
    ),
    Attempt(
        "room: answered",
        "form",
        "/w/{person}/answer",
        "workshop.participant.answer",
        _form(sentence="1", choice="official_statement"),
        room=True,
    ),
)

ENDING: Final = (Attempt("ended", "form", f"{_DESK}/end", "workshop.desk.end", _form()),)
"""Tried after the others, since nothing of the workshop is left if it gets in."""

NEVER_SENT: Final = frozenset({"worker"})
"""No browser asks another origin for a worker at all."""


def tried(
    browser: Browser, attempts: Sequence[Attempt], at: Target, inside: str = "", name: str = "127.0.0.1"
) -> dict[str, str]:
    """Try everything from the page in front, and return what each attempt could get.

    `inside` is "sandbox" or "data" to try it from such a frame of the page; `name` is what it calls
    the service.
    """
    secrets = {"{facilitator}": at.keys.facilitator, "{person}": at.person, "{code}": at.keys.code}
    listed = [
        {
            "name": each.name,
            "how": each.how,
            "url": f"{at.room if each.room else at.address}{each.path}?{urlencode({'attempt': each.name})}",
            "options": each.options,
        }
        for each in attempts
    ]
    sent = json.dumps(listed).replace("//127.0.0.1:", f"//{name}:")
    for word, secret in secrets.items():
        sent = sent.replace(word, secret)
    call = (
        f"attemptInFrame({json.dumps(inside)}, {json.dumps(CODE)}, {sent})" if inside else f"attempt({sent})"
    )
    # a page that is not the site's does not have the code
    found: dict[str, str] = browser.evaluate(f"(() => {{ {CODE}; return {call}; }})()")
    at.watch.wait(each.name for each in attempts if each.name not in NEVER_SENT)
    return found


def framed(browser: Browser) -> str:
    """Return the words that the page in front can read in its frames."""
    words: str = browser.evaluate(f"(() => {{ {CODE}; return framed(); }})()")
    return words
