"""The right place on any page: what is read, what is painted, and that nothing else happens to the page."""

from collections.abc import Iterable
import re

import pytest

from browser.browser import Browser, until
from browser.fixtures import FIXTURES
from browser.fixtures.changes import FIRST, LATE, OTHER
from browser.pages import Pages
from browser.popup import counts, look, mark, words
from browser.service import Service

# everything that a page consists of: its markup, that in its open shadow roots, and that in its frames
MARKUP = """(function markupOf(root) {
    const own = root.documentElement?.outerHTML ?? root.innerHTML;
    const inner = [...root.querySelectorAll("*")].map((one) => one.shadowRoot ?? one.contentDocument);
    return [own, ...inner.filter(Boolean).map(markupOf)];
})(document)"""

# the marked texts as a reader sees them, found by another way than the extension's
SEEN = """(() => {
    const UNSEEN = "[hidden], script, button, .sr-only, [style*='none'], [style*='hidden'], " +
        "[style*='-9999'], [style*='size:0']";
    const seen = (range) => {
        const texts = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
        let text = "";
        for (let node = texts.currentNode; node; node = texts.nextNode()) {
            if (node.nodeType !== 3 || !range.intersectsNode(node)) continue;
            if (node.parentElement?.closest(UNSEEN)) continue;
            const from = node === range.startContainer ? range.startOffset : 0;
            const to = node === range.endContainer ? range.endOffset : node.data.length;
            text += node.data.slice(from, to);
        }
        return text;
    };
    const windows = [window, ...[...document.querySelectorAll("iframe")].map((frame) => frame.contentWindow)];
    const marked = {};
    for (const { CSS } of windows) {
        for (const [name, ranges] of CSS.highlights) {
            if (!name.startsWith("sourcemark-")) continue;
            (marked[name.slice("sourcemark-".length)] ??= []).push(...[...ranges].map(seen));
        }
    }
    return marked;
})()"""

WATCH_FOR_SHIFTS = """void (window.shifts = [], window.shiftObserver = new PerformanceObserver(
    (list) => shifts.push(...list.getEntries().map((entry) => entry.value))),
    shiftObserver.observe({ type: "layout-shift" }))"""

SHIFTS = """new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
    shifts.push(...shiftObserver.takeRecords().map((entry) => entry.value));
    resolve(shifts);
})))"""


@pytest.mark.parametrize("name", FIXTURES)
def test_what_should_be_painted_is_painted_and_nothing_else_changes(
    browser: Browser, site: Pages, service: Service, name: str
) -> None:
    browser.open(site.fixture(name))
    before = browser.evaluate(MARKUP)
    has_shifts = browser.evaluate("PerformanceObserver.supportedEntryTypes.includes('layout-shift')")
    if has_shifts:
        browser.evaluate(WATCH_FOR_SHIFTS)

    mark(browser)

    assert service.blocks() == [as_read(block) for block in FIXTURES[name].blocks]
    painted = browser.evaluate(SEEN)
    assert painted
    assert in_any_order(painted) == in_any_order(service.labelled())
    assert browser.evaluate(MARKUP) == before
    if has_shifts:
        assert browser.evaluate(SHIFTS) == []


@pytest.fixture
def changing(browser: Browser, site: Pages) -> list[str]:
    """A marked page that changes when it is told to, and the texts that are marked on it."""
    browser.open(site.fixture("changing"))
    mark(browser)
    painted = texts(browser)
    assert painted
    return painted


def test_late_text_is_sent_with_the_blocks_before_it_and_marked(
    browser: Browser, service: Service, changing: list[str]
) -> None:
    browser.evaluate("void addLate()")
    until(lambda: service.blocks() == [*FIRST[2:], LATE[0]])
    late = [text for text in all_texts(service.labelled()) if text in LATE[0]]
    until(lambda: texts(browser) == sorted(changing + late))


