"""The extension in another language, to prove that all of its words can be translated."""

import json
from pathlib import Path

import pytest

from browser.browser import Browser
from browser.pages import Pages
from browser.popup import mark, words
from browser.report import PAGE, report
from browser.seeds import PARAGRAPHS
from browser.service import Service

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
ARTICLE = min(PARAGRAPHS)


def texts(language: str) -> dict[str, str]:
    written = json.loads((EXTENSION / "_locales" / language / "messages.json").read_text("utf-8"))
    return {name: entry["message"] for name, entry in written.items()}


GERMAN = texts("de")


# Firefox takes its language from a language pack, which it would have to download
@pytest.mark.parametrize("running_browser", ["chromium-de"], indirect=True)
def test_popup_and_report_speak_german(browser: Browser, site: Pages, service: Service) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    assert browser.in_popup("document.documentElement.lang") == "de"
    assert words(browser).startswith(f"{sum(map(len, service.labelled().values()))} von ")
    assert english_lines(browser.in_popup("document.body.innerText")) == []

    report(browser)
    shown = browser.in_own_page(PAGE, "document.body.innerText")
    assert GERMAN["report_print"] in shown
    assert english_lines(shown) == []
    # only the article itself stays in its language
    assert browser.in_own_page(PAGE, "document.getElementById('text').lang") == "en"
    browser.close_own_page(PAGE)


def english_lines(shown: str) -> list[str]:
    """Return the lines of what is shown that are English texts which differ in German."""
    english = {text for name, text in texts("en").items() if text != GERMAN[name]}
    return [line for line in shown.splitlines() if line in english]
