"""Chromium: Playwright drives the page, a DevTools socket of its own drives the popup."""

import base64
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from browser.browser import Browser, until
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
        self._scheme = "light"

    def open(self, url: str) -> None:
        self._page.goto(url)
        self._page.bring_to_front()

    def evaluate(self, script: str) -> Any:
        return self._page.evaluate(script)

    def open_popup(self) -> None:
        tabs = self._devtools.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        tab = next(tab for tab in tabs if tab["url"] == self._page.url)
        self._devtools.send("Extensions.triggerAction", {"id": self._extension, "targetId": tab["targetId"]})
        target = until(self._popup_target)
        self._popup = self._sockets.enter_context(remote(f"{self._address}/devtools/page/{target}"))
        # lasts as long as the socket
        feature = {"name": "prefers-color-scheme", "value": self._scheme}
        self._popup.send("Emulation.setEmulatedMedia", features=[feature])
        until(self._popup_has_loaded)

    def close_popup(self) -> None:
        if self._popup_target():
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

    def prefer(self, scheme: str) -> None:
        self._scheme = scheme
        self._page.emulate_media(color_scheme=scheme)

    def screenshot(self, path: Path, clip: dict[str, float] | None = None) -> None:
        """Write the visible part of the page, or the part `clip` of the whole page, as a PNG file."""
        self._page.screenshot(path=path, clip=clip, full_page=clip is not None)

    def screenshot_popup(self, path: Path) -> None:
        """Write the whole of the open popup as a PNG file, as if nobody had to scroll."""
        width, height = self.in_popup("[document.body.offsetWidth, document.body.offsetHeight]")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = self._popup.send("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

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
def chromium(program: str, extension: Path) -> Iterator[Chromium]:
    """Start Chromium with an empty profile; it ends with the block."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=program,
            args=FLAGS,
            ignore_default_args=["--disable-extensions"],
            viewport={"width": 1280, "height": 800},
        )
        port = (Path(profile) / "DevToolsActivePort").read_text().split()[0]
        browser = Chromium(context, f"ws://127.0.0.1:{port}", extension)
        with browser._sockets:
            yield browser
        context.close()
