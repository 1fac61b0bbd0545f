"""The wire of corrections: what is kept, with consent alone, and how a reader takes it back."""

from collections.abc import Iterator
from datetime import UTC, datetime
import json
from pathlib import Path
import re
from typing import Any

from flask import Flask
import pytest

from api.test_error_shape import check
from api.wire import JSON, Reply, Send, through_test_client
from sourcemark.corrections.place import File
from sourcemark.corrections.store import Store
from sourcemark.labeler import LONGEST_BLOCK, Labeler
from sourcemark.labels import ANONYMOUS, EYEWITNESS, OFFICIAL
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.corrections.keeping import keeping_of

SENTENCE = "“I saw the planks give way,” said Mira Holt."
SENT = {
    "model": "9f2c61d0a7b4",
    "consent": True,
    "before": "The pier was closed on Monday.",
    "sentence": SENTENCE,
    "after": None,
    "given": OFFICIAL,
    "given_state": "labelled",
    "proposed": EYEWITNESS,
}


@pytest.fixture
def place(tmp_path: Path) -> File:
    return File(tmp_path / "data" / "corrections.sqlite")


@pytest.fixture
def app(fast: Labeler, place: File, tmp_path: Path) -> Flask:
    return create_app(Settings(corrections=str(place), state_folder=str(tmp_path / "state")), fast)


@pytest.fixture
def kept(app: Flask) -> Iterator[Store]:
    yield keeping_of(app).store()


def give(send: Send, **fields: Any) -> Reply:
    return send("POST", "/v1/corrections", JSON, json.dumps(SENT | fields).encode())


def take_back(send: Send, id: str) -> Reply:
    return send("DELETE", f"/v1/corrections/{id}")


def test_a_correction_is_kept_and_can_be_taken_back(send: Send, kept: Store) -> None:
    reply = give(send)
    assert reply.status == 201
    assert list(reply.json) == ["id"]
    assert re.fullmatch(r"[0-9A-Za-z_-]{22}", reply.json["id"])
    (found,) = kept.corrections()
    assert {name: getattr(found, name) for name in SENT if name != "consent"} == {
        name: value for name, value in SENT.items() if name != "consent"
    }
    assert found.contributor.token is None
    assert found.day == datetime.now(UTC).date()

    gone = take_back(send, reply.json["id"])
    assert (gone.status, gone.body) == (204, b"")
    assert check(take_back(send, reply.json["id"])) == "no-correction"
    assert list(kept.corrections()) == []


def test_the_same_again_is_the_same_correction(send: Send, kept: Store) -> None:
    ids = {give(send).json["id"] for _ in range(3)}
    assert len(ids) == 1
    assert give(send, proposed=ANONYMOUS).json["id"] not in ids
    assert [each.proposed for each in kept.corrections()] == [ANONYMOUS]


@pytest.mark.parametrize(
    "fields",
    [
        {"proposed": None},
        {"given": None, "given_state": "none"},
        {"given": None, "given_state": "unsure"},
        {"given": None, "given_state": "unsure", "proposed": None},
        {"sentence": "😀" * LONGEST_BLOCK, "before": "x" * LONGEST_BLOCK},
        {"later": ["a field", "of a later version"]},
    ],
)
def test_whatever_says_something_else_than_the_mark_is_kept(
    send: Send, kept: Store, fields: dict[str, Any]
) -> None:
    assert give(send, **fields).status == 201
    assert kept.examine() == 1


