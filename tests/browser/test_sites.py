"""What a reader chooses for a site, the number on the button, and a background that was stopped."""

from collections.abc import Iterator

import pytest

from browser.browser import SURFACE, Browser, until
from browser.pages import Pages
from browser.popup import look, mark, words
from browser.seeds import PARAGRAPHS
from browser.service import Service
from browser.surface import entries

FIRST, SECOND = sorted(PARAGRAPHS)[:2]


@pytest.fixture
def forget_sites(browser: Browser) -> Iterator[None]:
    """What a test chooses for a site is gone after it."""
    yield
    look(browser)
    browser.in_popup("chrome.storage.local.remove('sites')")


CHOICES = "chrome.storage.local.get('sites').then(({ sites }) => Object.values(sites ?? {}))"


def choose(browser: Browser, choice: str) -> None:
    """Choose for the site of the tab in the open popup, and wait until that is kept."""
    browser.when_popup("!document.getElementById('site').hidden")
    browser.in_popup(f"void document.querySelector('#site [value={choice}]').click()")
    until(lambda: browser.in_popup(CHOICES) == ([] if choice == "click" else [choice]))


@pytest.mark.usefixtures("forget_sites")
def test_site_that_is_never_marked_loses_its_marks_and_sends_nothing(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(FIRST))
    mark(browser)
    assert browser.painted()
    choose(browser, "never")
    until(lambda: browser.painted() == {})
    service.stop()
    service.start()
    mark(browser)
    assert "You chose never" in words(browser)
    assert service.blocks() == []

    choose(browser, "click")
    mark(browser)
    assert browser.painted()


def test_button_shows_how_many_sentences_are_marked(browser: Browser, site: Pages, service: Service) -> None:
    browser.open(site.article(FIRST))
    mark(browser)
    badge = """chrome.tabs.query({ active: true, currentWindow: true })
        .then(([{ id }]) => chrome.action.getBadgeText({ tabId: id }))"""
    until(lambda: browser.in_popup(badge) == str(len(service.marked())))
    browser.in_popup("document.getElementById('clear').click()")
    until(lambda: browser.in_popup(badge) == "")


def test_marking_works_after_the_browser_has_stopped_the_background(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(FIRST))
    mark(browser)
    painted = browser.painted()
    browser.close_popup()
    browser.stop_background()
    look(browser)
    assert words(browser).startswith("Marked ")
    browser.in_popup("document.getElementById('toggle').click()")
    until(lambda: browser.painted() == {})
    browser.stop_background()
    mark(browser)
    assert browser.painted() == painted


def test_keyboard_hides_and_shows_the_marks_and_opens_the_list(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(FIRST))
    mark(browser)
    painted = browser.painted()
    browser.close_popup()
    # nobody is asked for what is known already
    service.stop()
    browser.command("toggle")
    until(lambda: browser.painted() == {})
    browser.command("toggle")
    until(lambda: browser.painted() == painted)
    browser.command("list")
    browser.when(f"{SURFACE} !== null")
    assert len(entries(browser)) == sum(map(len, painted.values()))


@pytest.mark.parametrize("running_browser", ["chromium-allowed", "firefox-allowed"], indirect=True)
@pytest.mark.usefixtures("forget_sites")
def test_site_that_is_always_marked_needs_no_click(browser: Browser, site: Pages, service: Service) -> None:
    browser.open(site.article(FIRST))
    look(browser)
    assert browser.painted() == {}
    choose(browser, "always")
    assert until(browser.painted)
    browser.close_popup()
    browser.stop_background()

    browser.open(site.article(SECOND))
    assert until(browser.painted)
    assert sum(map(len, browser.painted().values())) == len(service.marked())
