"""Chromium: Playwright drives the page, a DevTools socket of its own drives the popup."""

import base64
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from copy import copy
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from playwright.sync_api import BrowserContext, Error, Page, sync_playwright
from websockets.exceptions import ConnectionClosed

from browser.browser import SURFACE, Browser, until
from browser.remote import Remote, RemoteError, remote

FLAGS = [
    # without a port of its own, only Playwright could talk to the browser, and it does not show popups
    "--remote-debugging-port=0",
    # root has no sandbox, and a test machine no graphics card
    "--no-sandbox",
    "--disable-gpu",
    # a host name that no permission of the extension covers
    "--host-resolver-rules=MAP page.test 127.0.0.1",
]

COLOURS = {
    "light": {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "none"},
    "contrast": {"color_scheme": "light", "contrast": "more", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "active"},
}


class Chromium(Browser):
    """Chromium with the extension loaded unpacked."""

    untouchable = "chrome://version/"

    def __init__(self, context: BrowserContext, address: str, extension: Path) -> None:
        self._page = context.pages[0]
        self._devtools = context.browser.new_browser_cdp_session()
        self._address = address
        self._extension = self._devtools.send("Extensions.loadUnpacked", {"path": str(extension)})["id"]
        self._popup: Remote | None = None
        self._sockets = ExitStack()
        self._media = COLOURS["light"]

    def open(self, url: str) -> None:
        self._page.goto(url)
        self._page.bring_to_front()

    def evaluate(self, script: str) -> Any:
        try:
            return self._page.evaluate(script)
        except Error as error:
            raise RemoteError(error.message) from error

    @contextmanager
    def tab(self, scripts: bool = True) -> Iterator[Self]:
        page = self._page.context.new_page()
        page.emulate_media(**self._media)
        # the session's choice lasts as long as the page
        session = self._page.context.new_cdp_session(page)
        session.send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        other = copy(self)
        other._page = page
        yield other
        page.close()

    def stop_background(self) -> None:
        for worker in self._background():
            self._devtools.send("Target.closeTarget", {"targetId": worker})
        until(lambda: not self._background())

    def _background(self) -> list[str]:
        own = f"chrome-extension://{self._extension}/"
        return [
            target["targetId"]
            for target in self._devtools.send("Target.getTargets")["targetInfos"]
            if target["type"] == "service_worker" and target["url"].startswith(own)
        ]

    def command(self, name: str) -> None:
        # keys that a test presses go to the page, so the event is made where it arrives
        event = f"chrome.commands.onCommand.dispatch({name!r}, tab)"
        script = f"chrome.tabs.query({{ active: true }}).then(([tab]) => void {event})"
        with remote(f"{self._address}/devtools/page/{self._background()[0]}") as background:
            background.send("Runtime.evaluate", expression=script, awaitPromise=True)

    def in_surface(self, script: str) -> Any:
        session = self._page.context.new_cdp_session(self._page)
        found = session.send("Runtime.evaluate", {"expression": SURFACE})["result"]
        if "objectId" not in found:
            return None
        host = session.send("DOM.describeNode", {"objectId": found["objectId"], "depth": 1, "pierce": True})
        root = session.send(
            "DOM.resolveNode", {"backendNodeId": host["node"]["shadowRoots"][0]["backendNodeId"]}
        )
        answer = session.send(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": f"function () {{ const root = this; return {script}; }}",
                "objectId": root["object"]["objectId"],
                "awaitPromise": True,
                "returnByValue": True,
                "userGesture": True,
            },
        )
        if "exceptionDetails" in answer:
            raise RemoteError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def point(self, x: float, y: float) -> None:
        self._page.mouse.move(x, y)

    def click(self, x: float, y: float) -> None:
        self._page.mouse.click(x, y)

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def open_popup(self) -> None:
        tabs = self._devtools.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        tab = next(tab for tab in tabs if tab["url"] == self._page.url)
        self._devtools.send("Extensions.triggerAction", {"id": self._extension, "targetId": tab["targetId"]})
        target = until(self._popup_target)
        self._popup = self._sockets.enter_context(remote(f"{self._address}/devtools/page/{target}"))
        # lasts as long as the socket
        names = {
            "prefers-color-scheme": "color_scheme",
            "prefers-contrast": "contrast",
            "forced-colors": "forced_colors",
        }
        features = [{"name": name, "value": self._media[key]} for name, key in names.items()]
        self._popup.send("Emulation.setEmulatedMedia", features=features)
        until(self._popup_has_loaded)

    def close_popup(self) -> None:
        if self._popup_target():
            # it may go by itself meanwhile
            with suppress(ConnectionClosed):
                self.in_popup("void setTimeout(() => window.close())")
            until(lambda: not self._popup_target())
        self._sockets.close()

    def in_popup(self, script: str) -> Any:
        answer = self._popup.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            thrown = answer["exceptionDetails"]
            raise RemoteError(thrown.get("exception", {}).get("description") or thrown["text"])
        return answer["result"].get("value")

    def in_own_page(self, page: str, script: str) -> Any:
        return self._own_page(page).evaluate(script)

    def reload_own_page(self, page: str) -> None:
        self._own_page(page).reload()

    def close_own_page(self, page: str) -> None:
        for tab in self._own_pages(page):
            tab.close()

    def send(self, form: str) -> None:
        """Send the form that a selector finds, in the tab in front, and wait for the page that comes."""
        with self._page.expect_navigation():
            self._page.eval_on_selector(
                form, "(form) => { form.target = ''; form.requestSubmit(form.querySelector('button')); }"
            )

    def print(self, paper: str) -> bytes:
        """Print the page in front on `paper`, "A4" or "Letter", and return the tagged PDF file."""
        return self._page.pdf(format=paper, tagged=True)

    def print_own_page(self, page: str) -> bytes:
        return self._own_page(page).pdf()

    def download(self, page: str, link: str, folder: Path) -> Path:
        tab = self._own_page(page)
        with tab.expect_download() as started:
            tab.click(f"#{link}")
        file = folder / started.value.suggested_filename
        started.value.save_as(file)
        return file

    def emulate(self, page: str, **media: str) -> None:
        """Show a page of the extension as on other media, say `forced_colors="active"`."""
        self._own_page(page).emulate_media(**media)

    def screenshot_own_page(self, page: str, path: Path) -> None:
        """Write the visible part of a page of the extension as a PNG file."""
        self._own_page(page).screenshot(path=path)

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def prefer(self, scheme: str) -> None:
        self._media = COLOURS[scheme]
        self._page.emulate_media(**self._media)

    def spoken(self) -> list[tuple[str, str]]:
        session = self._page.context.new_cdp_session(self._page)
        nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}

        def read(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
            if not node["ignored"]:
                yield node["role"]["value"], node.get("name", {}).get("value", "")
            for child in node.get("childIds", []):
                yield from read(nodes[child])

        return list(read(next(node for node in nodes.values() if "parentId" not in node)))

    def screenshot(self, path: Path, clip: dict[str, float] | None = None) -> None:
        """Write the visible part of the page, or the part `clip` of the whole page, as a PNG file."""
        self._page.screenshot(path=path, clip=clip, full_page=clip is not None)

    def screenshot_popup(self, path: Path) -> None:
        """Write the whole of the open popup as a PNG file, as if nobody had to scroll."""
        width, height = self.in_popup("[document.body.offsetWidth, document.body.offsetHeight]")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = self._popup.send("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def _own_page(self, page: str) -> Page:
        found = until(lambda: self._own_pages(page))[0]
        found.emulate_media(**self._media)
        return found

    def _own_pages(self, page: str) -> list[Page]:
        # Playwright hears of new tabs only while it waits for an answer
        self._devtools.send("Target.getTargets")
        own = page if "://" in page else f"chrome-extension://{self._extension}/{page}"
        return [tab for tab in self._page.context.pages if tab.url.startswith(own)]

    def _popup_has_loaded(self) -> bool:
        try:
            # a popup starts as an empty page of the same address
            return self.in_popup("document.readyState === 'complete' && document.body.childElementCount > 0")
        except RemoteError:
            # between the empty page and the real one there is nothing to ask
            return False

    def _popup_target(self) -> str | None:
        own = f"chrome-extension://{self._extension}/"
        targets = self._devtools.send("Target.getTargets")["targetInfos"]
        return next(
            (target["targetId"] for target in targets if target["url"].startswith(own + "popup/")), None
        )


@contextmanager
def chromium(program: str, extension: Path, language: str = "en") -> Iterator[Chromium]:
    """Start Chromium with an empty profile, in a language; it ends with the block."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=program,
            args=[*FLAGS, f"--lang={language}"],
            env={**os.environ, "LANGUAGE": language},
            ignore_default_args=["--disable-extensions"],
            viewport={"width": 1280, "height": 800},
        )
        port = (Path(profile) / "DevToolsActivePort").read_text().split()[0]
        browser = Chromium(context, f"ws://127.0.0.1:{port}", extension)
        with browser._sockets:
            yield browser
        context.close()
