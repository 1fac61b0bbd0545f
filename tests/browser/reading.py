"""What a reader does on the service's own page, and what it shows them."""

import json

from browser.browser import Browser

MARKED = """Object.fromEntries([...Map.groupBy(
    document.querySelectorAll("#article mark"), (mark) => mark.dataset.label)]
    .map(([label, marks]) => [label, marks.map((mark) => mark.firstChild.data)]))"""


def read(browser: Browser, paragraphs: list[str]) -> None:
    """Paste a text into the open page, press the button, and wait for the marks."""
    pasted = json.dumps("\n\n".join(paragraphs))
    browser.evaluate(f"void (document.getElementById('text').value = {pasted})")
    browser.evaluate("document.getElementById('mark').click()")
    browser.when("!document.getElementById('result').hidden")


def show_example(browser: Browser, article: str) -> None:
    """Choose an example on the open page, and wait for its marks."""
    browser.when("!document.getElementById('examples').hidden")
    browser.evaluate(f"void (document.getElementById('example').value = {json.dumps(article)})")
    browser.evaluate("document.getElementById('show-example').click()")
    browser.when("!document.getElementById('result').hidden")


def marked(browser: Browser) -> dict[str, list[str]]:
    """Return the marked texts by label id."""
    return browser.evaluate(MARKED)
