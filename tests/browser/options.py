"""What a reader does on the options page, and what it shows them."""

import json
from typing import Any

from browser.browser import Browser
from browser.popup import look
from browser.service import Service

PAGE = "options/options.html"


def options(browser: Browser) -> None:
    """Open the options from the popup, and wait until they show what is stored."""
    browser.close_own_page(PAGE)
    look(browser)
    # the popup goes as soon as the options come
    browser.in_popup("void setTimeout(() => document.getElementById('options').click())")
    browser.when_own_page(PAGE, "document.getElementById('corrections-count')?.textContent")


def forget(browser: Browser, service: Service) -> None:
    """Close the options, and take back all that was stored but the address of the tests' service."""
    browser.close_own_page(PAGE)
    look(browser)
    default = f"{{ serviceAddress: '{service.address}' }}"
    browser.in_popup(f"chrome.storage.local.clear().then(() => chrome.storage.local.set({default}))")


def press(browser: Browser, selector: str) -> None:
    """Press a button, a check box or a choice of the open options."""
    browser.in_own_page(PAGE, f"void document.querySelector({json.dumps(selector)}).click()")


def write(browser: Browser, field: str, text: str) -> None:
    """Write into a field of the open options."""
    browser.in_own_page(PAGE, f"void (document.getElementById('{field}').value = {json.dumps(text)})")


def shown(browser: Browser, element: str) -> str:
    """Return the words in an element of the open options."""
    return browser.in_own_page(PAGE, f"document.getElementById('{element}').innerText")


def when_shown(browser: Browser, condition: str) -> Any:
    """Wait until an expression about the open options is true, and return its value."""
    return browser.when_own_page(PAGE, condition)


def change(browser: Browser, *selectors: str) -> None:
    """Open the options, press these, wait until the page in the tab knows, and close the options."""
    options(browser)
    for selector in selectors:
        press(browser, selector)
    # a page that closes takes along what it has not written yet; reading comes after all writing
    browser.in_own_page(PAGE, "chrome.storage.local.get().then(() => true)")
    browser.close_own_page(PAGE)
