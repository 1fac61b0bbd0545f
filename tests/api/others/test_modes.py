"""Who may reach the service is chosen by one option, and a mode without its protection does not start."""

from pathlib import Path
import re
import sys

import pytest

from api.others.asking import asking
from api.others.commands import SOURCEMARK, environment, new_token, run, run_alone, started
from api.others.proxy import HOST, ORIGIN
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings, SettingsError
from sourcemark.web.app import create_app

PUBLIC = ["--public", "--origin", ORIGIN, "--proxies", "1"]
ANONYMOUS = [*PUBLIC, "--anonymous-limit", "1000"]

REFUSED = {
    "share without a token": (["--share"], {}, "sourcemark token new --note NAME"),
    "public and nothing more": (["--public"], {}, "needs --origin (SOURCEMARK_ORIGIN)"),
    "public without proxies": (PUBLIC[:3], {}, "needs --proxies (SOURCEMARK_PROXIES)"),
    "public without a token": (PUBLIC, {}, "or let everybody in a little with --anonymous-limit"),
    "public over http": (
        [*PUBLIC[:2], "http://labels.example.org", *PUBLIC[3:]],
        {},
        "is https:// and a name",
    ),
    "public with a path": ([*PUBLIC[:2], f"{ORIGIN}/", *PUBLIC[3:]], {}, "without a path"),
    "public and share": ([*ANONYMOUS, "--share"], {}, "leave --share (SOURCEMARK_SHARE) out"),
    "public and a room": ([*ANONYMOUS, "--lan"], {}, "leave --lan (SOURCEMARK_LAN) out"),
    "an origin alone": (["--origin", ORIGIN], {}, "add --public (SOURCEMARK_PUBLIC)"),
    "anonymous readers of this network": (
        ["--share", "--anonymous-limit", "9"],
        {},
        "is for a public service",
    ),
    "something that is no Redis": (ANONYMOUS, {"redis": "memory://:secret"}, "begins with redis://"),
    "a Redis that is not there": (ANONYMOUS, {"redis": "redis://:secret@127.0.0.1:1"}, "does not answer"),
    "no proxy at all": ([*PUBLIC[:4], "0"], {}, "0 is not in the range 1<=x<=9"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mode_without_its_protection_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    options, settings, what = REFUSED[name]

    result = run(tmp_path, "serve", "--port", "0", *options, **settings)

    assert result.exit_code in {1, 2}
    assert what in result.stderr
    assert len(re.findall(r"^Error: ", result.stderr, re.MULTILINE)) == 1
    assert "secret" not in result.stderr + result.stdout


@pytest.mark.parametrize("options", [["--share"], ["--public"], PUBLIC])
def test_a_refused_command_ends_with_its_sentence_and_no_traceback(
    tmp_path: Path, options: list[str]
) -> None:
    result = run_alone(tmp_path, "serve", "--port", "0", *options)

    assert result.returncode == 1
    assert re.fullmatch(r"Error: [^\n]+\.\n", result.stderr)


def test_tokens_that_no_longer_hold_do_not_count(tmp_path: Path) -> None:
    id = new_token(tmp_path).partition(".")[0].removeprefix("sm_")
    assert "revoked" in run(tmp_path, "token", "revoke", id).stdout
    assert "there is none that holds" in run(tmp_path, "serve", "--port", "0", "--share").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="other systems keep the user's folders apart")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    new_token(tmp_path)
    (tmp_path / "tokens.sqlite").chmod(0o644)
    assert "Run: chmod 600" in run(tmp_path, "serve", "--port", "0", "--share").stderr


def test_a_wsgi_server_is_refused_in_the_same_way(
    fast: Labeler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCEMARK_STATE_FOLDER", str(tmp_path))
    steps = [
        ({}, "A WSGI server runs the public service"),
        ({"SHARE": "true"}, "A WSGI server runs the public service"),
        ({"SHARE": "", "PUBLIC": "true"}, "needs --origin"),
        ({"ORIGIN": ORIGIN}, "needs --proxies"),
        ({"PROXIES": "1"}, "there is none that holds"),
        ({"ANONYMOUS_LIMIT": "1000"}, "add SOURCEMARK_REDIS"),
        ({"REDIS": "redis://127.0.0.1:1"}, "does not answer"),
    ]
    for added, what in steps:
        for name, value in added.items():
            monkeypatch.setenv(f"SOURCEMARK_{name}", value)
        with pytest.raises(SettingsError, match=what):
            create_app(labeler=fast)


def test_a_public_service_is_never_made_without_its_protection(fast: Labeler, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="needs --origin"):
        create_app(Settings(public=True, state_folder=str(tmp_path)), fast)


def test_without_the_library_that_counts_nothing_is_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast: Labeler
) -> None:
    monkeypatch.setitem(sys.modules, "flask_limiter", None)
    settings = Settings(public=True, origin=ORIGIN, proxies=1, anonymous_limit=1, state_folder=str(tmp_path))
    with pytest.raises(SettingsError, match=r"pip install 'sourcemark\[public\]'"):
        create_app(settings, fast, one_process=True)


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is there without being set up")
def test_the_network_reaches_the_api_with_a_token_and_this_computer_all_without(tmp_path: Path) -> None:
    token = new_token(tmp_path)
    known = environment(tmp_path, lan_address="127.0.0.2", share_port=0)
    with started([*SOURCEMARK, "serve", "--port", "0", "--share"], known, "ready at") as said:
        there, here = re.findall(r"http://127[.:0-9]+", said)
        network, computer = asking(there), asking(here)
        assert "not encrypted" in said

        assert there.startswith("http://127.0.0.2:")
        assert network().problem() == "token-missing"
        assert network(token=token).status == 200
        assert network("GET", "/", token).problem() == "not-found"
        assert network("GET", "/workshop", token).problem() == "not-found"
        assert network("GET", "/v1/about", token, {"Host": "127.0.0.1"}).problem() == "host-not-allowed"

        assert computer().status == 200
        assert computer("GET", "/").status == 200
        assert "requests_per_minute" not in computer("GET", "/v1/about").json["limits"]


def test_a_public_service_waits_for_its_proxy_and_has_only_the_api(tmp_path: Path) -> None:
    token = new_token(tmp_path)
    with started([*SOURCEMARK, "serve", "--port", "0", *PUBLIC], environment(tmp_path), ORIGIN) as said:
        ask = asking(re.findall(r"http://127[.:0-9]+", said)[0])
        named = {"Host": HOST, "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}

        assert ask(headers=named).problem() == "token-missing"
        assert ask(token=token, headers=named).status == 200
        assert ask("GET", "/", token, named).problem() == "not-found"
        assert ask("GET", "/v1/about").problem() == "host-not-allowed"


class TestTokenCommand:
    def test_a_token_is_shown_once_and_listed_without_itself(self, tmp_path: Path) -> None:
        made = run(tmp_path, "token", "new", "--note", "Ann’s class", "--days", "7")
        token = made.stdout.strip()
        assert token.startswith("sm_")
        assert "not shown again" in made.stderr

        listed = run(tmp_path, "token", "list").stdout
        id = token.partition(".")[0].removeprefix("sm_")
        assert re.fullmatch(rf"{id}  \d{{4}}-\d\d-\d\d  holds   Ann’s class\n", listed)

        run(tmp_path, "token", "revoke", id)
        assert "  revoked Ann’s class" in run(tmp_path, "token", "list").stdout

    def test_what_cannot_be_done_is_said_in_a_sentence(self, tmp_path: Path) -> None:
        assert run(tmp_path, "token", "list").stdout == ""
        assert run(tmp_path, "token", "revoke", "nothing").stderr.startswith("Error: There is no token")
        assert "0 is not in the range" in run(tmp_path, "token", "new", "--note", "x", "--days", "0").stderr
