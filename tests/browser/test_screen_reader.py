"""What a screen reader is told: the list, the card, and marks that are elements of the page."""

from browser.browser import Browser, until
from browser.options import change
from browser.pages import Pages
from browser.popup import mark
from browser.seeds import PARAGRAPHS
from browser.service import Service
from browser.surface import open_list, rest_on

ARTICLE = min(PARAGRAPHS)
NAMES = {
    "official_statement": "Official statement",
    "anonymous_claim": "Anonymous claim",
    "eyewitness_quote": "Eyewitness quote",
}


def test_list_is_a_dialog_with_a_button_for_every_mark(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    open_list(browser)
    until(lambda: ("dialog", "Marked sentences") in browser.spoken())
    spoken = browser.spoken()

    marked = service.marked()
    buttons = [" ".join(name.split()) for role, name in spoken if role == "button"]
    entries = [" ".join(f"{NAMES[each['label']]} {each['text']}".split()) for each in marked]
    assert [name for name in buttons if name in entries] == entries
    boxes = [name for role, name in spoken if role == "checkbox"]
    assert boxes == [f"{name} {len(service.labelled()[label])}" for label, name in NAMES.items()]
    assert "status" in {role for role, _ in spoken}


def test_card_is_a_dialog_that_is_named_by_the_label(browser: Browser, site: Pages, service: Service) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    browser.close_popup()
    rest_on(browser, "anonymous_claim")

    def names() -> list[str]:
        return [name for role, name in browser.spoken() if role == "dialog"]

    until(names)
    assert all(name.startswith(NAMES["anonymous_claim"]) for name in names())
    reason = next(each["reason"] for each in service.marked() if each["label"] == "anonymous_claim")
    assert reason in " ".join(name for _, name in browser.spoken())


def test_marks_that_are_elements_say_their_label_where_they_begin_and_end(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.article(ARTICLE))
    change(browser, "#painter")
    try:
        mark(browser)
        browser.close_popup()
        until(lambda: any(role == "mark" for role, _ in browser.spoken()))
        text = " ".join(name for _, name in browser.spoken())
        for label, sentences in service.labelled().items():
            for words in (f"{NAMES[label]}:", "(end of the mark)"):
                assert text.count(words) >= len(sentences), (label, words)
    finally:
        change(browser, "#painter")
