"""The service's own page: the product without an extension."""

from browser.browser import Browser
from browser.reading import marked, read, show_example
from browser.seeds import PARAGRAPHS
from browser.service import Service

ARTICLE = min(PARAGRAPHS)


def test_pasted_text_comes_back_with_its_sentences_marked(browser: Browser, service: Service) -> None:
    browser.open(service.address)
    read(browser, PARAGRAPHS[ARTICLE])
    assert service.blocks() == PARAGRAPHS[ARTICLE]
    assert marked(browser)
    assert marked(browser) == service.labelled()


def test_example_comes_back_with_its_sentences_marked(browser: Browser, service: Service) -> None:
    browser.open(service.address)
    show_example(browser, ARTICLE)
    assert service.blocks() == PARAGRAPHS[ARTICLE]
    assert marked(browser) == service.labelled()


def test_service_that_stopped_is_told_in_words_and_keeps_the_text(browser: Browser, service: Service) -> None:
    browser.open(service.address)
    read(browser, PARAGRAPHS[ARTICLE])
    service.stop()
    browser.evaluate("document.getElementById('mark').click()")
    told = browser.when(
        "document.getElementById('result').hidden && document.getElementById('status').innerText"
    )
    assert "does not answer" in told
    assert browser.evaluate("document.getElementById('text').value") == "\n\n".join(PARAGRAPHS[ARTICLE])
