"""The counters: numbers by kind, for a monitoring program on this computer, and no word of what was sent."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
import json
from pathlib import Path
import re
from threading import Event

from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
import pytest

from api.test_overload import full
from api.wire import ARTICLE, JSON, Send, article, running, through_port, through_test_client
from sourcemark.article import SKIP_REASONS
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.kinds import KINDS
from sourcemark.web.line import SHOWN_AS

DOCS = Path(__file__).parents[2] / "docs"
DASHBOARD = DOCS / "self-host" / "grafana.json"

Counts = Mapping[tuple[str, ...], float]
"""A number by the name of its metric and its labels, which stand as `name=value`, by name."""


def counts(send: Send) -> Counts:
    """Return what `/metrics` tells."""
    reply = send("GET", "/metrics")
    assert reply.status == 200
    return {
        (sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(reply.body.decode())
        for sample in family.samples
    }


@pytest.fixture
def app(fast: Labeler, tmp_path: Path) -> Flask:
    return create_app(Settings(state_folder=str(tmp_path)), fast)


@pytest.fixture
def send(app: Flask) -> Send:
    return through_test_client(app)


def test_what_was_labelled_is_added_up(send: Send) -> None:
    german = "Der Damm wird halten, sagte das Ministerium am Dienstag, und das Wasser sinkt langsam wieder."
    answers = [
        send("POST", "/v1/label", JSON, article(texts)).json for texts in (ARTICLE, (*ARTICLE, german))
    ]
    found = counts(send)
    assert found["sourcemark_articles_total",] == 2
    assert found["sourcemark_characters_total",] == 2 * sum(map(len, ARTICLE)) + len(german)
    for shown_as in SHOWN_AS:
        assert found["sourcemark_sentences_total", f"label={shown_as}"] == sum(
            answer["summary"][shown_as] for answer in answers
        )
    for reason in SKIP_REASONS:
        expected = float(reason == "not-english")
        assert found["sourcemark_skipped_blocks_total", f"reason={reason}"] == expected


def test_requests_are_counted_by_pattern_method_and_status(send: Send) -> None:
    for name in ("a-secret-word", "another-secret-word"):
        send("GET", f"/examples/{name}?{name}")
    send("GET", "/a-secret-word")
    send("A-SECRET-WORD", "/")
    send("GET", "/healthz", {"Host": "a-secret-word.example"})
    found = counts(send)
    requests = {key[1:]: value for key, value in found.items() if key[0] == "sourcemark_requests_total"}
    assert requests == {
        ("method=GET", "route=/examples/<id>", "status=404"): 2,
        ("method=GET", "route=none", "status=404"): 1,
        ("method=other", "route=none", "status=405"): 1,
        ("method=GET", "route=none", "status=403"): 1,
    }
    durations = {
        key[1:]: value for key, value in found.items() if key[0] == "sourcemark_request_seconds_count"
    }
    assert durations["method=GET", "route=/examples/<id>"] == 2
    assert "secret" not in str(found).lower()


def test_each_kind_of_refusal_is_counted_from_nought(send: Send) -> None:
    assert all(counts(send)["sourcemark_problems_total", f"problem={kind}"] == 0 for kind in KINDS)
    send("POST", "/v1/label", JSON, b"{")
    send("POST", "/v1/label", {}, b"{}")
    found = counts(send)
    refused = {kind for kind in KINDS if found["sourcemark_problems_total", f"problem={kind}"]}
    assert refused == {"malformed-json", "not-json"}


def test_who_finds_it_busy_is_counted(fast: Labeler) -> None:
    with full(fast, waiting=0, patience=60) as server:
        send = through_port(server)
        assert send("POST", "/v1/label", JSON, article()).problem() == "busy"
        found = counts(send)
    assert found["sourcemark_problems_total", "problem=busy"] == 1
    assert found["sourcemark_articles_total",] == found["sourcemark_readings_in_flight",] == 0


class Held(Labeler):
    """A labeler that is not done before it is told so."""

    begun = Event()
    go_on = Event()

    def label(self, blocks, title=None, budget=None):  # type: ignore[no-untyped-def]
        self.begun.set()
        self.go_on.wait()
        return Labeler.label(self, blocks, title, budget)


def test_what_is_being_labelled_is_in_flight(fast: Labeler, tmp_path: Path) -> None:
    app = create_app(Settings(state_folder=str(tmp_path)), Held.of(fast.model))
    with running(app) as server, ThreadPoolExecutor(1) as threads:
        send = through_port(server)
        reading = threads.submit(send, "POST", "/v1/label", JSON, article())
        try:
            Held.begun.wait()
            assert counts(send)["sourcemark_readings_in_flight",] == 1
        finally:
            Held.go_on.set()
        assert reading.result().status == 200
        assert counts(send)["sourcemark_readings_in_flight",] == 0


def test_it_says_which_model_labels(send: Send, fast: Labeler) -> None:
    model = fast.model
    labels = (f"id={model.id}", f"name={model.name}", f"version={model.version}")
    assert counts(send)["sourcemark_model_info", *labels] == 1


def test_each_service_counts_for_itself(fast: Labeler, tmp_path: Path, send: Send) -> None:
    send("POST", "/v1/label", JSON, article())
    other = through_test_client(create_app(Settings(state_folder=str(tmp_path)), fast))
    assert counts(other)["sourcemark_articles_total",] == 0


@pytest.mark.parametrize("sender", ["192.0.2.7", "2001:db8::1", "", "unix:"])
def test_nobody_else_is_told(app: Flask, sender: str) -> None:
    client: FlaskClient = app.test_client()
    told = client.get("/metrics", environ_overrides={"REMOTE_ADDR": sender})
    assert told.status_code == 404
    assert told.json["type"].endswith(":not-found")


@pytest.mark.parametrize("name", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"])
def test_nobody_is_told_through_a_proxy(app: Flask, name: str) -> None:
    assert app.test_client().get("/metrics", headers={name: "127.0.0.1"}).status_code == 404


def metrics_of(send: Send) -> set[str]:
    """Return the names of all metrics, as they are written down."""
    send("POST", "/v1/label", JSON, article())
    return {key[0] for key in counts(send)}


def test_the_dashboard_shows_what_there_is(send: Send) -> None:
    there = metrics_of(send)
    panels = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    shown = set()
    for panel in panels:
        assert panel["title"]
        assert panel["description"]
        for target in panel["targets"]:
            shown |= set(re.findall(r"sourcemark_\w+", target["expr"]))
    assert shown <= there
    # and nothing is counted for nobody
    assert {name for name in there if not name.endswith(("_sum", "_count"))} == shown


def test_every_metric_is_explained(send: Send) -> None:
    text = (DOCS / "monitoring.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(sourcemark_\w+)`", text, re.MULTILINE))
    assert documented == {re.sub("_(bucket|sum|count)$", "", name) for name in metrics_of(send)}
