"""Both browsers with the real extension in them, the real service, and a news site to read."""

from collections.abc import Iterator
from functools import partial
import json
import os
from pathlib import Path
import shutil
import subprocess

import pytest

from browser.browser import Browser
from browser.chromium import chromium
from browser.firefox import firefox
from browser.pages import Pages, pages
from browser.seeds import PAGES
from browser.service import Service, service
from sourcemark.labeler import Labeler
from sourcemark.web.app import REMEMBERED

ROOT = Path(__file__).resolve().parents[2]
INSTALL = Path(__file__).with_name("install.sh")

START = {"chromium": chromium, "firefox": firefox, "chromium-de": partial(chromium, language="de")}
# no test can answer the browser's question for a permission, so the site of the tests is allowed already
START |= {f"{name}-allowed": START[name] for name in ("chromium", "firefox")}


@pytest.fixture(scope="session", name="service")
def running_service(labeler: Labeler) -> Iterator[Service]:
    with service(labeler.remembering(REMEMBERED)) as running:
        yield running


@pytest.fixture(scope="session")
def site() -> Iterator[Pages]:
    with pages(PAGES) as served:
        yield served


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def running_browser(
    request: pytest.FixtureRequest, service: Service, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    name, _, variant = request.param.partition("-")
    extension = ROOT / "extension"
    if variant == "allowed":
        extension = allow(extension, tmp_path_factory.mktemp("allowed") / "extension")
    with START[request.param](program(name), extension) as browser:
        browser.open_popup()
        # the place where a reader's own choice of address is kept
        browser.in_popup(f"chrome.storage.local.set({{ serviceAddress: '{service.address}' }})")
        yield browser


@pytest.fixture
def browser(running_browser: Browser, service: Service) -> Browser:
    """A browser in daylight with an empty page as wide as a desktop, no popup, and a service that answers."""
    service.start()
    running_browser.close_popup()
    running_browser.prefer("light")
    running_browser.resize(1280, 800)
    running_browser.open("about:blank")
    return running_browser


def allow(extension: Path, copy: Path) -> Path:
    """Return a copy of the extension that is let into the site of the tests without a question."""
    shutil.copytree(extension, copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["host_permissions"].append("http://page.test/*")
    (copy / "manifest.json").write_text(json.dumps(manifest))
    return copy


def program(name: str) -> str:
    """Return the browser's program. Without it the test is skipped, or fails where `CI` is set."""
    found = subprocess.run([INSTALL, "--where", name], capture_output=True, text=True)
    if found.returncode == 0:
        return found.stdout.strip()
    reason = f"{name} is not installed; tests/browser/{INSTALL.name} installs it, or says how"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
