"""Both browsers with the real extension in them, the real service, and a news site to read."""

from collections.abc import Iterator
import os
from pathlib import Path
import subprocess

import pytest

from browser.browser import Browser
from browser.chromium import chromium
from browser.firefox import firefox
from browser.pages import Pages, pages
from browser.seeds import PAGES
from browser.service import Service, service
from sourcemark.labeler import Labeler

ROOT = Path(__file__).resolve().parents[2]
INSTALL = Path(__file__).with_name("install.sh")

START = {"chromium": chromium, "firefox": firefox}


@pytest.fixture(scope="session", name="service")
def running_service(labeler: Labeler) -> Iterator[Service]:
    with service(labeler) as running:
        yield running


@pytest.fixture(scope="session")
def site() -> Iterator[Pages]:
    with pages(PAGES) as served:
        yield served


@pytest.fixture(scope="session", params=START)
def running_browser(request: pytest.FixtureRequest, service: Service) -> Iterator[Browser]:
    with START[request.param](program(request.param), ROOT / "extension") as browser:
        browser.open_popup()
        # the place where a reader's own choice of address is kept
        browser.in_popup(f"chrome.storage.local.set({{ serviceAddress: '{service.address}' }})")
        yield browser


@pytest.fixture
def browser(running_browser: Browser, service: Service) -> Browser:
    """A browser in daylight with an empty page, no popup, and a service that answers."""
    service.start()
    running_browser.close_popup()
    running_browser.prefer("light")
    running_browser.open("about:blank")
    return running_browser


def program(name: str) -> str:
    """Return the browser's program. Without it the test is skipped, or fails where `CI` is set."""
    found = subprocess.run([INSTALL, "--where", name], capture_output=True, text=True)
    if found.returncode == 0:
        return found.stdout.strip()
    reason = f"{name} is not installed; tests/browser/{INSTALL.name} installs it, or says how"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
