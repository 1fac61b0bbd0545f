"""From the click to the painted sentence, and back to the page as it was."""

from pathlib import Path
import re

import pytest

from browser.browser import Browser
from browser.pages import Pages
from browser.popup import clear, counts, look, mark
from browser.seeds import PARAGRAPHS
from browser.service import Service
from sourcemark.labels import LABEL_IDS

FIRST, SECOND = sorted(PARAGRAPHS)[:2]

FURNITURE = "nav, header, footer, aside, form, button"


@pytest.mark.parametrize("article", PARAGRAPHS)
def test_every_labelled_sentence_of_the_article_is_painted_once_and_nothing_else(
    browser: Browser, site: Pages, service: Service, article: str
) -> None:
    browser.open(site.article(article))
    mark(browser)
    written = PARAGRAPHS[article]
    assert [block for block in service.blocks() if block in written] == written
    assert browser.painted()
    assert in_any_order(browser.painted()) == in_any_order(service.labelled())
    assert browser.painted_inside(FURNITURE) == []


def test_marking_and_clearing_leave_the_markup_as_it_was(browser: Browser, site: Pages) -> None:
    browser.open(site.article(FIRST))
    before = browser.dom()
    mark(browser)
    assert browser.painted()
    assert browser.dom() == before
    clear(browser)
    assert browser.painted() == {}
    assert browser.dom() == before


def test_marks_are_seen_and_go_again(browser: Browser, site: Pages, tmp_path: Path) -> None:
    browser.open(site.article(FIRST))
    seen = []
    for action in (look, mark, clear):
        action(browser)
        browser.screenshot(tmp_path / "page.png")
        seen.append((tmp_path / "page.png").read_bytes())
    before, marked, cleared = seen
    assert before != marked
    assert before == cleared


def test_popup_counts_are_those_of_the_answer(browser: Browser, site: Pages, service: Service) -> None:
    browser.open(site.article(FIRST))
    mark(browser)
    assert counts(browser) == service.counts()


def test_popup_shows_the_counts_again_when_it_is_opened_again(browser: Browser, site: Pages) -> None:
    browser.open(site.article(FIRST))
    mark(browser)
    shown = counts(browser)
    assert shown
    look(browser)
    assert counts(browser) == shown


def test_pages_are_marked_one_after_the_other(browser: Browser, site: Pages, service: Service) -> None:
    for article in (FIRST, SECOND, FIRST):
        browser.open(site.article(article))
        look(browser)
        assert counts(browser) is None
        mark(browser)
        assert in_any_order(browser.painted()) == in_any_order(service.labelled())


def test_marking_again_replaces_the_marks(browser: Browser, site: Pages) -> None:
    browser.open(site.article(FIRST))
    mark(browser)
    painted = browser.painted()
    assert painted
    mark(browser)
    assert browser.painted() == painted


def test_each_label_has_a_line_of_its_own(browser: Browser, site: Pages) -> None:
    browser.open(site.article(FIRST))
    mark(browser)
    lines = {label: browser.style(label, "text-decoration-style") for label in LABEL_IDS}
    assert lines == {
        "official_statement": "solid",
        "anonymous_claim": "dashed",
        "eyewitness_quote": "dotted",
    }
    assert {browser.style(label, "text-decoration-line") for label in LABEL_IDS} == {"underline"}


def in_any_order(texts: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the texts by label, sorted, in the form that blocks have."""
    return {label: sorted(map(as_block, found)) for label, found in texts.items()}


def as_block(text: str) -> str:
    # a line break element has no text of its own in a range, so blanks say nothing here
    return re.sub(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+", "", text)
