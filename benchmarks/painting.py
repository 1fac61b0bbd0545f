"""What marks cost on the page: painting them against wrapping them in `<mark>`, in one run of Chromium.

A page of 5,000 words in 500 sentences, every one of them marked, with links and emphasis inside as news
has them. The content scripts are the extension's own; only the browser's end of their messages is stood
in for. Every figure comes from a fresh page, and the ways of marking take turns.

    python benchmarks/painting.py
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import re
from statistics import median
import subprocess

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
EXTENSION = ROOT / "extension"

ROUNDS = 7
IDLE = 10
"""Seconds in which nothing happens, with marks and without."""

WAYS = {
    "highlight": "Highlight API (default)",
    "mark": "<mark> elements (option)",
    "plain": "plain <mark> wrapping",
}

PARAGRAPH = """<p>The ministry said the <a href="#">bridge over the river</a> would stay closed for repairs.
A person close to the <em>inquiry</em> said the steel was old. I heard it crack, said the woman who sold
flowers there. The council will meet again on Monday to hear the engineers. Two lorries of the army brought
water to the village.</p>"""

PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Bridge</title>
<main><article><h1>Bridge</h1>{PARAGRAPH * 100}</article></main>"""

# stands in for the browser, before the content scripts look for it
CHROME = """globalThis.chrome = {
    runtime: {
        id: "it",
        sendMessage: async () => undefined,
        onMessage: { addListener: (added) => { globalThis.heard = added; } },
    },
    i18n: { getMessage: (name) => name, getUILanguage: () => "en" },
};"""

Figures = dict[str, float]


def main() -> None:
    """Print one row a way of marking, with ratios to the default, then what the steps around it cost."""
    with browser() as page:
        version = page.context.browser.version
        rounds = [{way: measured(page, way) for way in WAYS} for _ in range(ROUNDS)]
        idle = [busy_when_idle(page, marks) for marks in (False, True)]

    def middle(way: str, figure: str) -> float:
        return median(each[way][figure] for each in rounds)

    first = rounds[0]["highlight"]
    print(f"Chromium {version}: {first['words']:.0f} words, {first['marks']:.0f} marks, median of {ROUNDS}")
    headings = ("paint ms", "layout ms", "ratio", "nodes added", "layout shift")
    print(f"{'':26}" + "".join(f"{heading:>14}" for heading in headings))
    least = middle("highlight", "paint") + middle("highlight", "layout")
    for way, name in WAYS.items():
        paint, layout = middle(way, "paint"), middle(way, "layout")
        cells = f"{paint:14.1f}{layout:14.1f}{(paint + layout) / least:14.1f}"
        print(f"{name:26}{cells}{middle(way, 'nodes'):14.0f}{middle(way, 'shift'):14.4f}")
    longest = max(each["highlight"]["longest"] for each in rounds)
    print(f"Reading the page: {middle('highlight', 'read'):.1f} ms.", end=" ")
    print(f"Placing and showing the answer: {middle('highlight', 'show'):.1f} ms.", end=" ")
    print(f"Longest task over 50 ms: {longest:.0f} ms." if longest else "No task over 50 ms.")
    print(f"Busy in {IDLE} idle seconds: {idle[0]:.1f} ms without marks, {idle[1]:.1f} ms with them.")


def measured(page: Page, way: str) -> Figures:
    """Return the figures of one way of marking."""
    load(page)
    return page.evaluate("(way) => measure(way)", way)


def busy_when_idle(page: Page, marks: bool) -> float:
    """Return the milliseconds that the page's main thread works while nothing happens."""
    load(page)
    if marks:
        page.evaluate("measure('highlight')")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def busy() -> float:
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return next(each["value"] * 1000 for each in metrics if each["name"] == "TaskDuration")

    before = busy()
    page.wait_for_timeout(IDLE * 1000)
    return busy() - before


def load(page: Page) -> None:
    """Show the page anew, with the content scripts in it."""
    page.goto("about:blank")
    page.set_content(PAGE)
    page.add_style_tag(path=EXTENSION / "content" / "highlights.css")
    page.add_script_tag(content=CHROME)
    listed = (EXTENSION / "background" / "activate.js").read_text()
    for script in re.findall(r'"(content/[\w./-]+\.js)"', listed):
        page.add_script_tag(path=EXTENSION / script)
    page.add_script_tag(path=Path(__file__).with_suffix(".js"))


@contextmanager
def browser() -> Iterator[Page]:
    """Start the Chromium that the tests use, with an empty page."""
    install = ROOT / "tests" / "browser" / "install.sh"
    found = subprocess.run([install, "--where", "chromium"], capture_output=True, text=True, check=True)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found.stdout.strip(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield started.new_page()
        started.close()


if __name__ == "__main__":
    main()
