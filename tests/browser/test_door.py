"""No other web page reads, changes or frames anything of the service, whichever way a browser has to try it.

The same attempts get in where the guard is taken out, so it is the guard that stops them; and those that the
service's own page may make, it makes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.attempts import ATTEMPTS, ENDING, NEVER_SENT, Attempt, framed, tried
from browser.browser import Browser, until
from browser.door import Target, target, without_guard, without_rules
from browser.strangers import WORDS, site
from sourcemark.labeler import Labeler

FROM = {
    "another site": ("page.test", ""),
    "another port of this machine": ("127.0.0.1", ""),
    "a sandboxed frame": ("page.test", "sandbox"),
    "a data address": ("page.test", "data"),
}
"""By what they are: the host of the page, and the frame inside it."""

OF_OUR_OWN = {
    "fetch",
    "fetch without cors",
    "fetch with credentials",
    "fetch sends JSON",
    "XHR",
    "image",
    "script",
    "style sheet",
    "event source",
    "beacon of JSON",
    "worker",
    "module",
}
"""What the policy of the service's own page lets it do. Its forms are sent in `test_workshop.py`."""

LOADED = {"image", "script", "style sheet"}
"""What another page takes in without being allowed to read it, where nothing keeps it from that."""

AT_THE_DOOR = [attempt for attempt in ATTEMPTS if attempt.room]

NOTHING = {attempt.name: "" for attempt in ATTEMPTS}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Browser]:
    """A tab of its own: frames that are still on their way would get between a page and the next one."""
    with browser.tab() as tab:
        yield tab


@pytest.fixture(scope="module")
def evil() -> Iterator[int]:
    with site() as port:
        yield port


@pytest.fixture(scope="module")
def guarded(fast: Labeler, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with target(fast, tmp_path_factory.mktemp("guarded")) as running:
        yield running


@pytest.mark.parametrize("source", FROM)
def test_nothing_gets_in_from_another_page(tab: Browser, guarded: Target, evil: int, source: str) -> None:
    guarded.watch.forget()
    before = guarded.workshop.store.state()
    host, frame = FROM[source]
    tab.open(f"http://{host}:{evil}/")

    got = tried(tab, ATTEMPTS, guarded, frame) | tried(tab, ENDING, guarded, frame)

    assert got == NOTHING | {"ended": ""}
    assert framed(tab) == ""
    assert guarded.watch.views == {}
    assert guarded.watch.answers == {name: {403} for name in got.keys() - NEVER_SENT}
    assert guarded.workshop.store.state() == before


def test_a_name_that_was_pointed_here_reads_a_refusal_and_nothing_else(
    tab: Browser, fast: Labeler, tmp_path: Path
) -> None:
    with site() as port:
        tab.open(f"http://page.test:{port}/")
        assert WORDS in tab.evaluate("document.body.innerText")
    # the page stays, and what its name and port lead to is now the service
    with target(fast, tmp_path, port) as rebound:
        # a connection that the browser has left may lead to the old place once more
        until(lambda: tab.evaluate("fetch('/').then(() => true, () => true)") and rebound.watch.answers)
        rebound.watch.forget()
        before = rebound.workshop.store.state()
        got = tried(tab, [*ATTEMPTS, *ENDING], rebound, name="page.test")

        read = {words for words in got.values() if words}
        assert len(read) == 1
        assert "host-not-allowed" in read.pop()
        assert rebound.watch.views == {}
        assert set.union(*rebound.watch.answers.values()) == {403}
        assert rebound.workshop.store.state() == before


def test_without_the_guard_the_same_attempts_get_in(
    tab: Browser, evil: int, fast: Labeler, tmp_path: Path
) -> None:
    with target(fast, tmp_path, change=without_guard) as open_to_all:
        tab.open(f"http://page.test:{evil}/")
        got = tried(tab, ATTEMPTS, open_to_all)
        # a page that came to life in a frame asks for its own files
        until(lambda: tab.evaluate("true") and "pages.file" in open_to_all.watch.views.get("", ()))
        joined = open_to_all.workshop.state().joined
        got |= tried(tab, ENDING, open_to_all)

        assert ran(open_to_all) == after(ATTEMPTS + ENDING)
        assert joined == 3
        assert open_to_all.workshop.store.state() is None
        assert {name for name, words in got.items() if words} == LOADED


def test_the_headers_alone_keep_answers_unread_and_pages_out_of_frames(
    tab: Browser, evil: int, fast: Labeler, tmp_path: Path
) -> None:
    with target(fast, tmp_path, change=without_rules) as half_open:
        tab.open(f"http://page.test:{evil}/")
        got = tried(tab, ATTEMPTS, half_open)

        assert ran(half_open) == after(ATTEMPTS)
        assert got == NOTHING
        assert framed(tab) == ""
        # in the time of another round trip a page in a frame would have asked for its own files
        tried(tab, ATTEMPTS[:1], half_open)
        assert not any(view.endswith("file") for view in half_open.watch.views.get("", ()))


def test_where_browsers_do_not_say_where_a_request_comes_from_nothing_is_changed_read_or_framed(
    tab: Browser, evil: int, fast: Labeler, tmp_path: Path
) -> None:
    # they say it to https and to this machine alone, and a room's address is neither; nor is this name
    with target(fast, tmp_path, names=["page.test"]) as in_network:
        before = in_network.workshop.store.state()
        tab.open(f"http://page.test:{evil}/")

        got = tried(tab, AT_THE_DOOR, in_network, name="page.test")

        # it comes without any mark of another site's, asks and changes nothing
        assert ran(in_network) == after(tuple(each for each in AT_THE_DOOR if each.how == "iframe"))
        assert got == {each.name: "" for each in AT_THE_DOOR}
        assert framed(tab) == ""
        tried(tab, AT_THE_DOOR[:1], in_network, name="page.test")
        assert "" not in in_network.watch.views
        assert in_network.workshop.store.state() == before


def test_its_own_page_does_what_its_policy_lets_it(tab: Browser, guarded: Target) -> None:
    own = [attempt for attempt in ATTEMPTS if attempt.name in OF_OUR_OWN]
    tab.open(f"{guarded.address}/")
    guarded.watch.forget()

    got = tried(tab, own, guarded)

    assert ran(guarded).keys() == OF_OUR_OWN
    assert {name for name, words in got.items() if "Sourcemark" in words} == {
        "fetch",
        "fetch without cors",
        "fetch with credentials",
        "XHR",
    }
    assert "official_statement" in got["fetch sends JSON"]
    assert {name for name, words in got.items() if words == "loaded"} == {
        "image",
        "script",
        "style sheet",
        "module",
    }


def test_the_attempts_would_read_a_frame_if_it_let_them(tab: Browser, evil: int) -> None:
    tab.open(f"http://page.test:{evil}/")
    tab.evaluate("""new Promise((resolve) => {
        const frame = document.createElement("iframe");
        frame.src = "/another";
        frame.onload = () => resolve(true);
        document.body.append(frame);
    })""")
    assert framed(tab) == WORDS


def ran(at: Target) -> dict[str, set[str]]:
    """Return the endpoints that ran, by attempt."""
    return {name: views for name, views in at.watch.views.items() if name}


def after(attempts: tuple[Attempt, ...]) -> dict[str, set[str]]:
    """Return the endpoints that attempts are after."""
    return {attempt.name: {attempt.view} for attempt in attempts if attempt.view}
