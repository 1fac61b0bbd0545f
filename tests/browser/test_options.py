"""What a reader can set, and what then happens: to the marks, to what is sent, and to what is kept."""

from collections.abc import Iterator
import json
from pathlib import Path

import pytest

from browser.browser import Browser, until
from browser.options import PAGE, change, forget, options, press, shown, when_shown, write
from browser.pages import Pages
from browser.popup import clear, look, mark, words
from browser.seeds import PARAGRAPHS
from browser.service import Service

ARTICLE = min(PARAGRAPHS)
LABEL = "anonymous_claim"
CORRECTION = {
    "sentence": "He left, she said.",
    "shown": "eyewitness_quote",
    "chosen": "none",
    "model": None,
    "date": "2025-03-01T12:00:00.000Z",
}


@pytest.fixture(autouse=True)
def settings(browser: Browser, service: Service) -> Iterator[None]:
    """Whatever a test stores is gone after it."""
    yield
    forget(browser, service)


def test_what_was_sent_is_the_last_request_word_for_word(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    options(browser)
    head, body = shown(browser, "sent-request").split("\n\n", 1)
    assert head.splitlines() == [f"POST {service.address}/v1/label", "Content-Type: application/json"]
    sent = json.loads(body)
    assert set(sent) == {"offsets", "blocks"}
    assert [block["text"] for block in sent["blocks"]] == service.blocks()
    assert site.article(ARTICLE) not in body

    press(browser, "#sent-forget")
    when_shown(browser, "document.getElementById('sent').hidden")


def test_title_is_sent_only_where_that_is_switched_on(browser: Browser, site: Pages) -> None:
    browser.open(site.article(ARTICLE))
    title = browser.evaluate("document.title")
    change(browser, "#send-title")
    mark(browser)
    assert "The title of the page goes with it" in browser.in_popup(
        "document.getElementById('destination').textContent"
    )
    options(browser)
    assert json.loads(shown(browser, "sent-request").split("\n\n", 1)[1])["title"] == title


def test_marks_on_the_page_follow_the_options_at_once(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    painted = browser.painted()
    service.stop()
    change(browser, f"#labels [value={LABEL}]", "[name=line][value=thick]", "#fill")
    others = {label: texts for label, texts in painted.items() if label != LABEL}
    until(lambda: browser.painted() == others)
    until(lambda: browser.style("official_statement", "text-decoration-thickness") == "4px")
    until(lambda: browser.style("official_statement", "background-color") == "rgba(0, 0, 0, 0)")
    assert browser.style("official_statement", "text-decoration-style") == "solid"


def test_marks_that_start_hidden_are_shown_when_the_reader_asks(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(ARTICLE))
    change(browser, "#start-hidden")
    mark(browser)
    assert "The marks are hidden." in words(browser)
    assert browser.painted() == {}
    # showing asks nobody
    service.stop()
    browser.in_popup("document.getElementById('toggle').click()")
    assert until(browser.painted)
    browser.in_popup("document.getElementById('toggle').click()")
    until(lambda: browser.painted() == {})


def test_marks_as_elements_hold_the_same_words_and_go_without_a_trace(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(ARTICLE))
    # an empty text node, or two in the place of one, would not be seen in the markup
    nodes = """(() => {
        const walker = document.createTreeWalker(document.documentElement);
        const nodes = [];
        while (walker.nextNode()) nodes.push(walker.currentNode);
        return nodes;
    })()"""
    browser.evaluate(f"void (window.nodesBefore = {nodes})")
    before = browser.dom()
    change(browser, "#painter")
    mark(browser)
    assert browser.painted() == {}
    marked = browser.evaluate(
        """Object.fromEntries(["official_statement", "anonymous_claim", "eyewitness_quote"].map((label) =>
            [label, [...document.querySelectorAll("mark.sourcemark-" + label)]
                .map((mark) => mark.textContent).join("")]).filter(([, text]) => text))"""
    )
    expected = {label: "".join(texts) for label, texts in service.labelled().items()}
    assert {label: "".join(text.split()) for label, text in marked.items()} == {
        label: "".join(text.split()) for label, text in expected.items()
    }
    # read out before the words, and not seen
    first = "document.querySelector('mark.sourcemark-anonymous_claim')"
    assert "Anonymous claim" in browser.evaluate(f"{first}.dataset.sourcemarkStart")
    before_it = f"getComputedStyle({first}, '::before')"
    assert browser.evaluate(f"[{before_it}.content !== 'none', {before_it}.width]") == [True, "1px"]
    clear(browser)
    assert browser.dom() == before
    assert browser.evaluate(
        f"(() => {{ const now = {nodes}; return now.length === nodesBefore.length"
        " && now.every((node, index) => node === nodesBefore[index]); })()"
    )


def test_address_elsewhere_is_refused_without_a_token(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(ARTICLE))
    options(browser)
    write(browser, "address", "https://sourcemark.example.org")
    press(browser, "#save-service")
    assert "needs a token" in shown(browser, "service-status")
    write(browser, "address", "not an address")
    press(browser, "#save-service")
    assert "no address of a service" in shown(browser, "service-status")
    assert f"this computer ({service.address.removeprefix('http://')})" in shown(browser, "destination")


def test_corrections_are_downloaded_as_they_are_kept_and_deleted_at_the_second_press(
    browser: Browser, site: Pages, tmp_path: Path
) -> None:
    browser.open(site.article(ARTICLE))
    look(browser)
    kept = [CORRECTION, {**CORRECTION, "sentence": "“It rained 🌧,” he said."}]
    browser.in_popup(f"chrome.storage.local.set({{ corrections: {json.dumps(kept)} }})")
    options(browser)
    assert shown(browser, "corrections-count") == "2 corrections are kept."
    file = browser.download(PAGE, "corrections-download", tmp_path)
    assert [json.loads(line) for line in file.read_text("utf-8").splitlines()] == kept

    press(browser, "#corrections-delete")
    assert "Press again" in shown(browser, "corrections-delete")
    assert shown(browser, "corrections-count") == "2 corrections are kept."
    press(browser, "#corrections-delete")
    when_shown(
        browser, "document.getElementById('corrections-count').textContent === '0 corrections are kept.'"
    )
