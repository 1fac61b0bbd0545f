"""A public service behind proxies: their number is known, so nobody chooses the address that is counted."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from api.others.asking import TEXT, Ask, asking
from api.others.proxy import HOST, ORIGIN, proxy
from api.wire import running
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app

Behind = Callable[..., Ask]
"""`behind(hops, proxies)` starts a service that expects `hops` proxies behind that many."""

READER, OTHER = "127.0.0.3", "127.0.0.4"


@pytest.fixture
def behind(fast: Labeler, tmp_path: Path) -> Iterator[Behind]:
    with ExitStack() as stack:

        def behind(hops: int, proxies: int) -> Ask:
            settings = Settings(
                public=True,
                origin=ORIGIN,
                proxies=hops,
                anonymous_limit=len(TEXT),
                state_folder=str(tmp_path),
            )
            app = create_app(settings, fast, one_process=True)
            address = stack.enter_context(running(app, behind_proxy=True)).address
            for _ in range(proxies):
                address = stack.enter_context(proxy(address))
            return asking(address)

        yield behind


def statuses(ask: Ask, *sources: str, forged: str | None = None) -> list[int]:
    """Return the status of one request from each address, all of which say that they are for `forged`."""
    headers = {"Host": HOST} | ({"X-Forwarded-For": forged} if forged else {})
    return [ask(headers=headers, source=source).status for source in sources]


@pytest.mark.parametrize("hops", [1, 2])
def test_each_address_before_the_proxies_is_counted_for_itself(behind: Behind, hops: int) -> None:
    assert statuses(behind(hops, hops), READER, READER, OTHER, OTHER) == [200, 429, 200, 429]


@pytest.mark.parametrize("hops", [1, 2])
def test_no_header_makes_somebody_else_of_a_reader(behind: Behind, hops: int) -> None:
    ask = behind(hops, hops)
    assert statuses(ask, READER) == [200]
    for forged in (OTHER, f"{OTHER}, {OTHER}", f"{OTHER}," * 20 + OTHER, "nonsense", "::1", ","):
        assert statuses(ask, READER, forged=forged) == [429]
    # and nobody used up what is somebody else's
    assert statuses(ask, OTHER) == [200]


def test_with_a_proxy_missing_all_readers_count_as_the_one_that_is_there(behind: Behind) -> None:
    assert statuses(behind(2, 1), READER, OTHER) == [200, 429]


def test_with_a_proxy_too_many_all_readers_count_as_the_nearest(behind: Behind) -> None:
    ask = behind(1, 2)
    assert statuses(ask, READER, OTHER) == [200, 429]
    assert statuses(ask, OTHER, forged="203.0.113.7") == [429]


def test_the_service_takes_the_proxy_s_word_for_the_name_and_the_scheme(behind: Behind) -> None:
    ask = behind(1, 1)
    named = {"Host": HOST}
    assert ask("GET", "/v1/about", headers=named).status == 200
    assert ask("GET", "/v1/about", headers=named | {"Origin": ORIGIN}).status == 200
    assert (
        ask("GET", "/v1/about", headers=named | {"Origin": f"http://{HOST}"}).problem()
        == "origin-not-allowed"
    )
    for other in ("evil.example", "127.0.0.1", "localhost", f"{HOST}.evil.example"):
        assert ask("GET", "/v1/about", headers={"Host": other}).problem() == "host-not-allowed"


def test_a_public_service_has_no_page_and_no_workshop(behind: Behind) -> None:
    ask = behind(1, 1)
    for path in ("/", "/workshop", "/w", "/examples", "/about-these-labels", "/extension/shared/page.css"):
        assert ask("GET", path, headers={"Host": HOST}).problem() == "not-found"
