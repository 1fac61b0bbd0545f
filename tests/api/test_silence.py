"""What a reader sends is nowhere afterwards: in no log, file, crash report, or answer but the one asked for.

A canary for each place that a request has goes through every route of the service and of a workshop's room,
with every log at its loudest, until the service is killed. What may come back to the sender is listed here.
"""

from collections import Counter
from collections.abc import Iterator
import json
from pathlib import Path
import re
import signal
import sys
from urllib.parse import quote, urlencode

from flask import Flask
import pytest

from api.canaries import CANARY, FIELDS, FORM, HEADERS, HOST, ORIGIN, OTHER, PERSON, found, places_by_file
from api.silent import Keys, Service, open_workshop, silent_service
from api.silent_service import FAULT
from api.wire import JSON, Reply
from api.workshop.browser import Browser
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.line import Line
from sourcemark.web.workshop import room_app, workshop_of

ECHOES = {
    # the QR code brings the room's code along
    ("GET", "/w"): {"query"},
    # the form that was sent comes back to be corrected, or to go on with
    ("POST", "/w"): {"field"},
    ("POST", "/workshop/sentences"): {"field"},
    ("POST", "/workshop/open"): {"field"},
    ("POST", "/workshop/f/<secret>/count"): {"field"},
}
"""What an answer may repeat, by route; `/v1/label` is looked at more closely below."""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with silent_service(tmp_path) as service:
        yield service


def everything(reply: Reply) -> bytes:
    """Return headers and body of an answer."""
    return f"{reply.headers}".encode() + reply.body


def targets(app: Flask, keys: Keys) -> Iterator[tuple[str, str, bool]]:
    """Yield the pattern of every route, and addresses of it: with canaries, and with secrets that open it."""
    for rule in sorted({each.rule for each in app.url_map.iter_rules()}):
        filled = re.sub(r"<int:\w+>", "60", rule)
        yield rule, re.sub(r"<[^>]+>", CANARY["path"], filled), False
        if "<secret>" in rule:
            yield rule, filled.replace("<secret>", keys.of(rule)), True
    yield "", f"/{CANARY['path']}", False


def walk(service: Service, app: Flask, keys: Keys, at: str = "") -> dict[tuple[str, str], set[str]]:
    """Send canaries to every route of `app` in every manner; return what was repeated by which."""
    query = "?" + urlencode(dict.fromkeys((CANARY["query"], "code", "said", "sentence"), CANARY["query"]))
    form = urlencode(FIELDS).encode()
    body = json.dumps({CANARY["key"]: CANARY["value"], "blocks": {CANARY["key"]: CANARY["value"]}}).encode()
    repeated: dict[tuple[str, str], set[str]] = {}
    for rule, path, opens in targets(app, keys):
        sent = [
            ("GET", HEADERS | PERSON, b""),
            ("GET", HEADERS | ORIGIN, b""),
            ("GET", HEADERS | HOST, b""),
            ("POST", HEADERS | JSON, body),
            ("POST", HEADERS | OTHER, body),
            (CANARY["method"].upper(), HEADERS, body),
            ("DELETE", HEADERS | JSON, body),
        ]
        # the workshop is to last until the end of the test
        if not (opens and rule.endswith("/end")):
            sent.append(("POST", HEADERS | FORM | PERSON, form))
        for method, headers, content in sent:
            reply = service.send(method, quote(path) + query, headers, content, at)
            assert reply.status < 500, (method, path)
            if places := found(everything(reply)):
                repeated.setdefault((method, rule), set()).update(places)
    return repeated


def label(service: Service, text: str, **fields: object) -> Reply:
    block = {"id": CANARY["block"], "text": text, CANARY["key"]: CANARY["value"]}
    body = {"title": CANARY["title"], "blocks": [block], CANARY["key"]: CANARY["value"], **fields}
    return service.send("POST", f"/v1/label?{CANARY['query']}", HEADERS | JSON, json.dumps(body).encode())


def refused_by_the_server() -> Iterator[bytes]:
    """Yield requests that never reach the app."""
    start = f"GET /{CANARY['path']} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode()
    word = CANARY["garbage"].encode()
    yield word + b"\r\n\r\n"
    yield start + word + b" without a colon\r\n\r\n"
    yield start + b"Content-Length: " + word + b"\r\n\r\n"
    yield start + b"Transfer-Encoding: " + word + b"\r\n\r\n"
    yield start + b"Transfer-Encoding: chunked\r\n\r\n" + word + b"\r\n"
    yield start + b"X-Long: " + word * 20_000 + b"\r\n\r\n"


def ask_for_labels(service: Service) -> None:
    """Let an article be labelled: only what the contract names comes back of it."""
    reply = label(
        service, f"The {CANARY['text']} ministry said that it rained. “I saw it,” said {CANARY['text']}."
    )
    answer = json.loads(reply.body)
    assert reply.status == 200
    for sentence in answer["sentences"]:
        assert sentence.pop("block") == CANARY["block"]
        for evidence in sentence["evidence"]:
            assert evidence.pop("block") == CANARY["block"]
        # who speaks is called as the article calls them
        for name in ("speaker", "reason"):
            assert found(str(sentence.pop(name)).encode()) <= {"text"}
    assert found(json.dumps(answer).encode() + str(reply.headers).encode()) == set()

    # larger than what the web server keeps in memory unless it is told to
    large = [{"id": f"p{number}", "text": CANARY["text"] + "😀" * 19_000} for number in range(3)]
    # and larger than what is read
    assert label(service, "", blocks=[*large, {"id": "p3", "text": CANARY["text"] * 2_000}]).status == 200


