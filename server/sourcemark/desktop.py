"""Opens a page in the reader's browser, where there is a desktop to open it on."""

from collections.abc import Mapping
import os
import sys
import webbrowser


def has_desktop(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Return whether somebody sits before this computer who could see a window.

    Without one, a browser for terminals would take the terminal over; over SSH, and where tests run by
    themselves (`CI`), the window would open where nobody is.
    """
    if environ.get("CI") or environ.get("SSH_CONNECTION"):
        return False
    if platform in {"win32", "darwin"}:
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def open_page(address: str) -> None:
    """Open `address` in the browser; without a desktop nothing happens."""
    if has_desktop(os.environ):
        webbrowser.open(address)
