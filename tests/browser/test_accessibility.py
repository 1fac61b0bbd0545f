"""axe-core finds nothing to object to, by day and by night."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browser.browser import Browser
from browser.pages import Pages
from browser.popup import look, mark
from browser.reading import read
from browser.seeds import PARAGRAPHS
from browser.service import Service

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
ARTICLE = min(PARAGRAPHS)

by_day_and_by_night = pytest.mark.parametrize("scheme", ["light", "dark"])


@by_day_and_by_night
def test_popup_on_an_unmarked_page(browser: Browser, site: Pages, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(site.article(ARTICLE))
    look(browser)
    assert violations(browser.in_popup) == []


@by_day_and_by_night
def test_popup_with_counts(browser: Browser, site: Pages, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(site.article(ARTICLE))
    mark(browser)
    assert violations(browser.in_popup) == []


@by_day_and_by_night
def test_popup_with_bad_news(browser: Browser, site: Pages, service: Service, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(site.no_article)
    mark(browser)
    assert violations(browser.in_popup) == []


@by_day_and_by_night
def test_reading_page_with_a_marked_text(browser: Browser, service: Service, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(service.address)
    read(browser, PARAGRAPHS[ARTICLE])
    assert violations(browser.evaluate) == []


def violations(evaluate: Callable[[str], Any]) -> list[Any]:
    """Return what axe-core objects to in the document that `evaluate` runs in: rule and elements."""
    return evaluate(
        f"""(async () => {{
            {AXE.read_text()}
            const {{ violations }} = await axe.run(document, {{ runOnly: {TAGS} }});
            return violations.map(({{ id, nodes }}) => [id, ...nodes.map(({{ html }}) => html)]);
        }})()"""
    )
