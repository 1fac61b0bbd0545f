"""The pictures of the documentation and of the stores, taken from the real thing.

They go to a temporary folder; with SOURCEMARK_UPDATE_IMAGES=1 they replace the ones in docs.
"""

import os
from pathlib import Path

import pytest

from browser.chromium import Chromium
from browser.pages import Pages
from browser.popup import mark
from browser.reading import enter, show_example
from browser.report import PAGE, report
from browser.service import Service
from browser.surface import open_list, rest_on
from browser.workshop import hold, press_button, says
from sourcemark.workshop.ready_made import read_ready_made
from sourcemark.workshop.stages import Stage

ARTICLE = "seed-council-contract"

# the paragraphs around the first sub-heading: official, anonymous and eyewitness stand close together there
EXCERPT = """(() => {
    const blocks = [...document.querySelectorAll("section > p, section > h2")];
    const middle = blocks.findIndex((block) => block.localName === "h2");
    const first = blocks[middle - 5].getBoundingClientRect();
    const last = blocks[middle + 3].getBoundingClientRect();
    const [top, bottom] = [first.top - 12, last.bottom + 12];
    return { x: first.left - 40, y: top + scrollY, width: first.width + 80, height: bottom - top };
})()"""

pytestmark = pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The folder of the documentation, or one that is thrown away."""
    if os.environ.get("SOURCEMARK_UPDATE_IMAGES") == "1":
        return Path(__file__).resolve().parents[2] / "docs"
    return tmp_path


@pytest.fixture
def images(docs: Path) -> Path:
    """The folder that the pictures of the documentation go to."""
    (docs / "images").mkdir(exist_ok=True)
    return docs / "images"


@pytest.fixture
def store(docs: Path) -> Path:
    """The folder that the pictures of the stores go to: as large as the window, 1280 by 800 pixels."""
    (docs / "store" / "images").mkdir(parents=True, exist_ok=True)
    return docs / "store" / "images"


def test_marked_page_and_popup(browser: Chromium, site: Pages, images: Path) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    assert browser.painted()
    browser.screenshot(images / "marked-page.png", browser.evaluate(EXCERPT))
    browser.screenshot_popup(images / "popup.png")


def test_reading_page(browser: Chromium, service: Service, images: Path) -> None:
    enter(browser, service)
    show_example(browser, ARTICLE)
    assert browser.painted()
    browser.when("!document.getElementById('meanings').hidden")
    rest_on(browser, "anonymous_claim")
    browser.screenshot(images / "reading-page.png")


def test_every_stage_of_a_workshop(browser: Chromium, service: Service, images: Path) -> None:
    folder = images / "workshop"
    folder.mkdir(exist_ok=True)
    store = service.workshop.store
    keys, room = hold(store, service.labeler, read_ready_made()[0])
    try:
        desk = f"{service.address}/workshop/f/{keys.facilitator}"
        browser.open(desk)
        press_button(browser, "Let the room in")
        says(browser, "The room can reach this computer")
        for number, stage in enumerate(Stage, 1):
            store.move(keys.facilitator, stage)
            browser.resize(760, 820)
            browser.open(f"{service.address}/w/{room[0]}")
            browser.screenshot(folder / f"{number}-{stage}.png")
            if stage is Stage.ALONE:
                browser.resize(1000, 1100)
                browser.open(desk)
                browser.screenshot(folder / "facilitator.png")
            if stage is Stage.ROOM:
                browser.resize(1280, 720)
                browser.open(f"{service.address}/workshop/p/{keys.projector}")
                browser.screenshot(folder / "projector-room.png")
    finally:
        browser.resize(1280, 800)
        service.workshop.end(keys.facilitator)


def test_pictures_for_the_stores(browser: Chromium, site: Pages, store: Path) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    browser.close_popup()
    rest_on(browser, "anonymous_claim")
    browser.screenshot(store / "1-why.png")
    browser.press("Escape")
    open_list(browser)
    browser.screenshot(store / "2-list.png")
    report(browser)
    browser.screenshot_own_page(PAGE, store / "3-report.png")
    browser.in_own_page(PAGE, "document.getElementById('text-title').scrollIntoView()")
    browser.screenshot_own_page(PAGE, store / "4-report-text.png")
    browser.close_own_page(PAGE)
    for picture in sorted(store.iterdir()):
        # the size stands in the header of a PNG file
        assert [int.from_bytes(picture.read_bytes()[at : at + 4]) for at in (16, 20)] == [1280, 800]
