"""Firefox: WebDriver BiDi drives the page, its chrome scope the toolbar and the popup."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
import json
from pathlib import Path
import subprocess
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Self

from browser.browser import SURFACE, Browser, until
from browser.remote import Remote, RemoteError, remote

PREFERENCES = {
    "remote.active-protocols": 1,
    # a host name that no permission of the extension covers
    "network.dns.localDomains": "page.test",
    # nothing in front of the page, and no request that a test did not make
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    # files go where a test says, and no panel opens over the page
    "browser.download.alwaysOpenPanel": False,
    "browser.download.folderList": 2,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "termsofuse.bypassNotification": True,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}

KEYS = {"Escape": "\ue00c", "Enter": "\ue007", "Tab": "\ue004", "ArrowDown": "\ue015", "ArrowUp": "\ue013"}

# what the settings for websites' appearance and for high contrast write
SCHEME = "layout.css.prefers-color-scheme.content-override"
CONTRAST = "ui.useAccessibilityTheme"
FORCED = "browser.display.document_color_use"
COLOURS = {
    "light": {SCHEME: 1, CONTRAST: 0, FORCED: 0},
    "dark": {SCHEME: 0, CONTRAST: 0, FORCED: 0},
    "contrast": {SCHEME: 1, CONTRAST: 1, FORCED: 1},
    "forced": {SCHEME: 1, CONTRAST: 0, FORCED: 2},
}

# what a screen reader is told; the tree of the page's own process comes here a little later
SPOKEN = """(() => {
    const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
    const read = (node) => [
        [service.getStringRole(node.role), node.name ?? ""],
        ...Array.from({ length: node.childCount }, (_, index) => node.getChildAt(index)).flatMap(read),
    ];
    const page = service.getAccessibleFor(gBrowser.selectedBrowser);
    return page ? read(page) : [];
})()"""

POPUP = 'document.querySelector("browser.webextension-popup-browser")'

# the popup loads in a hidden panel and moves to the visible one: only "popupshown" says that it is there
OPEN_POPUP = """new Promise((resolve) => {
    const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
    const { extension } = WebExtensionPolicy.getByID(%s);
    window.addEventListener("popupshown", () => resolve(true), { once: true });
    ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
})"""

CLOSE_POPUP = f"""new Promise((resolve) => {{
    // it may have gone by itself meanwhile
    const panel = {POPUP}?.closest("panel");
    if (!panel || panel.state === "closed") return resolve(true);
    window.addEventListener("popuphidden", () => resolve(true), {{ once: true }});
    panel.hidePopup();
}})"""

# what was typed comes into view a frame later, even where a script has scrolled somewhere else meanwhile
DRAWN = """new Promise((resolve) => {
    const { messageManager } = gBrowser.selectedBrowser;
    messageManager.addMessageListener("drawn", function heard() {
        messageManager.removeMessageListener("drawn", heard);
        resolve(true);
    });
    const script = `{
        let told = false;
        const tell = () => { if (!told) sendAsyncMessage("drawn"); told = true; };
        // the key may have sent a form, and then nothing is drawn here any more
        content.addEventListener("pagehide", tell, { once: true });
        content.requestAnimationFrame(() => content.requestAnimationFrame(tell));
    }`;
    messageManager.loadFrameScript("data:application/javascript," + encodeURIComponent(script), false);
})"""

# BiDi knows tabs only, so a script reaches the popup as a message to its process and comes back as one
IN_POPUP = """new Promise((resolve) => {
    const { messageManager } = %s;
    messageManager.addMessageListener("answer", function heard({ data }) {
        messageManager.removeMessageListener("answer", heard);
        resolve(data);
    });
    const script = `(async () => {
        // as at a click of the reader's, so that the page may ask for permissions
        const input = content.windowUtils.setHandlingUserInput(true);
        try {
            const page = new Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
            const value = await Cu.evalInSandbox(${JSON.stringify(%s)}, page);
            sendAsyncMessage("answer", JSON.stringify({ value }));
        } catch (error) {
            sendAsyncMessage("answer", JSON.stringify({ error: String(error) }));
        } finally {
            input.destruct();
        }
    })()`;
    messageManager.loadFrameScript("data:application/javascript," + encodeURIComponent(script), false);
})"""


class Firefox(Browser):
    """Firefox with the extension as a temporary add-on."""

    untouchable = "about:addons"

    def __init__(self, bidi: Remote, extension: Path) -> None:
        self._bidi = bidi
        data = {"type": "path", "path": str(extension)}
        self._extension = bidi.send("webExtension.install", extensionData=data)["extension"]
        self._scripts = True
        self._tab = self._first_context()
        self._window = self._first_context(**{"moz:scope": "chrome"})

    def open(self, url: str) -> None:
        self._bidi.send("browsingContext.navigate", context=self._tab, url=url, wait="complete")
        self._bidi.send("browsingContext.activate", context=self._tab)

    def evaluate(self, script: str) -> Any:
        return self._evaluate(self._tab, script, self._scripts)

    @contextmanager
    def tab(self, scripts: bool = True) -> Iterator[Self]:
        other = copy(self)
        other._tab = self._bidi.send("browsingContext.create", type="tab")["context"]
        if not scripts:
            off = "gBrowser.selectedBrowser.browsingContext.allowJavascript = false"
            self._evaluate(self._window, off)
            other._scripts = False
        yield other
        self._bidi.send("browsingContext.close", context=other._tab)

    def stop_background(self) -> None:
        policy = f"WebExtensionPolicy.getByID({json.dumps(self._extension)})"
        self._evaluate(self._window, f"{policy}.extension.terminateBackground().then(() => true)")

    def command(self, name: str) -> None:
        # the window has a key for each command, in the order of the manifest
        position = ["toggle", "list"].index(name)
        keys = "document.querySelectorAll('[id^=ext-keyset-id-sourcemark] key')"
        self._evaluate(self._window, f"({keys}[{position}].doCommand(), true)")

    def in_surface(self, script: str) -> Any:
        found = self._bidi.send(
            "script.evaluate",
            expression=SURFACE,
            target={"context": self._tab},
            awaitPromise=False,
            serializationOptions={"maxDomDepth": 1, "includeShadowTree": "all"},
        )["result"]
        if found["type"] == "null":
            return None
        answer = self._bidi.send(
            "script.callFunction",
            functionDeclaration=f"async (root) => JSON.stringify(await ({script}))",
            arguments=[{"sharedId": found["value"]["shadowRoot"]["sharedId"]}],
            target={"context": self._tab},
            awaitPromise=True,
            userActivation=True,
        )
        return value_of(answer)

    def point(self, x: float, y: float) -> None:
        self._act("pointer", [{"type": "pointerMove", "x": round(x), "y": round(y)}])

    def click(self, x: float, y: float) -> None:
        self._come_to_front()
        self.point(x, y)
        self._act("pointer", [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def press(self, key: str) -> None:
        value = KEYS.get(key, key)
        self._come_to_front()
        self._act("key", [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}])
        self._evaluate(self._window, DRAWN)

    def _come_to_front(self) -> None:
        # only where the page has the keyboard do keys press buttons
        self._bidi.send("browsingContext.activate", context=self._tab)
        self._evaluate(self._window, "(window.focus(), gBrowser.selectedBrowser.focus(), true)")

    def _act(self, device: str, actions: list[dict[str, Any]]) -> None:
        source = {"type": device, "id": device, "actions": actions}
        self._bidi.send("input.performActions", context=self._tab, actions=[source])

    def open_popup(self) -> None:
        self._evaluate(self._window, OPEN_POPUP % json.dumps(self._extension))
        until(
            lambda: self.in_popup(
                "document.readyState === 'complete' && document.body?.childElementCount > 0"
            )
        )

    def close_popup(self) -> None:
        if self._has_popup():
            self._evaluate(self._window, CLOSE_POPUP)
            until(lambda: not self._has_popup())

    def in_popup(self, script: str) -> Any:
        answer = json.loads(self._evaluate(self._window, IN_POPUP % (POPUP, json.dumps(script))))
        if "error" in answer:
            raise RemoteError(answer["error"])
        return answer.get("value")

    def in_own_page(self, page: str, script: str) -> Any:
        return self._evaluate(until(lambda: self._own_pages(page))[0], script)

    def reload_own_page(self, page: str) -> None:
        tab = until(lambda: self._own_pages(page))[0]
        self._bidi.send("browsingContext.reload", context=tab, wait="complete")

    def close_own_page(self, page: str) -> None:
        for tab in self._own_pages(page):
            self._bidi.send("browsingContext.close", context=tab)

    def print_own_page(self, page: str) -> bytes:
        tab = until(lambda: self._own_pages(page))[0]
        return base64.b64decode(self._bidi.send("browsingContext.print", context=tab)["data"])

    def download(self, page: str, link: str, folder: Path) -> Path:
        setting = f"Services.prefs.setStringPref('browser.download.dir', {json.dumps(str(folder))})"
        self._evaluate(self._window, setting)
        self.in_own_page(page, f"document.getElementById('{link}').click()")
        # a file of another name, or an empty one, stands in for it until all of it is there
        name = self.in_own_page(page, f"document.getElementById('{link}').download")
        file = folder / name
        until(lambda: list(folder.iterdir()) == [file] and file.stat().st_size > 0)
        return file

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._bidi.send("browsingContext.setViewport", context=self._tab, viewport=size)

    def prefer(self, scheme: str) -> None:
        for name, value in COLOURS[scheme].items():
            self._evaluate(self._window, f'Services.prefs.setIntPref("{name}", {value})')

    def spoken(self) -> list[tuple[str, str]]:
        names = {"pushbutton": "button", "checkbutton": "checkbox", "statusbar": "status"}
        return [(names.get(role, role), name) for role, name in self._evaluate(self._window, SPOKEN)]

    def screenshot(self, path: Path) -> None:
        shot = self._bidi.send("browsingContext.captureScreenshot", context=self._tab)
        path.write_bytes(base64.b64decode(shot["data"]))

    def _own_pages(self, page: str) -> list[str]:
        tabs = self._bidi.send("browsingContext.getTree")["contexts"]
        if "://" in page:
            return [tab["context"] for tab in tabs if tab["url"].startswith(page)]
        own = [tab for tab in tabs if tab["url"].startswith("moz-extension://")]
        return [tab["context"] for tab in own if tab["url"].split("/", 3)[3].startswith(page)]

    def _has_popup(self) -> bool:
        return self._evaluate(self._window, f"{POPUP} !== null")

    def _first_context(self, **scope: str) -> str:
        return self._bidi.send("browsingContext.getTree", **scope)["contexts"][0]["context"]

    def _evaluate(self, context: str, script: str, scripts: bool = True) -> Any:
        # values come back as JSON: simpler than BiDi's own form; a page without scripts keeps no promises
        expression = f"JSON.stringify({script})"
        if scripts:
            expression = f"(async () => JSON.stringify(await ({script})))()"
        answer = self._bidi.send(
            "script.evaluate",
            expression=expression,
            target={"context": context},
            awaitPromise=scripts,
            userActivation=True,
        )
        return value_of(answer)


def value_of(answer: dict[str, Any]) -> Any:
    """Return the value that a script gave back as JSON. Raises RemoteError where it threw."""
    if answer["type"] == "exception":
        raise RemoteError(answer["exceptionDetails"]["text"])
    value = answer["result"].get("value")
    return None if value is None else json.loads(value)


@contextmanager
def firefox(program: str, extension: Path) -> Iterator[Firefox]:
    """Start Firefox with an empty profile; it ends with the block."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()
        ]
        (Path(profile) / "user.js").write_text("\n".join(lines))
        command = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        # the toolbar and the popup belong to the browser, not to the page
        command += ["--remote-allow-system-access", "about:blank"]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            address = _address(process)
            # a full pipe would stop the browser
            Thread(target=process.stderr.read, daemon=True).start()
            try:
                with remote(f"{address}/session") as bidi:
                    bidi.send("session.new", capabilities={})
                    yield Firefox(bidi, extension)
                    bidi.send("browser.close")
                process.wait(30)
            finally:
                process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    said = []
    for line in process.stderr:
        said.append(line)
        if "WebDriver BiDi listening on" in line:
            return line.split()[-1]
    raise RuntimeError("Firefox ended before it could be driven:\n" + "".join(said))
