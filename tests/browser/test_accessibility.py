"""axe-core finds nothing to object to: by day, by night, and in the colours that a system forces."""

from collections.abc import Callable, Sequence
import json
from pathlib import Path
from typing import Any

import pytest

from browser import options, reading
from browser.browser import Browser
from browser.giving import disagree, give, preview
from browser.pages import Pages
from browser.popup import look, mark
from browser.report import PAGE, report
from browser.seeds import PARAGRAPHS
from browser.service import Service
from browser.surface import open_list, rest_on

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
ARTICLE = min(PARAGRAPHS)

pytestmark = pytest.mark.parametrize("scheme", ["light", "dark", "contrast", "forced"])


def test_popup_on_an_unmarked_page(browser: Browser, site: Pages, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(site.article(ARTICLE))
    look(browser)
    assert violations(browser.in_popup) == []


def test_popup_with_counts(browser: Browser, site: Pages, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(site.article(ARTICLE))
    mark(browser)
    assert violations(browser.in_popup) == []


def test_popup_with_bad_news(browser: Browser, site: Pages, service: Service, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(site.no_article)
    mark(browser)
    assert violations(browser.in_popup) == []


def test_card_and_side_list(browser: Browser, site: Pages, service: Service, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(site.article(ARTICLE))
    mark(browser)
    browser.close_popup()
    disagree(browser)
    preview(browser)
    assert violations_in_surface(browser, ".card") == []
    give(browser)
    assert violations_in_surface(browser, ".card") == []
    service.forget_given()
    open_list(browser)
    assert violations_in_surface(browser, ".list") == []


def test_report(browser: Browser, site: Pages, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(site.article(ARTICLE))
    mark(browser)
    report(browser)
    assert violations(lambda script: browser.in_own_page(PAGE, script)) == []
    browser.close_own_page(PAGE)


def test_options(browser: Browser, site: Pages, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(site.article(ARTICLE))
    options.options(browser)
    assert violations(lambda script: browser.in_own_page(options.PAGE, script)) == []
    browser.close_own_page(options.PAGE)


def test_desk_of_the_reading_room(browser: Browser, service: Service, scheme: str) -> None:
    browser.prefer(scheme)
    reading.enter(browser, service)
    assert violations(browser.evaluate) == []


def test_reading_page_with_a_marked_text(browser: Browser, service: Service, scheme: str) -> None:
    browser.prefer(scheme)
    reading.enter(browser, service)
    reading.read(browser, PARAGRAPHS[ARTICLE])
    browser.when("!document.getElementById('meanings').hidden")
    assert violations(browser.evaluate) == []
    rest_on(browser, "anonymous_claim")
    assert violations_in_surface(browser, ".card") == []
    reading.open_list(browser)
    assert violations_in_surface(browser, ".list") == []


def test_report_of_the_reading_room(browser: Browser, service: Service, scheme: str) -> None:
    browser.prefer(scheme)
    reading.enter(browser, service)
    reading.read(browser, PARAGRAPHS[ARTICLE])
    page = reading.open_report(browser, service)
    assert violations(lambda script: browser.in_own_page(page, script)) == []
    browser.close_own_page(page)


def test_page_about_the_labels(browser: Browser, service: Service, scheme: str) -> None:
    browser.prefer(scheme)
    browser.open(f"{service.address}/about-these-labels")
    assert violations(browser.evaluate) == []


def violations(
    evaluate: Callable[[str], Any], context: str = "document", rules: Sequence[str] = TAGS
) -> list[Any]:
    """Return what axe-core objects to in the document that `evaluate` runs in: rule and elements.

    `rules` are the names of rules, or of groups of them.
    """
    return evaluate(
        f"""(async () => {{
            {AXE.read_text()}
            const {{ violations }} = await axe.run({context}, {{ runOnly: {rules} }});
            return violations.map(({{ id, nodes }}) => [id, ...nodes.map(({{ html }}) => html)]);
        }})()"""
    )


def violations_in_surface(browser: Browser, selector: str) -> list[Any]:
    """Return the same for an element of the extension in a page."""
    assert browser.in_surface(f"root.querySelector({json.dumps(selector)}) !== null")
    # axe-core goes where `shadowRoot` leads, and from a closed root nothing leads back
    opened = "Object.defineProperty(root.host, 'shadowRoot', { value: root, configurable: true }), root.host"
    return violations(browser.in_surface, f"({opened})")
