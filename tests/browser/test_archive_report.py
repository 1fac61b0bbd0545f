"""The report on an archive in real browsers: read by everyone, without scripts and network, and printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.labelled import outlets, seed_articles, varied, write
from browser import pdf
from browser.browser import Browser, until
from browser.chromium import Chromium
from browser.test_accessibility import violations
from browser.web_server import Answer, web_server
from browser.workshop import overflow
from sourcemark.archive.report.page import write_report
from sourcemark.labeler import Labeler

ASKED = "performance.getEntriesByType('resource').map(({ name }) => name)"

CLOSED = "[...document.querySelectorAll('details')].every(({ open }) => !open)"
OPEN = "[...document.querySelectorAll('details')].forEach((each) => { each.open = true; })"

PLOTS = "[...document.querySelectorAll('svg')].map((plot) => plot.getBoundingClientRect().height)"


@pytest.fixture(scope="module")
def address(fast: Labeler, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a report is served, and nothing else."""
    articles = list(varied(seed_articles(fast), 300, outlets(30)))
    out = write(tmp_path_factory.mktemp("archive") / "out", [articles], ["outlet", "published"])
    content = write_report(out, "outlet", "published").page.read_bytes()

    def answer(path: str) -> Answer | None:
        return (content, None) if path == "/report" else None

    with web_server(answer) as port:
        yield f"http://127.0.0.1:{port}/report"


@pytest.mark.parametrize("scheme", ["light", "forced"])
def test_axe_finds_nothing_to_object_to(browser: Browser, address: str, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(address)
    browser.evaluate(OPEN)
    assert violations(browser.evaluate) == []


def test_it_asks_for_nothing_and_needs_no_script(browser: Browser, address: str) -> None:
    with browser.tab(scripts=False) as tab:
        tab.open(address)
        assert tab.evaluate(ASKED) == []
        assert min(tab.evaluate(PLOTS)) > 100
        assert tab.evaluate(CLOSED)


def test_it_is_read_on_a_small_telephone(browser: Browser, address: str) -> None:
    browser.resize(320, 640)
    browser.open(address)
    browser.evaluate(OPEN)
    assert overflow(browser) <= 0


def test_a_screen_reader_is_told_what_each_plot_shows(browser: Browser, address: str) -> None:
    browser.open(address)
    pictures = {"image", "img", "graphic"}
    plots = until(lambda: [name for role, name in browser.spoken() if role in pictures])
    assert "Share of each label by month" in plots
    assert len(plots) == 5


@pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)
def test_on_paper_the_tables_are_open_and_no_row_is_cut(
    browser: Chromium, address: str, tmp_path: Path
) -> None:
    browser.open(address)
    rows = browser.evaluate("document.querySelectorAll('tbody tr').length")
    printed = pdf.rows(browser.print("A4"))
    assert len(printed) >= rows, "headings of columns may count too"
    assert max(map(len, printed)) == 1
