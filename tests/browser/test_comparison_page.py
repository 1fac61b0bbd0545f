"""The page that says whether corrections helped, in a real browser."""

from collections.abc import Iterator

import pytest

from browser.browser import Browser
from browser.chromium import Chromium
from browser.report import colours
from browser.test_accessibility import violations
from browser.web_server import web_server
from sourcemark.labels import EYEWITNESS, NONE
from sourcemark.training.comparison import compare
from sourcemark.training.comparison_page import render
from unit.correcting import SENTENCE, correction, written
from unit.training import SEEDS


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page about the seed articles and some corrections, one sentence contested."""
    lines = [
        correction(
            f"“I saw plank {number} fall,” said Mira Holt.", before=f"Pier {number} closed.", after=None
        )
        for number in range(8)
    ]
    lines += [correction(SENTENCE, EYEWITNESS), correction(SENTENCE, NONE, contributors=[2])]
    file = written(tmp_path_factory.mktemp("corrections"), lines)
    content = render(compare(SEEDS, [file], lambda stage, done, whole: None)).encode()
    with web_server(lambda path: (content, None) if path == "/" else None) as port:
        yield f"http://127.0.0.1:{port}/"


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast", "forced"])
def test_axe_has_nothing_to_object_to(browser: Browser, page: str, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(page)
    assert violations(browser.evaluate) == []


def test_nothing_is_loaded_and_nothing_is_wider_than_a_telephone(browser: Browser, page: str) -> None:
    browser.resize(320, 640)
    browser.open(page)
    assert browser.evaluate("performance.getEntriesByType('resource').length") == 0
    assert browser.evaluate("document.scripts.length") == 0
    assert browser.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_drawing_has_a_line_for_each_label_within_its_frame(browser: Browser, page: str) -> None:
    browser.open(page)
    outside = """(() => {
        const frame = document.querySelector("svg").getBoundingClientRect();
        return [...document.querySelectorAll("svg line, svg circle, svg text")]
            .map((each) => each.getBoundingClientRect())
            .filter((box) => box.left < frame.left - 1 || box.right > frame.right + 1
                || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).length;
    })()"""
    assert browser.evaluate("document.querySelectorAll('svg circle').length") == 4
    assert browser.evaluate(outside) == 0


@pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)
def test_the_page_prints_in_grey(browser: Chromium, page: str) -> None:
    browser.open(page)
    printed = colours(browser.print("A4"))
    assert printed
    assert [colour for colour in printed if len(set(colour)) > 1] == []
