"""A page opens by itself only where somebody sees it."""

import pytest

from sourcemark import desktop

SCREEN = {"DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("environ", "platform", "seen"),
    [
        (SCREEN, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({"DISPLAY": ""}, "freebsd14", False),
        ({}, "darwin", True),
        ({}, "win32", True),
        ({"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}, "darwin", False),
        (SCREEN | {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}, "linux", False),
        (SCREEN | {"CI": "true"}, "linux", False),
    ],
)
def test_desktop_is_where_somebody_sits_before_it(environ: dict[str, str], platform: str, seen: bool) -> None:
    assert desktop.has_desktop(environ, platform) is seen


@pytest.mark.parametrize("seen", [True, False])
def test_page_opens_on_a_desktop_and_nowhere_else(monkeypatch: pytest.MonkeyPatch, seen: bool) -> None:
    opened: list[str] = []
    monkeypatch.setattr(desktop.webbrowser, "open", opened.append)
    monkeypatch.setattr(desktop, "has_desktop", lambda environ: seen)
    desktop.open_page("http://127.0.0.1:8377")
    assert opened == (["http://127.0.0.1:8377"] if seen else [])