def correct(service: Service) -> str:
    """Give a correction with consent, after one without; return the id that takes it back."""
    sent = {
        "model": "9f2c61d0a7b4",
        "consent": True,
        "before": f"The {CANARY['title']} was closed.",
        "sentence": f"I saw the {CANARY['text']}.",
        "after": None,
        "given": None,
        "given_state": "unsure",
        "proposed": "eyewitness_quote",
        CANARY["key"]: CANARY["value"],
    }
    for wrong in ({"consent": False}, {"proposed": CANARY["value"]}, {"model": CANARY["value"]}, {}):
        body = json.dumps(sent | wrong).encode()
        reply = service.send("POST", f"/v1/corrections?{CANARY['query']}", HEADERS | JSON, body)
        assert reply.status == (422 if wrong else 201)
        assert found(everything(reply)) == set()
        if wrong:
            assert not any("corrections" in name for name in service.written())
    return str(json.loads(reply.body)["id"])


def meet_faults(service: Service) -> None:
    """Meet a bug, be refused by the web server itself, and go away in the middle."""
    reply = label(service, f"{FAULT} {CANARY['text']}")
    assert reply.status == 500
    assert found(everything(reply)) == set()
    for refused in refused_by_the_server():
        answered = service.send_bytes(refused)
        assert re.match(rb"HTTP/1.. (4\d\d|501) ", answered) or len(refused) > 2**18, refused[:80]
        assert found(answered) == set()
    for gone in (b"GET /%b HTTP/1.1\r\n", b"POST /%b HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"):
        service.go_away(gone % CANARY["gone"].encode())


@pytest.mark.skipif(sys.platform != "linux", reason="a second address of this machine, and /proc")
def test_what_was_sent_is_nowhere(
    service: Service, fast: Labeler, tmp_path_factory: pytest.TempPathFactory
) -> None:
    same = create_app(Settings(state_folder=str(tmp_path_factory.mktemp("same"))), fast)
    keys = open_workshop(service)
    # the room first, since a form on the desk shuts its door
    in_room = walk(service, room_app(workshop_of(same), ["127.0.0.2"]), keys, keys.room)
    assert in_room == {key: places for key, places in ECHOES.items() if key[1] == "/w"}
    assert walk(service, same, keys) == ECHOES
    ask_for_labels(service)
    meet_faults(service)

    # it was all counted, as numbers
    told = service.send("GET", "/metrics", {})
    assert "sourcemark_articles_total 2.0" in told.body.decode()
    assert 'sourcemark_problems_total{problem="internal-error"} 1.0' in told.body.decode()
    assert found(everything(told)) == set()

    # what a facilitator notes is kept, in the workshop's one file, for as long as it lasts
    desk = Browser()
    address = desk.open(f"{service.address}/workshop/f/{keys.desk}").address
    desk.post(f"{address}/note", note=CANARY["note"], sentence="1")
    kept = places_by_file(service.written())
    assert set(kept) <= {"state/workshop.sqlite", "state/workshop.sqlite-wal"}
    assert [*kept.values()] == [{"note"}]
    desk.open(f"{address}/end")
    assert "The workshop has ended" in desk.send("/end").text

    # what a reader gives is kept in one file: what they gave of it, with nothing of who they are
    id = correct(service)
    kept = places_by_file(service.written())
    assert {Path(name).name for name in kept} <= {"corrections.sqlite", "corrections.sqlite-wal"}
    assert set().union(*kept.values()) == {"text", "title"}
    assert service.send("DELETE", f"/v1/corrections/{id}", HEADERS).status == 204
    assert places_by_file(service.written()) == {}

    # and the service crashes, without a copy of its memory and with a report of where it was
    assert service.largest_core() == 0
    service.process.send_signal(signal.SIGABRT)
    service.process.wait()
    left = service.written()
    assert "Fatal Python error: Aborted" in left["stderr"].decode()
    assert places_by_file(left) == {}
    # no other file was opened to be written, however short its life
    assert set(left["opened"].decode().split()) <= {
        str(service.folder / "state" / "workshop.sqlite"),
        str(service.folder / "xdg_data_home" / "sourcemark" / "corrections.sqlite"),
    }

    # the logs were at work meanwhile
    log = left["every.log"].decode()
    assert "ERROR sourcemark.web.problems request " in log
    lines = [json.loads(each) for each in re.findall(r"^INFO sourcemark\.requests (.*)$", log, re.MULTILINE)]
    assert Counter(each["status"] for each in lines) >= service.sent
    assert {key for each in lines for key in each} == set(Line.__struct_fields__)
    assert [each["blocks"] for each in lines if "blocks" in each] == [1, 4]
