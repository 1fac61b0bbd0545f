"""The extension with a service for others: the reader has a token, and is told when it holds no longer."""

from collections.abc import Iterator
import json
from pathlib import Path

import pytest

from api.wire import running
from browser.browser import Browser
from browser.giving import BACK, disagree, give, preview, told
from browser.options import PAGE, forget, options, shown
from browser.pages import Pages
from browser.popup import look, mark, words
from browser.seeds import PARAGRAPHS
from browser.service import Service
from browser.surface import press_in
from sourcemark.corrections.place import File
from sourcemark.corrections.store import Store
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.corrections.keeping import Keeping
from sourcemark.web.others import app_for_others
from sourcemark.web.tokens import Tokens

ARTICLE = min(PARAGRAPHS)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path)


@pytest.fixture
def corrections(tmp_path: Path) -> File:
    return File(tmp_path / "corrections.sqlite")


@pytest.fixture
def address(fast: Labeler, tokens: Tokens, corrections: File) -> Iterator[str]:
    """A service that asks for tokens, on this computer since no test can answer a browser's question."""
    kept = Keeping(corrections)
    with running(app_for_others(Settings(), fast, tokens, ["127.0.0.1"], kept=kept)) as server:
        yield server.address


@pytest.fixture(autouse=True)
def settings(browser: Browser, service: Service) -> Iterator[None]:
    """Whatever a test stores is gone after it."""
    yield
    forget(browser, service)


def use(browser: Browser, address: str, token: str) -> None:
    """Let the extension use a service with a token, by what its options keep.

    Their button asks the browser for a permission, and that only on a click by hand.
    """
    look(browser)
    chosen = json.dumps({"serviceAddress": address, "token": token})
    browser.in_popup(f"chrome.storage.local.set({chosen})")


def test_a_page_is_marked_with_a_token_until_it_is_taken_back(
    browser: Browser, site: Pages, address: str, tokens: Tokens
) -> None:
    browser.open(site.article(ARTICLE))
    use(browser, address, "")
    mark(browser)
    assert "Token missing" in words(browser)
    assert browser.painted() == {}

    token = tokens.new(1, "a reader")
    use(browser, address, token)
    mark(browser)
    assert browser.painted()
    # neither the page nor the record of what was sent has it
    assert token not in browser.dom()
    options(browser)
    assert token not in shown(browser, "sent-request")
    browser.close_own_page(PAGE)

    tokens.revoke(tokens.all()[0].id)
    mark(browser)
    assert "Token revoked" in words(browser)
    assert "ask whoever runs the service" in words(browser).lower()


def test_a_correction_goes_with_the_token_which_the_reader_is_told(
    browser: Browser, site: Pages, address: str, tokens: Tokens, corrections: File
) -> None:
    browser.open(site.article(ARTICLE))
    use(browser, address, tokens.new(1, "a reader"))
    mark(browser)
    browser.close_popup()
    disagree(browser)
    preview(browser)
    where = browser.in_surface("root.querySelector('.destination').textContent")
    assert "Your token goes with it, and which token it was is kept, too." in where
    give(browser)
    [given] = Store(corrections).corrections()
    assert given.contributor.token == tokens.all()[0].id

    # taking it back needs a token that holds, like all the rest
    tokens.revoke(tokens.all()[0].id)
    press_in(browser, BACK)
    assert "Token revoked" in told(browser, "It was not taken back.")
