"""A service that others can reach: with a token that holds, and only the API."""

from collections.abc import Callable
import logging
from pathlib import Path
import re

from flask import Flask
import pytest

from api.others.asking import Ask
from api.others.conftest import Start
from api.wire import article
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.others import app_for_others
from sourcemark.web.tokens import Tokens

EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"


def test_whoever_has_a_token_gets_labels(start: Start, token: str) -> None:
    ask = start()
    assert ask(token=token).json["summary"]["sentences"] == 1
    # the name of the scheme is the same in small letters: RFC 9110, section 11.1
    assert ask(headers={"Authorization": f"bearer {token}"}).status == 200
    assert ask(token=token, headers={"Origin": EXTENSION}).status == 200


WITHOUT: dict[str, Callable[[str], dict[str, object]]] = {
    "nothing": lambda token: {},
    "an empty header": lambda token: {"headers": {"Authorization": ""}},
    "the token alone": lambda token: {"headers": {"Authorization": token}},
    "another scheme": lambda token: {"headers": {"Authorization": f"Basic {token}"}},
    "a name that begins like the scheme": lambda token: {"headers": {"Authorization": f"Bearers {token}"}},
    "the token in the query": lambda token: {"path": f"/v1/label?token={token}&access_token={token}"},
    "the token in the body": lambda token: {"body": article(access_token=token, token=token, api_key=token)},
    "the token in a cookie": lambda token: {
        "headers": {"Cookie": f"token={token}; Authorization=Bearer {token}"}
    },
    "the token in another header": lambda token: {"headers": {"X-API-Key": token, "Token": token}},
    "the token for a proxy": lambda token: {"headers": {"Proxy-Authorization": f"Bearer {token}"}},
}
WRONG: dict[str, Callable[[str], str]] = {
    "none": lambda token: "",
    "a changed one": lambda token: token[:-2] + ("AA" if token[-2:] != "AA" else "BB"),
    "two": lambda token: f"{token}, {token}",
    "one in quotation marks": lambda token: f'"{token}"',
    "one without its prefix": lambda token: token.removeprefix("sm_"),
    "a long one": lambda token: token + "A" * 8_000,
    "bytes": lambda token: "\xff\xfe",
}


@pytest.mark.parametrize("name", WITHOUT)
def test_a_token_counts_in_its_header_and_nowhere_else(start: Start, token: str, name: str) -> None:
    reply = start()(**WITHOUT[name](token))

    assert reply.problem() == "token-missing"
    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("name", WRONG)
def test_a_token_that_is_none_is_refused(start: Start, token: str, name: str) -> None:
    reply = start()(token=WRONG[name](token))

    assert reply.problem() == "token-not-valid"
    assert reply.headers["WWW-Authenticate"] == "Bearer"


def test_a_refusal_says_what_to_do_and_repeats_no_token(
    start: Start, tokens: Tokens, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    ask = start()
    old, taken = Tokens(tokens.path.parent, lambda: 1_700_000_000).new(1, "old"), tokens.new(1, "taken")
    ended = next(each for each in tokens.all() if each.note == "taken")
    tokens.revoke(ended.id)

    for token, kind in [(old, "token-expired"), (taken, "token-revoked"), (old[:-1], "token-not-valid")]:
        reply = ask(token=token)
        assert reply.problem() == kind
        assert "ask whoever runs the service" in reply.json["detail"].lower()
        told = reply.body.decode() + str(reply.headers) + caplog.text + "".join(capfd.readouterr())
        assert not any(part in told for part in token.removeprefix("sm_").split("."))


def test_a_token_is_taken_back_while_the_service_runs(start: Start, tokens: Tokens, token: str) -> None:
    ask = start()
    assert ask(token=token).status == 200

    Tokens(tokens.path.parent).revoke(tokens.all()[0].id)

    assert ask(token=token).problem() == "token-revoked"


def test_a_token_opens_no_door_to_other_web_pages(start: Start, token: str) -> None:
    ask = start()
    evil = "https://evil.example"
    assert ask(token=token, headers={"Origin": evil}).problem() == "origin-not-allowed"
    assert ask(token=token, headers={"Origin": "null"}).problem() == "origin-not-allowed"
    assert ask(token=token, headers={"Sec-Fetch-Site": "cross-site"}).problem() == "cross-site-request"
    assert ask(token=token, headers={"Host": "evil.example"}).problem() == "host-not-allowed"
    assert ask(token=token, headers={"Content-Type": "text/plain"}).problem() == "not-json"
    reply = ask("OPTIONS", headers={"Origin": evil, "Access-Control-Request-Headers": "authorization"})
    assert reply.problem() == "origin-not-allowed"
    assert not any(name.lower().startswith("access-control") for name in reply.headers)


@pytest.mark.parametrize("path", ["/v1/about", "/v1/openapi.json", "/healthz", "/readyz"])
def test_what_tells_that_a_token_is_needed_needs_none(start: Start, token: str, path: str) -> None:
    ask = start()
    assert ask("GET", path).status == 200
    assert ask("GET", path, token).status == 200
    # so a reader learns at once that a token was copied wrong
    assert ask("GET", path, token[:-1]).problem() == "token-not-valid"


def test_about_says_that_a_token_is_needed_and_what_a_minute_holds(start: Start, token: str) -> None:
    for given in (None, token):
        about = start(requests_per_minute=7, characters_per_minute=900)("GET", "/v1/about", given).json
        assert about["token_required"] is True
        assert about["limits"]["requests_per_minute"] == 7
        assert about["limits"]["characters_per_minute"] == 900


def test_the_document_says_how_a_token_is_sent(start: Start) -> None:
    document = start()("GET", "/v1/openapi.json").json
    assert document["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}
    labelling = document["paths"]["/v1/label"]["post"]
    assert labelling["security"] == [{"token": []}]
    assert "token-missing" in labelling["responses"]["401"]["description"]
    assert "too-many-requests" in labelling["responses"]["429"]["description"]
    assert "security" not in document["paths"]["/v1/about"]["get"]


def test_nothing_that_is_for_this_computer_alone_is_reached_by_others(
    start: Start, app: Flask, fast: Labeler, tokens: Tokens, token: str
) -> None:
    ask: Ask = start()
    theirs = {
        rule.rule for rule in app_for_others(Settings(), fast, tokens, ["x.example"]).url_map.iter_rules()
    }
    corrections = {"/v1/corrections", "/v1/corrections/<id>"}
    assert theirs == {"/v1/label", "/v1/about", "/v1/openapi.json", "/healthz", "/readyz"} | corrections
    for rule in app.url_map.iter_rules():
        if rule.rule not in theirs:
            path = re.sub(r"<[^>]+>", "nothing", rule.rule)
            assert ask("GET", path, token).problem() == "not-found"
            assert ask("POST", path, token).problem() == "not-found"


def test_the_file_of_the_tokens_may_be_made_while_the_service_runs(
    fast: Labeler, start: Start, tmp_path: Path
) -> None:
    ask = start(anonymous_limit=100)
    assert ask(token="sm_nothing").problem() == "token-not-valid"
    assert ask(token=Tokens(tmp_path).new(1, "late")).status == 200
