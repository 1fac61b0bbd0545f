"""The facilitator's page brings what is new by itself, and never over what the facilitator is doing."""

from collections.abc import Iterator

import pytest

from browser.browser import Browser
from browser.service import Service
from browser.test_workshop_pages import held
from browser.workshop import point_at, says, type_in
from sourcemark.labeler import Labeler
from sourcemark.workshop.ready_made import read_ready_made
from sourcemark.workshop.stages import Stage

ASKED = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/live')).length"


@pytest.fixture
def facilitator(browser: Browser, service: Service, labeler: Labeler) -> Iterator[str]:
    """The secret of a facilitator whose page is open, with totals and notes on it."""
    with held(service, labeler, read_ready_made()[0]) as (secret, (desk, *_), _):
        service.workshop.store.move(secret, Stage.TOOL, 0)
        browser.open(desk)
        yield secret


def test_what_is_new_waits_for_a_note_that_is_being_written(
    browser: Browser, service: Service, facilitator: str
) -> None:
    point_at(browser, "#note-1")
    type_in(browser, "ask her")
    # in another tab
    service.workshop.store.note(facilitator, 3, "split")
    says(browser, "There is something new.")
    browser.press("Enter")
    says(browser, "The note is saved.")
    for number, note in ((1, "ask her"), (3, "split")):
        assert browser.evaluate(f"document.getElementById('note-{number}').value") == note


def test_what_is_new_waits_for_a_form_that_is_on_its_way(
    browser: Browser, service: Service, facilitator: str
) -> None:
    # it never arrives
    browser.evaluate("void (document.querySelector('#note-1').form.onsubmit = () => false)")
    point_at(browser, "#note-1")
    browser.press("Enter")
    service.workshop.store.note(facilitator, 3, "split")
    browser.arrive(f"{ASKED} >= 2")
    # only the page that was there at the beginning has it
    assert browser.evaluate("document.querySelector('#note-1').form.onsubmit !== null")
