"""What a reader does to give a correction to the service, and what the card shows them of it."""

from typing import Any

from browser.browser import Browser
from browser.surface import press_in, rest_on, shows

LABEL = "anonymous_claim"

OFFER, GIVE, KEEP, BACK = ".offer input", "button.give", "button.keep", "button.back"

TOLD = "root.querySelector('.given').textContent"

CONTENTS = """Object.fromEntries([...root.querySelectorAll(".contents dt")]
    .map((name) => [name.textContent, name.nextElementSibling.textContent]))"""


def is_shown(selector: str) -> str:
    """Return the expression that tells whether an element of the card is to be seen."""
    return f"(root.querySelector('{selector}')?.checkVisibility() ?? false)"


def disagree(browser: Browser, label: str = LABEL, chosen: str = "none", index: int = 0) -> None:
    """Open the card of a mark, choose another label, and wait until that is kept."""
    rest_on(browser, label, index)
    press_in(browser, ".disagree")
    choose(browser, chosen)


def choose(browser: Browser, chosen: str) -> None:
    """Choose another label on the open card, and wait until that is kept."""
    press_in(browser, f"[data-chosen={chosen}]")
    shows(browser, "root.querySelector('.told').textContent !== ''")


def preview(browser: Browser) -> dict[str, str]:
    """Tick the box, and return what the card says would be sent."""
    press_in(browser, OFFER)
    return shows(browser, f"{is_shown(GIVE)} && {CONTENTS}")


def give(browser: Browser) -> str:
    """Press Give it, and return what the card says once it is given."""
    press_in(browser, GIVE)
    return shows(browser, f"{is_shown(BACK)} && {TOLD}")


def told(browser: Browser, words: str) -> Any:
    """Wait until the card says these words of what became of a correction."""
    return shows(browser, f"{TOLD}.includes({words!r}) && {TOLD}")