def test_next_article_of_an_endless_page_is_marked_too(
    browser: Browser, service: Service, changing: list[str]
) -> None:
    browser.evaluate("void addNext()")
    until(lambda: service.blocks() == [*FIRST[2:], *OTHER])
    following = [text for text in all_texts(service.labelled()) if any(text in block for block in OTHER)]
    assert following
    until(lambda: texts(browser) == sorted(changing + following))


@pytest.mark.parametrize("change", ["renderAgain", "sameText", "renderLater"])
def test_marks_come_back_without_a_request_when_a_framework_makes_the_text_anew(
    browser: Browser, service: Service, changing: list[str], change: str
) -> None:
    # whoever asks now gets no answer
    service.stop()
    browser.evaluate(f"void {change}()")
    browser.when("document.querySelector('p')")
    until(lambda: texts(browser) == changing)
    assert counts_now(browser)


def test_going_to_another_address_clears_the_marks_and_sends_nothing(
    browser: Browser, service: Service, changing: list[str]
) -> None:
    browser.evaluate("void goOn()")
    until(lambda: texts(browser) == [])
    browser.when(f"document.body.textContent.includes({OTHER[0][:30]!r})")
    assert counts_now(browser) is None
    assert service.blocks() == list(FIRST)


def test_page_that_fights_back_is_left_alone_and_the_reader_is_told(
    browser: Browser, service: Service, changing: list[str]
) -> None:
    browser.evaluate("void fight()")
    until(lambda: texts(browser) == [])
    look(browser)
    assert "makes its text anew" in words(browser)
    assert service.blocks() == list(FIRST)


def test_selected_text_is_read_instead_of_the_article(
    browser: Browser, site: Pages, service: Service
) -> None:
    browser.open(site.fixture("changing"))
    browser.evaluate("""void (([first, second]) => getSelection().setBaseAndExtent(
        first.firstChild, 2, second.firstChild, second.firstChild.length))(document.querySelectorAll("p"))""")
    mark(browser)
    assert service.blocks() == [FIRST[0][2:], FIRST[1]]
    assert "selected" in words(browser)
    assert in_any_order(browser.painted()) == in_any_order(service.labelled())


@pytest.mark.parametrize("name", ["shadow-root", "nested-shadow-roots", "same-origin-frame"])
def test_marks_have_their_lines_in_shadow_roots_and_frames(browser: Browser, site: Pages, name: str) -> None:
    browser.open(site.fixture(name))
    mark(browser)
    assert set(browser.evaluate(LINES)) == {"solid"}


# the line of official statements where text is marked: the innermost shadow root, or the frame
LINES = """(function linesIn(root) {
    const inner = [...root.querySelectorAll("*")].map((one) => one.shadowRoot ?? one.contentDocument);
    if (inner.some(Boolean)) return inner.filter(Boolean).flatMap(linesIn);
    return [...root.querySelectorAll("p")].map((text) => {
        const { defaultView } = text.ownerDocument;
        const mark = "::highlight(sourcemark-official_statement)";
        return defaultView.getComputedStyle(text, mark).textDecorationStyle;
    });
})(document)"""


def counts_now(browser: Browser) -> dict[str, int] | None:
    """Return what the popup counts when it is opened again."""
    look(browser)
    return counts(browser)


def texts(browser: Browser) -> list[str]:
    """Return every marked text, sorted."""
    return all_texts(browser.painted())


def all_texts(by_label: dict[str, Iterable[str]]) -> list[str]:
    return sorted(text for found in by_label.values() for text in found)


def as_read(block: str) -> str:
    """Return the text of a block with its blanks as the extension sends them."""
    return re.sub(r"\s+", " ", block).strip()


def in_any_order(texts: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the texts by label, sorted, without the blanks and the characters that have no width."""
    return {
        label: sorted(re.sub(r"[\s\u00ad\u200b\u2060\ufeff]+", "", text) for text in found)
        for label, found in texts.items()
    }
