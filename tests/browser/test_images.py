"""The pictures of the documentation, taken from the real thing.

They go to a temporary folder; with SOURCEMARK_UPDATE_IMAGES=1 they replace the ones in docs/images.
"""

import os
from pathlib import Path

import pytest

from browser.chromium import Chromium
from browser.pages import Pages
from browser.popup import mark
from browser.reading import marked, show_example
from browser.service import Service

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
def images(tmp_path: Path) -> Path:
    """The folder that the pictures go to."""
    if os.environ.get("SOURCEMARK_UPDATE_IMAGES") != "1":
        return tmp_path
    return Path(__file__).resolve().parents[2] / "docs" / "images"


def test_marked_page_and_popup(browser: Chromium, site: Pages, images: Path) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    assert browser.painted()
    browser.screenshot(images / "marked-page.png", browser.evaluate(EXCERPT))
    browser.screenshot_popup(images / "popup.png")


def test_reading_page(browser: Chromium, service: Service, images: Path) -> None:
    browser.open(service.address)
    show_example(browser, ARTICLE)
    assert marked(browser)
    browser.evaluate("document.querySelector('#article mark[data-label=anonymous_claim] button').focus()")
    browser.evaluate("scrollTo(0, document.getElementById('result-title').offsetTop - 24)")
    browser.screenshot(images / "reading-page.png")
