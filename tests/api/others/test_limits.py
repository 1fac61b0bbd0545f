"""What a minute allows to each token and each address, in requests and characters; here there is no limit."""

from concurrent.futures import ThreadPoolExecutor
import logging
import subprocess
import sys
from threading import Barrier

from flask.testing import FlaskClient
import pytest

from api.others.asking import TEXT, Ask
from api.others.conftest import Start
from api.wire import Reply, article
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.limits import OPEN_REQUESTS
from sourcemark.web.others import app_for_others
from sourcemark.web.tokens import Tokens


def check_limited(reply: Reply, limit: int) -> None:
    """Assert that a minute's limit was passed, and that the answer says when to come back."""
    assert reply.problem() == "too-many-requests"
    assert reply.status == 429
    assert reply.json["limit"] == limit
    assert 1 <= reply.json["retry_after"] <= 61
    assert reply.headers["Retry-After"] == str(reply.json["retry_after"])


def until_limited(ask: Ask, **given: object) -> tuple[int, Reply]:
    """Ask until something else comes than an answer; return how many answers there were, and what came."""
    for answered in range(100):
        reply = ask(**given)
        if reply.status != 200:
            return answered, reply
    raise AssertionError("nothing was refused")


def test_a_token_has_its_number_of_requests_and_the_others_have_theirs(
    start: Start, tokens: Tokens, token: str
) -> None:
    ask = start(requests_per_minute=3)
    answered, reply = until_limited(ask, token=token)
    assert answered == 3
    check_limited(reply, 3)
    assert ask(token=tokens.new(1, "another")).status == 200


def test_a_token_has_its_number_of_characters(start: Start, token: str) -> None:
    ask = start(characters_per_minute=3 * len(TEXT) + 4)
    answered, reply = until_limited(ask, token=token)
    assert answered == 3
    check_limited(reply, 3 * len(TEXT) + 4)


def test_equal_numbers_are_counted_apart(start: Start, token: str) -> None:
    ask = start(requests_per_minute=len(TEXT) * 2, characters_per_minute=len(TEXT) * 2)
    assert until_limited(ask, token=token)[0] == 2


def test_requests_at_the_same_moment_are_counted_one_by_one(start: Start, token: str) -> None:
    ask = start(requests_per_minute=5)
    together = Barrier(8)

    def read(_: int) -> int:
        together.wait()
        return ask(token=token).status

    with ThreadPoolExecutor(8) as readers:
        assert sorted(readers.map(read, range(8))) == [200] * 5 + [429] * 3


def test_the_title_counts_too_and_characters_are_code_points(start: Start, token: str) -> None:
    ask = start(characters_per_minute=10)
    assert ask(token=token, body=article(["😀" * 5], title="title")).status == 200
    check_limited(ask(token=token, body=article(["a"])), 10)


def test_an_article_that_no_minute_can_hold_is_told_at_once(start: Start, token: str) -> None:
    reply = start(characters_per_minute=10)(token=token, body=article(["a" * 11]))
    assert reply.problem() == "too-many-characters"
    assert reply.json["limit"] == 10


def test_what_cannot_be_read_counts_as_a_request(start: Start, token: str) -> None:
    ask = start(requests_per_minute=2)
    assert ask(token=token, body=b"{").problem() == "malformed-json"
    assert ask(token=token, body=b"[]").problem() == "invalid-request"
    check_limited(ask(token=token), 2)


def test_what_is_refused_for_other_reasons_does_not_count(start: Start, token: str) -> None:
    ask = start(requests_per_minute=1)
    for _ in range(3):
        assert ask().problem() == "token-missing"
        assert ask(token=token, headers={"Origin": "https://evil.example"}).problem() == "origin-not-allowed"
        assert ask("GET", "/v1/about", token).status == 200
    assert ask(token=token).status == 200


def test_an_address_without_a_token_has_its_own_low_limit(start: Start, token: str) -> None:
    ask = start(anonymous_limit=2 * len(TEXT))
    answered, reply = until_limited(ask)
    assert answered == 2
    check_limited(reply, 2 * len(TEXT))
    # the neighbours, and whoever has a token, are not disturbed
    assert ask(source="127.0.0.3").status == 200
    assert ask(token=token).status == 200


def test_about_tells_everybody_their_own_limit(start: Start, token: str) -> None:
    ask = start(anonymous_limit=500)
    without, with_token = (ask("GET", "/v1/about", given).json for given in (None, token))
    assert not without["token_required"]
    assert without["limits"]["characters_per_minute"] == 500
    assert with_token["limits"]["characters_per_minute"] == 500_000
    assert ask("GET", "/v1/openapi.json").json["paths"]["/v1/label"]["post"]["security"] == [
        {"token": []},
        {},
    ]


def test_whom_a_request_says_it_is_for_counts_for_nothing_without_a_proxy(start: Start) -> None:
    ask = start(anonymous_limit=len(TEXT))
    assert ask().status == 200
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        check_limited(ask(headers={name: "203.0.113.7"}), len(TEXT))


def test_the_routes_that_need_no_token_have_a_limit_of_their_own(
    fast: Labeler, tokens: Tokens, token: str
) -> None:
    client = app_for_others(Settings(), fast, tokens, ["localhost"]).test_client()
    statuses = [client.get("/readyz").status_code for _ in range(OPEN_REQUESTS + 1)]
    assert statuses == [200] * OPEN_REQUESTS + [429]
    assert {client.get("/healthz").status_code for _ in range(OPEN_REQUESTS + 1)} == {200}
    assert client.get("/v1/about").status_code == 200
    assert client.get("/readyz", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_no_log_says_who_passed_a_limit(
    start: Start, token: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    ask = start(anonymous_limit=len(TEXT), requests_per_minute=1)
    caplog.set_level(logging.DEBUG)
    for given in ({}, {"token": token}):
        until_limited(ask, **given)
    told = caplog.text + "".join(capfd.readouterr())
    assert "127.0.0.1" not in told
    assert token.split(".")[0].removeprefix("sm_") not in told


def test_this_computer_has_no_limits_and_needs_no_token(client: FlaskClient) -> None:
    about = client.get("/v1/about").json
    assert not about["token_required"]
    assert not any(name.endswith("per_minute") for name in about["limits"])
    assert "securitySchemes" not in client.get("/v1/openapi.json").json["components"]


def test_this_computer_s_service_does_without_the_library_that_counts() -> None:
    script = "import sourcemark.cli, sys; sys.exit('flask_limiter' in sys.modules or 'limits' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
