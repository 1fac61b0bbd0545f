"""The log, where it is asked for: counts, durations and ids, and no other key."""

import io
import json
import logging
from pathlib import Path
import re
from typing import Any

from flask import Flask
import msgspec
import pytest

from api.wire import ARTICLE, JSON, article, running, through_port, through_test_client
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web import observe
from sourcemark.web.app import create_app
from sourcemark.web.line import SHOWN_AS, Line
from sourcemark.web.observe import place_of, written

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "api.md"

ALLOWED = (
    *("time", "id", "method", "route", "status", "problem", "milliseconds"),
    *("blocks", "characters", "sentences", "labels", "skipped", "model"),
)


@pytest.fixture
def app(fast: Labeler, tmp_path: Path) -> Flask:
    return create_app(Settings(state_folder=str(tmp_path)), fast)


def lines(app: Flask, *requests: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Send requests, and return the lines that were written about them."""
    stream = io.StringIO()
    send = through_test_client(app)
    with written(stream):
        for request in requests:
            send(*request)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_labelled_article_is_a_line_of_counts(app: Flask, fast: Labeler) -> None:
    (line,) = lines(app, ("POST", "/v1/label", JSON, article()))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", line.pop("time"))
    assert re.fullmatch("[0-9a-f]{12}", line.pop("id"))
    assert type(line.pop("milliseconds")) is int
    assert sum(line["labels"].values()) == 4
    assert line.pop("labels").keys() == set(SHOWN_AS)
    assert line == {
        "method": "POST",
        "route": "/v1/label",
        "status": 200,
        "blocks": 3,
        "characters": sum(map(len, ARTICLE)),
        "sentences": 4,
        "model": fast.model.id,
    }


def test_an_address_is_written_as_its_pattern(app: Flask) -> None:
    found = lines(
        app,
        ("GET", "/examples/a-secret-word"),
        ("GET", "/workshop/f/a-secret-word/live?a-secret-word"),
        ("GET", "/a-secret-word"),
        ("A-SECRET-WORD", "/v1/label"),
        ("GET", "/healthz", {"Host": "a-secret-word.example"}),
    )
    assert [each.get("route") for each in found] == [
        "/examples/<id>",
        "/workshop/f/<secret>/live",
        None,
        None,
        None,
    ]
    assert [each["status"] for each in found] == [404, 404, 404, 405, 403]
    assert [each["method"] for each in found] == ["GET", "GET", "GET", "other", "GET"]
    assert [each["problem"] for each in found] == [
        *("not-found", "no-workshop", "not-found", "method-not-allowed", "host-not-allowed"),
    ]
    assert "a-secret-word" not in str(found).lower()


def test_every_key_is_allowed_and_documented(app: Flask) -> None:
    assert tuple(field.name for field in msgspec.structs.fields(Line)) == ALLOWED
    section = DOCUMENTATION.read_text("utf-8").partition("## Logs")[2].partition("\n## ")[0]
    documented = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (.+?) \|", section, re.MULTILINE)))
    assert tuple(documented) == ALLOWED
    examples = re.findall(r"^{.+?}$", section, re.DOTALL | re.MULTILINE)
    assert {key for example in examples for key in json.loads(example)} == set(ALLOWED)
    german = "Der Damm wird halten, sagte das Ministerium, und das Wasser sinkt langsam wieder."
    labelled, refused = lines(
        app, ("POST", "/v1/label", JSON, article([*ARTICLE, german])), ("POST", "/v1/label", JSON, b"{")
    )
    assert labelled["skipped"] == {"not-english": 1}
    assert set(labelled) | set(refused) == set(ALLOWED)


COUNTS = {
    "blocks": 1,
    "characters": 1,
    "sentences": 1,
    "labels": {"none": 1},
    "skipped": {},
    "model": "9f2c61d0a7b4",
}


def test_nothing_else_can_be_counted(app: Flask) -> None:
    with app.test_request_context("/"):
        app.preprocess_request()
        observe.count(**COUNTS)
        with pytest.raises(TypeError, match="unexpected keyword argument 'title'"):
            observe.count(**COUNTS, title="A flood")


@pytest.mark.parametrize("name", ["labels", "skipped"])
def test_nothing_else_can_be_counted_by(app: Flask, name: str) -> None:
    with app.test_request_context("/"):
        app.preprocess_request()
        observe.count(**COUNTS | {name: {"A flood": 1}})
        with pytest.raises(msgspec.ValidationError, match="Expected `str` matching regex"):
            app.process_response(app.response_class())


def test_without_being_asked_for_nothing_is_written(app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    through_test_client(app)("POST", "/v1/label", JSON, article())
    assert "".join(capfd.readouterr()) == ""
    # and it ends where it ended
    with written(io.StringIO()):
        pass
    through_test_client(app)("POST", "/v1/label", JSON, article())
    assert "".join(capfd.readouterr()) == ""


class Faulty(Labeler):
    """A labeler with a bug."""

    def __init__(self) -> None:
        pass

    def label(self, blocks, title=None, budget=None):  # type: ignore[no-untyped-def]
        raise ValueError(blocks[0])


def test_a_fault_has_the_same_id_in_the_answer_and_in_both_lines(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.INFO)
    app = create_app(Settings(state_folder=str(tmp_path)), Faulty())
    reply = through_test_client(app)("POST", "/v1/label", JSON, article())
    ours = (record for record in caplog.records if record.name.startswith("sourcemark."))
    fault, line = (record.getMessage() for record in ours)
    assert f"request {reply.json['request_id']} failed: ValueError in label " in fault
    assert json.loads(line)["id"] == reply.json["request_id"]
    assert json.loads(line)["status"] == 500


def test_the_place_of_an_error_is_told_without_its_message() -> None:
    try:
        raise ValueError("a-secret-word") from KeyError("a-secret-word")
    except ValueError as error:
        told = place_of(error)
    assert re.fullmatch(
        r"ValueError in test_the_place_of_an_error_is_told_without_its_message \S+test_log.py:\d+", told
    )


def test_the_web_server_names_no_address_and_no_message(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logger = logging.getLogger("waitress")
    with running(app) as server:
        through_port(server)("GET", "/healthz")
        # what it says where a reader goes away in the middle, and where an app fails
        logger.info("Client disconnected while serving /w/a-secret-word")
        try:
            raise ValueError("a-secret-word")
        except ValueError:
            logger.exception("Exception while serving %s", "/w/a-secret-word")
    told = [record.getMessage() for record in caplog.records if record.name == "waitress"]
    assert [each.partition(":")[0] for each in told] == ["test_log.py", "test_log.py"]
    assert "ValueError in test_the_web_server_names_no_address" in told[1]
    assert "a-secret-word" not in caplog.text
