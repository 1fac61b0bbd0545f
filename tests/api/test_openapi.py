"""The OpenAPI document says what the service does: every route is in it, and answers fit its schemas."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
import msgspec
import pytest

from api.wire import JSON, article
from sourcemark.web import schemas
from sourcemark.web.kinds import KINDS

PAGES = {"/", "/page/{name}", "/about-these-labels", "/w", "/workshop"}
"""What is made for reading, not for programs."""


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    return client.get("/v1/openapi.json").json


def test_every_route_is_described(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}

    assert described == {
        (path, method)
        for path, method in routes
        if path not in PAGES and not path.startswith(("/extension/", "/w/", "/workshop/"))
    }


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = set(re.findall(r"#/components/schemas/(\w+)", msgspec.json.encode(document).decode()))
    assert references == set(document["components"]["schemas"])


def test_every_operation_says_what_it_does_and_how_it_fails(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    for methods in document["paths"].values():
        for operation in methods.values():
            assert re.fullmatch(r"[A-Z].*\.", operation["summary"])
            assert len(operation["responses"].keys() & {"200", "201", "204"}) == 1
            assert "default" in operation["responses"]


def test_the_parameters_in_a_path_are_described(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            names = [parameter["name"] for parameter in operation.get("parameters", [])]
            assert names == re.findall(r"{(\w+)}", path)


@pytest.mark.parametrize("path", ["/v1/label", "/v1/corrections"])
def test_problems_are_listed_by_status(document: dict[str, Any], path: str) -> None:
    responses = document["paths"][path]["post"]["responses"]
    for status, response in responses.items():
        if status not in {"200", "201", "default"}:
            assert all(KINDS[kind].status == int(status) for kind in response["description"].split(", "))


def test_what_is_taken_back_is_answered_without_a_body(document: dict[str, Any]) -> None:
    responses = document["paths"]["/v1/corrections/{id}"]["delete"]["responses"]
    assert responses["204"] == {"description": "Done."}


@pytest.mark.parametrize(
    ("path", "struct"),
    [
        ("/v1/about", schemas.AboutAnswer),
        ("/healthz", schemas.HealthAnswer),
        ("/readyz", schemas.HealthAnswer),
        ("/examples", schemas.ExampleList),
    ],
)
def test_answers_fit_their_schema_to_the_letter(
    client: FlaskClient, document: dict[str, Any], path: str, struct: type[Any]
) -> None:
    body = client.get(path).data

    assert msgspec.json.encode(msgspec.json.decode(body, type=struct)) == body
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema["$ref"].endswith(f"/{struct.__name__}")


def test_a_labelled_article_fits_its_schema_to_the_letter(client: FlaskClient) -> None:
    body = client.post("/v1/label", data=article(), headers=JSON).data
    assert msgspec.json.encode(msgspec.json.decode(body, type=schemas.LabelAnswer)) == body


def test_labels_and_scores_are_named_in_the_schema(document: dict[str, Any]) -> None:
    sentence = document["components"]["schemas"]["Sentence"]["properties"]
    labels = ["official_statement", "anonymous_claim", "eyewitness_quote"]

    assert sentence["label"]["anyOf"][0]["enum"] == labels
    assert sentence["scores"]["required"] == [*labels, "none"]
    assert sentence["state"]["enum"] == ["labelled", "none", "unsure"]


def test_the_document_is_not_sent_again_to_a_client_that_has_it(client: FlaskClient) -> None:
    first = client.get("/v1/openapi.json")
    again = client.get("/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
