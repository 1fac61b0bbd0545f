"""The pictures of the documentation and of the stores, taken from the real thing.

They go to a temporary folder; with SOURCEMARK_UPDATE_IMAGES=1 they replace the ones in docs.
"""

import json
import os
from pathlib import Path

import pytest

from archive.labelled import seed_articles, varied, write
from browser.chromium import Chromium
from browser.pages import Pages
from browser.popup import mark
from browser.reading import enter, show_example
from browser.report import PAGE, report
from browser.service import Service
from browser.surface import open_list, rest_on
from browser.web_server import web_server
from browser.workshop import hold
from sourcemark.archive.report.page import write_report
from sourcemark.labeler import Labeler
from sourcemark.web.workshop.qr import qr_code
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

# where a room would find the computer; the one of the tests has an address that only it can reach
ROOM = "http://192.168.1.20:8377/w"
INVITE = """(([address, drawing]) => {
    document.querySelector(".address").textContent = address;
    document.querySelector(".qr").innerHTML = drawing;
})(%s)"""

# from a thing on the page downwards, or from its top
PART = """((words) => {
    const things = [...document.querySelectorAll(".sentences > li")];
    const found = words && things.find((each) => each.innerText.includes(words));
    const top = found ? found.getBoundingClientRect().top + scrollY : 0;
    const height = Math.min(innerHeight, document.documentElement.scrollHeight - top);
    return { x: 0, y: top, width: innerWidth, height };
})(%s)"""

# of the report on an archive, from one heading to the next but one
PLOTS = """(() => {
    const headings = [...document.querySelectorAll("h2")];
    const first = headings.findIndex((heading) => heading.textContent === "Over time");
    const ends = [headings[first], headings[first + 2]];
    const [top, bottom] = ends.map((each) => each.getBoundingClientRect().top);
    return { x: 0, y: top + scrollY - 16, width: innerWidth, height: bottom - top };
})()"""

PHONE = (400, 860)
DESKTOP = (1280, 800)
PAPER = (860, 800)

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


def test_every_stage_of_a_workshop(
    browser: Chromium, service: Service, labeler: Labeler, images: Path
) -> None:
    (images / "workshop").mkdir(exist_ok=True)
    workshop = service.workshop
    keys, room = hold(workshop.store, labeler, read_ready_made()[2])
    workshop.door.open(int(service.address.rpartition(":")[2]))
    late = workshop.store.join(keys.code)

    def show(name: str, page: str, size: tuple[int, int], words: str = "") -> None:
        browser.resize(*size)
        browser.open(f"{service.address}/{page}")
        if browser.evaluate("document.querySelector('.qr') !== null"):
            browser.evaluate(INVITE % json.dumps([ROOM, qr_code(f"{ROOM}?code={keys.code}")]))
        browser.screenshot(images / "workshop" / f"{name}.png", browser.evaluate(PART % json.dumps(words)))

    try:
        for number, stage in enumerate(Stage, 1):
            workshop.store.move(keys.facilitator, stage)
            person = late if stage is Stage.ALONE else room[0]
            asked = "?sentence=7" if stage is Stage.SECOND else ""
            words = {Stage.ROOM: "of 14: anonymous claim", Stage.TOOL: "The tool differs"}.get(stage, "")
            show(f"{number}-{stage}", f"w/{person}{asked}", PHONE, words)
            if stage is Stage.WELCOME:
                show("facilitator", f"workshop/f/{keys.facilitator}", DESKTOP)
            elif stage is Stage.ROOM:
                show("projector-room", f"workshop/p/{keys.projector}", DESKTOP)
    finally:
        workshop.end(keys.facilitator)


def test_report_on_an_archive(browser: Chromium, fast: Labeler, images: Path, tmp_path: Path) -> None:
    names = ["The Daily Gannet", "Quill Valley Herald", "Northern Courier", "Talmeria Today", "Sorn Gazette"]
    articles = list(varied(seed_articles(fast), 1000, names))
    out = write(tmp_path / "out", [articles], ["outlet", "published"])
    content = write_report(out, "outlet", "published").page.read_bytes()
    browser.resize(*PAPER)
    with web_server(lambda path: (content, None)) as port:
        browser.open(f"http://127.0.0.1:{port}/")
        browser.screenshot(images / "archive-report.png", browser.evaluate(PLOTS))
    assert (images / "archive-report.png").stat().st_size < 150_000


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