REFUSED = {
    "no consent": ({"consent": False}, "no-consent", "#/consent"),
    "half a consent": ({"consent": "true"}, "invalid-request", "#/consent"),
    "consent as a number": ({"consent": 1}, "invalid-request", "#/consent"),
    "what it has already": ({"proposed": OFFICIAL}, "not-a-correction", "#/proposed"),
    "no source where there was none": (
        {"given": None, "given_state": "none", "proposed": None},
        "not-a-correction",
        "#/proposed",
    ),
    "a label without its state": ({"given_state": "none"}, "invalid-request", "#/given"),
    "a state without its label": ({"given": None}, "invalid-request", "#/given"),
    "a label that is none": ({"proposed": "none"}, "invalid-request", "#/proposed"),
    "a label and a line": ({"given": f"{OFFICIAL}\n"}, "invalid-request", "#/given"),
    "a state that is none": ({"given_state": "sure"}, "invalid-request", "#/given_state"),
    "an id that is none": ({"model": "9f2c61d0a7b4\n"}, "invalid-request", "#/model"),
    "white space": ({"sentence": " \n\u2028"}, "invalid-request", "#/sentence"),
    "a character that no page has": ({"after": "a\0b"}, "invalid-request", "#/after"),
    "a sentence that is too long": (
        {"sentence": "x" * (LONGEST_BLOCK + 1)},
        "too-many-characters",
        "#/sentence",
    ),
    "a neighbour that is too long": (
        {"before": "😀" * (LONGEST_BLOCK + 1)},
        "too-many-characters",
        "#/before",
    ),
    "something else than text": ({"sentence": ["heron"]}, "invalid-request", "#/sentence"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_correction_is_refused_in_words_and_nothing_is_on_the_disk(
    send: Send, place: File, name: str
) -> None:
    fields, kind, pointer = REFUSED[name]
    reply = give(send, **fields)
    assert check(reply) == kind
    assert reply.json["pointer"] == pointer
    assert b"planks" not in reply.body
    assert not place.path.parent.exists()


def test_without_a_word_of_consent_nothing_is_kept(send: Send, place: File) -> None:
    body = json.dumps({name: value for name, value in SENT.items() if name != "consent"}).encode()
    assert check(send("POST", "/v1/corrections", JSON, body)) == "invalid-request"
    assert check(send("POST", "/v1/corrections", JSON, b'{"sentence": "\\ud800"}')) == "malformed-json"
    assert not place.path.parent.exists()


def test_the_guard_stands_before_corrections_too(send: Send, place: File) -> None:
    body = json.dumps(SENT).encode()
    evil = {"Origin": "https://evil.example"}
    assert check(send("POST", "/v1/corrections", JSON | evil, body)) == "origin-not-allowed"
    assert check(send("POST", "/v1/corrections", {"Content-Type": "text/plain"}, body)) == "not-json"
    assert check(send("DELETE", "/v1/corrections/x", evil)) == "origin-not-allowed"
    assert check(send("GET", "/v1/corrections", JSON)) == "method-not-allowed"
    assert check(send("GET", "/v1/corrections/x", JSON)) == "method-not-allowed"
    assert not place.path.parent.exists()


def test_about_says_whether_corrections_are_kept(fast: Labeler, send: Send) -> None:
    assert send("GET", "/v1/about").json["corrections"] is True
    off = through_test_client(create_app(Settings(corrections="off"), fast))
    assert off("GET", "/v1/about").json["corrections"] is False
    assert check(give(off)) == "corrections-off"
    # not even read
    assert check(off("POST", "/v1/corrections", JSON, b"{")) == "corrections-off"
    assert check(take_back(off, "nothing")) == "corrections-off"


def test_a_day_that_is_full_says_when_the_next_begins(
    app: Flask, place: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_of(app), "_store", Store(place, a_day=1))
    send = through_test_client(app)
    assert give(send).status == 201
    reply = give(send, sentence="Another sentence.")
    assert check(reply) == "too-many-corrections"
    assert reply.json["limit"] == 1
    assert 0 < reply.json["retry_after"] <= 86_401
    assert reply.headers["Retry-After"] == str(reply.json["retry_after"])
    assert give(send).status == 201


def test_what_cannot_be_kept_is_said_to_the_reader_and_the_reason_to_the_log(
    send: Send, place: File, caplog: pytest.LogCaptureFixture
) -> None:
    id = give(send).json["id"]
    place.path.write_bytes(b"something else " * 1000)
    for reply in (give(send, sentence="A heron stood there."), take_back(send, id)):
        assert check(reply) == "unavailable"
        assert str(place) not in reply.body.decode()
    told = "\n".join(record.getMessage() for record in caplog.records)
    assert f"The corrections in {place} cannot be read" in told
    assert "heron" not in caplog.text


def test_reading_and_labelling_keep_nothing(send: Send, place: File) -> None:
    article = json.dumps({"blocks": [{"id": "p1", "text": SENTENCE}]}).encode()
    assert send("POST", "/v1/label", JSON, article).status == 200
    for path in ("/v1/about", "/v1/openapi.json", "/", "/workshop", "/readyz"):
        assert send("GET", path).status == 200
    assert check(take_back(send, "nothing")) == "no-correction"
    assert not place.path.parent.exists()
