"""What a reader does with the marks in a page, and what the card and the side list show them."""

import json
from typing import Any

from browser.browser import SURFACE, Browser, until
from browser.popup import look

# the middle of a mark's first line, once it is in sight
PLACE = """(() => {
    const range = [...CSS.highlights.get("sourcemark-" + %s)][%d];
    range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = range.getClientRects()[0];
    return [left + width / 2, top + height / 2];
})()"""

# the middle of an element of ours, once it is in sight; null before it is shown and its card is in the window
MIDDLE = """(() => {
    const element = root.querySelector(%s);
    if (!element.checkVisibility()) return null;
    element.scrollIntoView({ block: "nearest", behavior: "instant" });
    const { left, top, width, height } = element.getBoundingClientRect();
    // a card that has grown out of the window is about to move
    const { bottom } = element.closest("[popover]").getBoundingClientRect();
    return bottom <= innerHeight ? [left + width / 2, top + height / 2] : null;
})()"""


def place(browser: Browser, label: str, index: int = 0) -> tuple[float, float]:
    """Return where on the screen a mark of a label is, and scroll it into sight."""
    x, y = browser.evaluate(PLACE % (json.dumps(label), index))
    return x, y


def rest_on(browser: Browser, label: str, index: int = 0) -> None:
    """Let the pointer rest on a mark, and wait for its card."""
    browser.point(*place(browser, label, index))
    browser.when(f"{SURFACE} !== null")


def card(browser: Browser) -> str | None:
    """Return the words of the open card, or None where none is open."""
    return browser.in_surface("root.querySelector('.card')?.innerText ?? null")


def open_list(browser: Browser) -> None:
    """Open the side list from the popup, and wait for it."""
    look(browser)
    browser.in_popup("void setTimeout(() => document.getElementById('list').click())")
    shows(browser, "root.querySelector('.list') !== null")
    browser.close_popup()


def entries(browser: Browser) -> list[dict[str, str]]:
    """Return the sentences in the open side list, in order: their text and label."""
    return browser.in_surface(
        """[...root.querySelectorAll('.entries button')].map((entry) => ({
            text: entry.querySelector('.sentence').textContent, label: entry.className }))"""
    )


def press_in(browser: Browser, selector: str) -> None:
    """Press a button of the card or the list with the pointer: a click that a script makes is not heard."""
    browser.click(*shows(browser, MIDDLE % json.dumps(selector)))


def shows(browser: Browser, script: str) -> Any:
    """Wait until an expression about the closed shadow root is true, and return its value."""
    return until(lambda: browser.in_surface(script))


def stored(browser: Browser, name: str) -> Any:
    """Return what the extension keeps on this computer under a name."""
    look(browser)
    return browser.in_popup(f"chrome.storage.local.get('{name}').then((found) => found.{name} ?? null)")
