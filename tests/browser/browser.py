"""What the tests ask of a browser, whichever of the two it is."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
import json
from pathlib import Path
from time import monotonic
from typing import Any, Self

from browser.remote import DEADLINE, RemoteError

PAINTED = """Object.fromEntries([...CSS.highlights]
    .filter(([name, ranges]) => name.startsWith("sourcemark-") && ranges.size > 0)
    .map(([name, ranges]) => [name.slice("sourcemark-".length), [...ranges].map(String)]))"""

PAINTED_INSIDE = """[...CSS.highlights].flatMap(([name, ranges]) => [...ranges])
    .filter((range) => range.startContainer.parentElement.closest(%s)).map(String)"""

SURFACE = "document.querySelector('div[data-sourcemark]')"

# looks again at every change of the document, so nothing waits longer than it must
WHEN = """new Promise((resolve, reject) => {
    const look = () => {
        const found = (() => %s)();
        if (found) { stop(); resolve(found); }
    };
    const observer = new MutationObserver(look);
    const deadline = setTimeout(() => {
        stop();
        reject(new Error("this never came true, the page says: " + document.body.innerText));
    }, 20000);
    const stop = () => { observer.disconnect(); clearTimeout(deadline); };
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
})"""


class Browser(ABC):
    """A real browser with the extension in it, a tab, and the extension's real popup."""

    untouchable: str
    """Address of a page that this browser lets no extension touch."""

    @abstractmethod
    def open(self, url: str) -> None:
        """Show `url` in the tab and wait until it has loaded."""

    @abstractmethod
    def evaluate(self, script: str) -> Any:
        """Return the value of a JavaScript expression in the page's own world; promises are awaited."""

    @abstractmethod
    def tab(self, scripts: bool = True) -> AbstractContextManager[Self]:
        """Open another tab of the same browser for as long as the block lasts, and drive it as this one.

        `scripts` says whether its pages may run any.
        """

    @abstractmethod
    def in_popup(self, script: str) -> Any:
        """Return the value of a JavaScript expression in the open popup; promises are awaited."""

    @abstractmethod
    def stop_background(self) -> None:
        """End the extension's background, as the browser does when it has had nothing to do for a while."""

    @abstractmethod
    def command(self, name: str) -> None:
        """Give a command of the extension's by its keyboard shortcut."""

    @abstractmethod
    def in_surface(self, script: str) -> Any:
        """Return the value of an expression about `root`, the closed shadow root of the extension's element.

        None where the page has no such element.
        """

    @abstractmethod
    def point(self, x: float, y: float) -> None:
        """Move the pointer, as a reader moves a mouse."""

    @abstractmethod
    def click(self, x: float, y: float) -> None:
        """Move the pointer, and press and release its main button."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press and release a key, by its name in `KeyboardEvent.key`."""

    @abstractmethod
    def open_popup(self) -> None:
        """Click the extension's toolbar button as a reader does, and wait until the popup has loaded.

        The click, and nothing else, lets the extension into the page (`activeTab`).
        """

    @abstractmethod
    def close_popup(self) -> None:
        """Close the popup, if it is open."""

    @abstractmethod
    def in_own_page(self, page: str, script: str) -> Any:
        """Return the value of a JavaScript expression in the tab that shows a page of the extension.

        `page` is its file, or the whole address of another one's; the tab is waited for.
        """

    @abstractmethod
    def reload_own_page(self, page: str) -> None:
        """Load a page of the extension, or of another address, again and wait until it has loaded."""

    @abstractmethod
    def close_own_page(self, page: str) -> None:
        """Close the tab that shows a page of the extension, if there is one."""

    @abstractmethod
    def print_own_page(self, page: str) -> bytes:
        """Print a page of the extension and return the PDF file."""

    @abstractmethod
    def download(self, page: str, link: str, folder: Path) -> Path:
        """Click the download link with this id on a page of the extension, and return the file."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page another size, in CSS pixels."""

    @abstractmethod
    def prefer(self, scheme: str) -> None:
        """Set what colours the reader wants: `light`, `dark`, more `contrast`, or `forced` by the system."""

    @abstractmethod
    def spoken(self) -> list[tuple[str, str]]:
        """Return what a screen reader is told of the page, in order: role (as in ARIA) and name."""

    @abstractmethod
    def screenshot(self, path: Path) -> None:
        """Write the visible part of the page as a PNG file."""

    def painted(self) -> dict[str, list[str]]:
        """Return the marked texts by label id, read back from the page's highlight registry."""
        return self.evaluate(PAINTED)

    def painted_inside(self, selector: str) -> list[str]:
        """Return the marked texts that stand inside elements which match a CSS selector."""
        return self.evaluate(PAINTED_INSIDE % json.dumps(selector))

    def style(self, label: str, name: str) -> str:
        """Return a computed style property of the marks of a label."""
        mark = f"getComputedStyle(document.body, '::highlight(sourcemark-{label})')"
        return self.evaluate(f"{mark}.getPropertyValue('{name}')")

    def dom(self) -> str:
        """Return the page's whole markup as it stands now."""
        return self.evaluate("document.documentElement.outerHTML")

    def when(self, condition: str) -> Any:
        """Wait until a JavaScript expression about the page is true and return its value."""
        return self.evaluate(WHEN % condition)

    def arrive(self, condition: str) -> Any:
        """Wait as `when` does, while one page may take the place of another, and without its scripts."""

        def look() -> Any:
            try:
                # before its styles have come, things stand elsewhere
                return self.evaluate(f"document.readyState === 'complete' && ({condition})")
            except RemoteError:
                # the page was just leaving, or has not come yet
                return None

        return until(look)

    def when_popup(self, condition: str) -> Any:
        """Wait until a JavaScript expression about the popup is true and return its value."""
        return self.in_popup(WHEN % condition)

    def when_own_page(self, page: str, condition: str) -> Any:
        """Wait until a JavaScript expression about a page of the extension is true and return its value."""
        return self.in_own_page(page, WHEN % condition)


def until(condition: Callable[[], Any]) -> Any:
    """Ask again, one round trip to the browser after the other, until the answer is true."""
    end = monotonic() + DEADLINE
    while not (found := condition()):
        if monotonic() > end:
            raise TimeoutError("The browser did not get there in time.")
    return found
