"""Every page of a workshop can be read: axe-core objects to nothing, and no page is wider than its window."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from browser.browser import Browser
from browser.service import Service
from browser.test_accessibility import violations
from browser.workshop import hold, overflow
from sourcemark.labeler import Labeler
from sourcemark.workshop.ready_made import ReadyMade, read_ready_made
from sourcemark.workshop.stages import Stage, steps

WIDTHS = {"a small telephone": 320, "twice as large letters on a desktop": 640}

OTHER_SCHEMES = ["dark", "contrast", "forced"]
"""Colours are all that they change."""

each_width = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)


@contextmanager
def held(service: Service, labeler: Labeler, ready: ReadyMade) -> Iterator[tuple[str, list[str], list[str]]]:
    """Hold a workshop; yield its facilitator's secret, the pages that it has at every stage, and others."""
    workshop = service.workshop
    keys, room = hold(workshop.store, labeler, ready)
    workshop.door.open(int(service.address.rpartition(":")[2]))
    desk = f"{service.address}/workshop/f/{keys.facilitator}"
    room_address = workshop.door.address
    try:
        yield (
            keys.facilitator,
            [desk, f"{room_address}/w/{room[0]}", f"{room_address}/workshop/p/{keys.projector}"],
            [f"{room_address}/w", f"{room_address}/w/nobody", f"{desk}/count", f"{desk}/end"],
        )
    finally:
        workshop.end(keys.facilitator)


def walk(browser: Browser, service: Service, labeler: Labeler, ready: ReadyMade) -> Iterator[str]:
    """Open every page of a workshop, one after the other, in every stage; yield what it is."""
    browser.open(f"{service.address}/workshop")
    yield "choosing a workshop"
    with held(service, labeler, ready) as (facilitator, pages, others):
        for page in others:
            browser.open(page)
            yield page
        for stage, article in steps(len(ready.articles)):
            if article == len(ready.articles) - 1 or stage is Stage.WELCOME:
                service.workshop.store.move(facilitator, stage, article)
                for page in pages:
                    browser.open(page)
                    yield f"{page} at {stage}"
                    if "/w/" in page and stage.answers_round:
                        browser.open(f"{page}?sentence={len(ready.sentences)}")
                        yield f"{page} at {stage}, answering"
    choose_sentences(browser, service)
    yield "choosing sentences"


def test_no_page_has_anything_that_axe_objects_to(
    browser: Browser, service: Service, labeler: Labeler
) -> None:
    # the one on two articles has every table
    for page in walk(browser, service, labeler, read_ready_made()[-1]):
        assert violations(browser.evaluate) == [], page
        for scheme in OTHER_SCHEMES:
            browser.prefer(scheme)
            assert violations(browser.evaluate, rules=["color-contrast"]) == [], (page, scheme)
        browser.prefer("light")


@each_width
def test_no_page_is_wider_than_its_window(
    browser: Browser, service: Service, labeler: Labeler, width: int
) -> None:
    browser.resize(width, 640)
    for page in walk(browser, service, labeler, read_ready_made()[-1]):
        assert overflow(browser) <= 0, page


def choose_sentences(browser: Browser, service: Service) -> None:
    browser.open(f"{service.address}/workshop")
    browser.evaluate("void document.querySelector('form').requestSubmit()")
    browser.arrive("document.querySelector('h1').textContent === 'Choose the sentences'")
