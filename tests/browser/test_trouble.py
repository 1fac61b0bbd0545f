"""What a reader is told when something is in the way, and what then stands on the page."""

from browser.browser import Browser
from browser.pages import Pages
from browser.popup import clear, counts, mark, words
from browser.seeds import PARAGRAPHS
from browser.service import Service

ARTICLE = min(PARAGRAPHS)


def test_without_the_service_nothing_is_painted(browser: Browser, site: Pages, service: Service) -> None:
    browser.open(site.article(ARTICLE))
    service.stop()
    mark(browser)
    assert "service is not running" in words(browser)
    assert counts(browser) is None
    assert browser.painted() == {}


def test_service_stopped_between_two_clicks_leaves_the_earlier_marks(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    painted, shown = browser.painted(), counts(browser)
    assert painted
    service.stop()
    mark(browser)
    assert "service is not running" in words(browser)
    assert "earlier marks are still on the page" in words(browser)
    assert (browser.painted(), counts(browser)) == (painted, shown)

    # clearing needs no service
    clear(browser)
    assert browser.painted() == {}

    service.start()
    mark(browser)
    assert (browser.painted(), counts(browser)) == (painted, shown)


def test_page_without_an_article_is_said_to_have_none(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.no_article)
    mark(browser)
    assert "No article was found" in words(browser)
    assert browser.painted() == {}
    assert service.blocks() == []


def test_page_of_the_browser_itself_is_said_to_be_out_of_reach(browser: Browser, service: Service) -> None:
    browser.open(browser.untouchable)
    mark(browser)
    assert "Browsers do not let extensions read this page" in words(browser)
    assert counts(browser) is None
    assert service.blocks() == []
