"""Giving a correction to the service: by the reader's own press, word for word as shown, and back again."""

from collections.abc import Iterator
import json

import pytest

from api.wire import running
from browser import reading
from browser.browser import Browser, until
from browser.giving import BACK, GIVE, KEEP, LABEL, OFFER, choose, disagree, give, is_shown, preview, told
from browser.options import PAGE, forget, options, shown
from browser.pages import Pages
from browser.popup import look, mark
from browser.seeds import PARAGRAPHS
from browser.service import Service
from browser.surface import place, press_in, rest_on, shows, stored
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web.app import create_app

ARTICLE = min(PARAGRAPHS)

GIVING = ("POST", "/v1/corrections")


@pytest.fixture(autouse=True)
def nothing_left(browser: Browser, service: Service) -> Iterator[None]:
    yield
    forget(browser, service)
    service.start()
    service.forget_given()


def open_marked(browser: Browser, site: Pages) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    browser.close_popup()


@pytest.fixture(params=["extension", "reading room"])
def opened(request: pytest.FixtureRequest, browser: Browser, site: Pages, service: Service) -> str:
    """A marked article, in a news page or in the reading room; says which."""
    if request.param == "extension":
        open_marked(browser, site)
    else:
        reading.enter(browser, service)
        reading.show_example(browser, ARTICLE)
    return request.param


def sentences(service: Service) -> list[str]:
    """Return the sentences of the article, in order."""
    blocks, article = service.blocks(), service.article()
    return [blocks[each.block][each.start : each.end] for each in article.sentences]


def test_correction_is_given_by_a_press_word_for_word_and_taken_back(
    browser: Browser, service: Service, opened: str
) -> None:
    everything = sentences(service)
    at = next(index for index, each in enumerate(service.article().sentences) if each.label == LABEL)
    disagree(browser, chosen="eyewitness_quote")
    shows(browser, is_shown(OFFER))
    assert not browser.in_surface(f"root.querySelector('{OFFER}').checked")
    assert not browser.in_surface(is_shown(GIVE))
    contents = preview(browser)
    # the service was asked whether it takes corrections, and no more
    assert GIVING not in service.asked
    assert service.given() == []

    expected = {
        "before": everything[at - 1],
        "sentence": everything[at],
        "after": everything[at + 1],
        "given": LABEL,
        "given_state": "labelled",
        "proposed": "eyewitness_quote",
        "model": service.model.id,
    }
    assert list(contents.values()) == [
        expected["before"],
        expected["sentence"],
        expected["after"],
        "Anonymous claim",
        "Eyewitness quote",
        service.model.id,
    ]
    where = browser.in_surface("root.querySelector('.destination').textContent")
    assert "This and nothing else would go to the service on this computer." in where
    assert "You see it differently" in give(browser)
    assert service.given() == [expected]

    # also where the card was closed meanwhile
    browser.press("Escape")
    rest_on(browser, LABEL)
    assert browser.in_surface(is_shown(BACK))
    press_in(browser, BACK)
    told(browser, "Taken back")
    assert service.given() == []


def test_request_holds_what_was_shown_and_no_more(browser: Browser, service: Service, site: Pages) -> None:
    open_marked(browser, site)
    disagree(browser)
    contents = preview(browser)
    give(browser)
    options(browser)
    head, body = shown(browser, "sent-request").split("\n\n", 1)
    assert head.splitlines() == [
        f"POST {service.address}/v1/corrections",
        "Content-Type: application/json",
    ]
    assert json.loads(body) == {
        "model": service.model.id,
        "consent": True,
        "before": contents["Before it"],
        "sentence": contents["Sentence"],
        "after": contents["After it"],
        "given": LABEL,
        "given_state": "labelled",
        "proposed": None,
    }
    browser.close_own_page(PAGE)


def test_reader_who_thinks_better_of_it_gives_nothing_and_is_asked_anew(
    browser: Browser, service: Service, site: Pages
) -> None:
    open_marked(browser, site)
    disagree(browser)
    preview(browser)
    press_in(browser, KEEP)
    told(browser, "Nothing was given.")
    assert not browser.in_surface(is_shown(GIVE))
    # and what was ticked for one choice is not ticked for the next
    preview(browser)
    choose(browser, "official_statement")
    shows(browser, f"{is_shown(OFFER)} && !{is_shown(GIVE)}")
    assert not browser.in_surface(f"root.querySelector('{OFFER}').checked")
    assert GIVING not in service.asked


def test_service_that_stopped_gets_nothing_and_the_reader_is_told(
    browser: Browser, service: Service, opened: str
) -> None:
    disagree(browser)
    preview(browser)
    service.stop()
    press_in(browser, GIVE)
    words = told(browser, "It was not given")
    assert f"is not running at {service.address.removeprefix('http://')}" in words
    if opened == "extension":
        assert len(stored(browser, "corrections")) == 1
        browser.close_popup()
    # it can be tried again
    service.start()
    give(browser)
    assert len(service.given()) == 1


def test_everything_is_done_by_keyboard_and_said(browser: Browser, service: Service, opened: str) -> None:
    rest_on(browser, LABEL)
    # to be heard, words must come into an element that was there
    assert browser.in_surface("root.querySelector('.given').role") == "status"
    browser.click(*place(browser, LABEL))
    focused = "root.activeElement"

    def tab_to(selector: str) -> None:
        until(
            lambda: browser.press("Tab") or browser.in_surface(f"{focused}?.matches('{selector}') ?? false")
        )

    browser.in_surface("void root.querySelector('.close').focus()")
    tab_to(".disagree")
    browser.press("Enter")
    tab_to("[data-chosen=none]")
    browser.press("Enter")
    shows(browser, is_shown(OFFER))
    tab_to(OFFER)
    browser.press(" ")
    tab_to(KEEP)
    browser.press("Enter")
    shows(browser, f"{focused} === root.querySelector('{OFFER}')")
    browser.press(" ")
    tab_to(GIVE)
    browser.press("Enter")
    shows(browser, f"{focused} === root.querySelector('{BACK}')")
    assert len(service.given()) == 1
    browser.press("Enter")
    shows(browser, f"{focused} === root.querySelector('{OFFER}')")
    assert service.given() == []


def test_service_that_keeps_no_corrections_is_offered_none(
    browser: Browser, site: Pages, fast: Labeler
) -> None:
    with running(create_app(Settings(corrections="off"), fast)) as server:
        look(browser)
        browser.in_popup(f"chrome.storage.local.set({{ serviceAddress: '{server.address}' }})")
        open_marked(browser, site)
        disagree(browser)
        # an answer of the background that comes after the one about corrections
        choose(browser, "official_statement")
        assert not browser.in_surface(is_shown(OFFER))
        browser.open(server.address)
        browser.when("!document.getElementById('examples').hidden")
        reading.show_example(browser, ARTICLE)
        disagree(browser)
        choose(browser, "official_statement")
        assert not browser.in_surface(is_shown(OFFER))
