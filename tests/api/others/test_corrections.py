"""Corrections on a service for others: with a token, counted by tokens, and only where a place was told."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
import json
from pathlib import Path
import re
import sys

import pytest

from api.others.asking import Ask, asking
from api.others.commands import SOURCEMARK, environment, new_token, run, started
from api.others.proxy import HOST, ORIGIN
from api.others.test_limits import check_limited
from api.test_corrections import SENT
from api.wire import Reply, running
from sourcemark.corrections.place import File
from sourcemark.corrections.store import Store
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.corrections.keeping import Keeping
from sourcemark.web.others import app_for_others
from sourcemark.web.tokens import Tokens


@pytest.fixture
def place(tmp_path: Path) -> File:
    return File(tmp_path / "corrections.sqlite")


@pytest.fixture
def start(fast: Labeler, tokens: Tokens, place: File) -> Iterator[Callable[..., Ask]]:
    with ExitStack() as stack:

        def start(**settings: object) -> Ask:
            app = app_for_others(
                Settings(**settings),  # type: ignore[arg-type]
                fast,
                tokens,
                ["127.0.0.1"],
                kept=Keeping(place),
            )
            return asking(stack.enter_context(running(app)).address)

        yield start


def give(ask: Ask, token: str | None, headers: dict[str, str] | None = None, **fields: object) -> Reply:
    return ask("POST", "/v1/corrections", token, headers, json.dumps(SENT | fields).encode())


def test_each_token_has_its_own_word_and_its_id_is_kept(
    start: Callable[..., Ask], tokens: Tokens, token: str, place: File
) -> None:
    ask, other = start(), tokens.new(1, "another")
    first = give(ask, token).json["id"]
    assert give(ask, token).json["id"] == first
    assert give(ask, other, proposed=None).json["id"] != first
    found = {each.contributor.token: each.proposed for each in Store(place).corrections()}
    assert found == {
        token.partition(".")[0].removeprefix("sm_"): SENT["proposed"],
        other.partition(".")[0].removeprefix("sm_"): None,
    }
    assert ask("DELETE", f"/v1/corrections/{first}", token).status == 204


def test_nobody_gives_a_correction_without_a_token_also_where_labelling_needs_none(
    start: Callable[..., Ask], token: str, place: File
) -> None:
    for settings in ({}, {"anonymous_limit": 1000}):
        ask = start(**settings)
        assert give(ask, None).problem() == "token-missing"
        assert ask("DELETE", "/v1/corrections/nothing").problem() == "token-missing"
        assert give(ask, token + "x").problem() == "token-not-valid"
        assert ask("GET", "/v1/about").json["corrections"] is True
        paths = ask("GET", "/v1/openapi.json").json["paths"]
        assert paths["/v1/corrections"]["post"]["security"] == [{"token": []}]
        assert paths["/v1/corrections/{id}"]["delete"]["security"] == [{"token": []}]
    assert not place.path.exists()


def test_a_correction_counts_as_a_request(start: Callable[..., Ask], token: str) -> None:
    ask = start(requests_per_minute=2)
    assert give(ask, token).status == 201
    assert ask(token=token).status == 200
    check_limited(give(ask, token), 2)


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is there without being set up")
@pytest.mark.parametrize("told", [False, True])
def test_of_the_network_nothing_is_kept_unless_a_place_is_told(tmp_path: Path, told: bool) -> None:
    token = new_token(tmp_path)
    settings = {"lan_address": "127.0.0.2", "share_port": 0}
    place = tmp_path / ("told.sqlite" if told else "data/sourcemark/corrections.sqlite")
    known = {
        **environment(tmp_path, **settings, **({"corrections": place} if told else {})),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    with started([*SOURCEMARK, "serve", "--port", "0", "--share"], known, "ready at") as said:
        there, here = (asking(each) for each in re.findall(r"http://127[.:0-9]+", said))
        assert there("GET", "/v1/about").json["corrections"] is told
        assert here("GET", "/v1/about").json["corrections"] is True
        assert not place.exists()
        if told:
            assert give(there, token).status == 201
        else:
            assert give(there, token).problem() == "corrections-off"
        assert give(here, None).status == 201
    assert Store(File(place)).examine() == 1 + told


def test_a_public_service_keeps_nothing_unless_a_place_is_told(tmp_path: Path) -> None:
    token = new_token(tmp_path)
    command = [*SOURCEMARK, "serve", "--port", "0", "--public", "--origin", ORIGIN, "--proxies", "1"]
    named = {"Host": HOST, "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    known = {**environment(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    with started(command, known, ORIGIN) as said:
        ask = asking(re.findall(r"http://127[.:0-9]+", said)[0])
        assert ask("GET", "/v1/about", headers=named).json["corrections"] is False
        assert give(ask, token, named).problem() == "corrections-off"
    assert not (tmp_path / "data").exists()


def test_a_place_that_is_none_is_refused_before_anything_starts(tmp_path: Path) -> None:
    for name, words in {
        "mysql://anna:secret@localhost/labels": "SOURCEMARK_CORRECTIONS is off, sqlite, the path",
        "postgresql://anna:secret@127.0.0.1:1/labels": "does not answer",
    }.items():
        result = run(tmp_path, "serve", "--port", "0", corrections=name)
        assert result.exit_code == 1
        assert words in result.stderr
        assert "secret" not in result.output
