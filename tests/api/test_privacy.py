"""A reader's article stays in memory: no log, no error and no file ever holds a word of it."""

import logging
import tempfile

import msgspec
import pytest

from api.wire import JSON, Send, article, running, through_port
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app

CANARY = "canary7f3a"

BLOCK = {"id": CANARY, "text": f"{CANARY} said so."}
HEADERS = {
    "User-Agent": CANARY,
    "Referer": f"https://news.example/{CANARY}",
    "Cookie": f"session={CANARY}",
    "X-Forwarded-For": CANARY,
    "Authorization": f"Bearer {CANARY}",
}

REFUSED = {
    "malformed": (JSON, f'{{"blocks": [{{"text": "{CANARY}'.encode()),
    "not UTF-8": (JSON, CANARY.encode() + b"\xff"),
    "half a character": (JSON, f'{{"blocks": [{{"id": "a", "text": "{CANARY}\\ud800"}}]}}'.encode()),
    "a string": (JSON, msgspec.json.encode(CANARY)),
    "a wrong unit": (JSON, msgspec.json.encode({"blocks": [BLOCK], "offsets": CANARY})),
    "a wrong type": (JSON, msgspec.json.encode({"blocks": [BLOCK, CANARY]})),
    "a field for a list": (JSON, msgspec.json.encode({"blocks": {CANARY: CANARY}})),
    "a long id": (JSON, msgspec.json.encode({"blocks": [{"id": CANARY * 20, "text": CANARY}]})),
    "ids twice": (JSON, msgspec.json.encode({"blocks": [BLOCK, BLOCK]})),
    "too many characters": (JSON, article([CANARY * 30_000])),
    "too large": (JSON, CANARY.encode() * 200_000),
    "another type": ({"Content-Type": f"text/{CANARY}"}, CANARY.encode()),
    "another host": (JSON | {"Host": f"{CANARY}.example"}, article()),
    "another origin": (JSON | {"Origin": f"https://{CANARY}.example"}, article()),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_repeats_nothing(
    send: Send, name: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    headers, body = REFUSED[name]

    reply = send("POST", f"/v1/label?title={CANARY}", HEADERS | headers, body)

    assert reply.status >= 400
    assert CANARY not in reply.body.decode() + str(reply.headers)
    assert CANARY not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "path", ["/v1/about", "/", f"/{CANARY}", f"/examples/{CANARY}", f"/page/{CANARY}", f"/extension/{CANARY}"]
)
def test_asking_leaves_no_trace(
    send: Send, path: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)

    reply = send("GET", f"{path}?{CANARY}", HEADERS)

    assert CANARY not in reply.body.decode() + str(reply.headers)
    assert CANARY not in caplog.text + "".join(capfd.readouterr())


def test_labelling_logs_nothing(
    send: Send, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)

    reply = send(
        "POST", "/v1/label", HEADERS | JSON, msgspec.json.encode({"blocks": [BLOCK], "title": CANARY})
    )

    assert reply.status == 200
    # the ids are the caller's own, and come back where they were asked for
    assert reply.json["sentences"][0]["block"] == CANARY
    assert CANARY not in caplog.text + "".join(capfd.readouterr())


class Faulty(Labeler):
    """A labeler with a bug, whose message holds the article as messages of bugs do."""

    def __init__(self) -> None:
        pass

    def label(self, blocks, title=None, budget=None):  # type: ignore[no-untyped-def]
        raise ValueError(f"cannot read {blocks!r}") from KeyError(blocks[0])


def test_a_fault_while_labelling_repeats_nothing(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    body = msgspec.json.encode({"blocks": [BLOCK]})

    with running(create_app(Settings(), Faulty())) as server:
        reply = through_port(server)("POST", "/v1/label", HEADERS | JSON, body)

    assert reply.problem() == "internal-error"
    assert CANARY not in reply.body.decode() + str(reply.headers)
    assert "ValueError in label" in caplog.text
    assert CANARY not in caplog.text + "".join(capfd.readouterr())


def test_no_file_is_written_for_a_large_article(labeler: Labeler, monkeypatch: pytest.MonkeyPatch) -> None:
    # a server that parks a large body in a temporary file fails where there is no place for one
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    texts = ["😀" * 19_999 + "."] * 7 + ["It rained. " * 1_818] * 3
    body = article(texts)

    # however busy the computer is
    with running(create_app(Settings(max_seconds=600), labeler)) as server:
        reply = through_port(server)("POST", "/v1/label", JSON, body)

    assert reply.status == 200
    # both are larger than what waitress keeps in memory if nobody tells it to
    assert len(body) > 524_288
    assert len(reply.body) > 1_048_576
