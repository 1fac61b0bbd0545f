"""What a reader does in the extension's popup, and what it shows them."""

from browser.browser import Browser

COUNTS = """document.getElementById("result").hidden ? null : Object.fromEntries(
    [...document.querySelectorAll("#counts [data-count]")]
        .map((count) => [count.dataset.count, Number(count.textContent)]))"""

# both buttons are off while the extension works
READY = "!document.getElementById('mark').disabled"


def look(browser: Browser) -> None:
    """Open the popup by the toolbar button and wait until it shows what stands on the page."""
    browser.close_popup()
    browser.open_popup()
    browser.when_popup(READY)


def mark(browser: Browser) -> None:
    """Open the popup, press Mark this page, and wait until that is done."""
    look(browser)
    _press(browser, "mark")


def clear(browser: Browser) -> None:
    """Open the popup, press Clear, and wait until that is done."""
    look(browser)
    _press(browser, "clear")


def counts(browser: Browser) -> dict[str, int] | None:
    """Return the numbers in the open popup by label id, `none` and `unsure`; None where there are none."""
    return browser.in_popup(COUNTS)


def words(browser: Browser) -> str:
    """Return what the open popup says happened."""
    return browser.in_popup("document.getElementById('status').textContent")


def _press(browser: Browser, button: str) -> None:
    browser.in_popup(f"document.getElementById('{button}').click()")
    browser.when_popup(READY)
