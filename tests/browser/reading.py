"""What a reader does in the service's reading room, and what it shows them."""

from base64 import b64encode
import json

from browser.browser import SURFACE, Browser
from browser.service import Service

MARKED = "!document.getElementById('tools').hidden"
TOLD = "document.getElementById('status').textContent"

DROP = """((name, type, content) => {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
    data.items.add(new File([bytes], name, { type }));
    const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data });
    document.body.dispatchEvent(drop);
})(...%s)"""


def enter(browser: Browser, service: Service) -> None:
    """Open the reading room and wait until it can be used."""
    # from elsewhere: another fragment of the same address loads nothing
    browser.open("about:blank")
    browser.open(f"{service.address}/")
    browser.when("!document.getElementById('examples').hidden")


def paste(browser: Browser, paragraphs: list[str]) -> None:
    """Paste a text at the desk, and press the button."""
    pasted = json.dumps("\n\n".join(paragraphs))
    browser.evaluate(f"void (document.getElementById('pasted').value = {pasted})")
    press(browser, "mark")


def read(browser: Browser, paragraphs: list[str]) -> None:
    """Paste a text at the desk, press the button, and wait for the marks."""
    paste(browser, paragraphs)
    browser.when(MARKED)


def show_example(browser: Browser, article: str) -> None:
    """Choose an example at the desk, and wait for its marks."""
    browser.evaluate(f"document.querySelector('#titles [href=\"#{article}\"]').click()")
    browser.when(MARKED)


def drop(browser: Browser, name: str, content: bytes, media_type: str = "text/html") -> None:
    """Drop a file on the page."""
    browser.evaluate(DROP % json.dumps([name, media_type, b64encode(content).decode()]))


def press(browser: Browser, button: str) -> None:
    """Press a button of the page, by its id."""
    browser.evaluate(f"document.getElementById({json.dumps(button)}).click()")


def open_list(browser: Browser) -> None:
    """Open the side list, and wait for it."""
    press(browser, "list")
    browser.when(f"{SURFACE} !== null")


def told(browser: Browser, words: str) -> str:
    """Wait until the page says these words, and return all that it says then."""
    return browser.when(f"{TOLD}.includes({json.dumps(words)}) && {TOLD}")


def report_page(service: Service) -> str:
    """Return the address of the room's report."""
    return f"{service.address}/extension/report/report.html"


def open_report(browser: Browser, service: Service) -> str:
    """Press Report, wait until the report is there, and return its address."""
    page = report_page(service)
    browser.close_own_page(page)
    press(browser, "report")
    browser.when_own_page(page, "document.getElementById('report')?.hidden === false")
    return page


def shown(browser: Browser) -> list[str]:
    """Return the paragraphs that are set on the page."""
    return browser.evaluate(
        "Array.from(document.getElementById('text').children, (each) => each.textContent)"
    )
