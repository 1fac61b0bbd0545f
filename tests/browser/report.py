"""What a reader does with the report, and what it shows them."""

import re
import zlib

from browser.browser import Browser
from browser.popup import look

PAGE = "report/report.html"

PASSAGES = """Object.fromEntries([...new Set([...document.querySelectorAll("#text [data-kind]")]
    .map(({ dataset }) => dataset.kind))].map((kind) => [kind,
        [...document.querySelectorAll(`#text [data-kind=${kind}] .words`)]
            .map((words) => words.textContent)]))"""

COUNTS = """Object.fromEntries([...document.querySelectorAll("#legend [data-count]")]
    .map((count) => [count.dataset.count, parseInt(count.textContent)]))"""


def report(browser: Browser) -> None:
    """Open the popup, press Report, and wait until the report is there."""
    browser.close_own_page(PAGE)
    look(browser)
    browser.in_popup("document.getElementById('report').click()")
    browser.when_own_page(PAGE, "document.getElementById('report')?.hidden === false")


def passages(browser: Browser, page: str = PAGE) -> dict[str, list[str]]:
    """Return the texts of the open report by label id, `none`, `unsure` and `unchecked`."""
    return browser.in_own_page(page, PASSAGES)


def counts(browser: Browser, page: str = PAGE) -> dict[str, int]:
    """Return the numbers in the legend of the open report."""
    return browser.in_own_page(page, COUNTS)


def colours(pdf: bytes) -> set[tuple[float, float, float]]:
    """Return the colours in which a PDF file draws lines, areas and text."""
    found = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            drawn = zlib.decompress(stream).decode("latin-1")
        except zlib.error:
            # a font, or something else that does not draw
            continue
        for colour in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn|SCN)\b", drawn):
            found.add(tuple(map(float, colour)))
    return found
