"""A page that means no good: what its script can see of the extension, and that it can do nothing with it.

What is said here of the two browsers, docs/security/extension.md says to people.
"""

from collections.abc import Iterator
import json
import re

import pytest

from browser.browser import SURFACE, Browser
from browser.firefox import Firefox
from browser.fixtures.fixture import paragraphs
from browser.giving import GIVE, OFFER, disagree, give, preview
from browser.hostile_page import STORY, HostileSite, hostile_site
from browser.hostile_scripts import COVER, FORGE, LOAD, PATCH, PRESS, PRESS_ALL, PRETEND, REACH_IN, STEAL
from browser.popup import READY, counts, look, mark, words
from browser.service import Service
from browser.surface import card, entries, open_list, place, press_in, rest_on, stored

LABEL = "official_statement"
NAME = "Official statement"
CARD = "root.querySelector('.card')"

# longer than a pointer has to rest on a mark before its card opens
A_WHILE = "new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 600))"


@pytest.fixture(scope="module", name="rogue")
def hostile_pages() -> Iterator[HostileSite]:
    with hostile_site() as running:
        yield running


def open_marked(browser: Browser, rogue: HostileSite, script: str = "", **parts: str) -> None:
    """Open a hostile page of these parts, and mark it."""
    rogue.make(script, **parts)
    browser.open(rogue.address)
    mark(browser)
    browser.close_popup()
    assert LABEL in browser.painted()


def test_events_that_a_script_makes_open_nothing_and_close_nothing(
    browser: Browser, rogue: HostileSite
) -> None:
    open_marked(browser, rogue)
    x, y = place(browser, LABEL)
    for target in (f"document.elementFromPoint({x}, {y})", "document", "window"):
        browser.evaluate(PRETEND % (target, x, y))
    browser.evaluate(A_WHILE)
    assert browser.evaluate(SURFACE) is None

    rest_on(browser, LABEL)
    told = card(browser)
    for target in (SURFACE, "document.body", "document", "window"):
        browser.evaluate(PRETEND % (target, 4, 4))
    browser.evaluate(A_WHILE)
    assert card(browser) == told

    open_list(browser)
    listed = entries(browser)
    browser.evaluate(PRETEND % (SURFACE, 4, 4))
    assert entries(browser) == listed


def test_script_that_reaches_our_controls_cannot_press_them(browser: Browser, rogue: HostileSite) -> None:
    open_marked(browser, rogue, REACH_IN)
    painted = browser.painted()
    before = stored(browser, "corrections")
    browser.close_popup()
    for open_it, element in (
        (lambda: rest_on(browser, LABEL), ".card"),
        (lambda: open_list(browser), ".list"),
    ):
        open_it()
        box = f"root.querySelector('{element}').getBoundingClientRect()"
        browser.point(*browser.in_surface(f"[{box}.left + 30, {box}.top + 30]"))
        # Chromium tells no page; Firefox tells every page
        assert browser.evaluate("'inside' in window") == isinstance(browser, Firefox)
        if isinstance(browser, Firefox):
            browser.evaluate(PRESS)
            # the filter of the list has hidden nothing
            assert {name: texts for name, texts in browser.painted().items() if name != "evidence"} == painted
            browser.evaluate(PRESS_ALL)
        assert browser.evaluate(SURFACE) is not None
        browser.press("ArrowDown")
    # the list has the keyboard
    assert browser.evaluate("heard[heard.length - 1]") == "ArrowDown at div"
    assert sum(map(len, browser.painted().values()))
    assert stored(browser, "corrections") == before


CORRECTIONS = "/v1/corrections"
BODY_BUTTON = """(() => {
    const { left, top, width, height } = document.querySelector("body > button.give").getBoundingClientRect();
    return [left + width / 2, top + height / 2];
})()"""


def test_script_that_reaches_the_step_of_giving_gives_nothing(
    browser: Browser, rogue: HostileSite, service: Service
) -> None:
    open_marked(browser, rogue, REACH_IN)
    disagree(browser, LABEL)
    preview(browser)
    middle = "(({ left, top, width, height }) => [left + width / 2, top + height / 2])"
    x, y = browser.in_surface(f"{middle}(root.querySelector('{GIVE}').getBoundingClientRect())")
    browser.point(x, y)
    for target in (SURFACE, "document", "window"):
        browser.evaluate(PRETEND % (target, x, y))
    browser.evaluate(FORGE % json.dumps([f"content>background:{name}" for name in ("give", "takeback")]))
    if isinstance(browser, Firefox):
        browser.evaluate(PRESS_ALL)
        # the reader presses what they take for a button of the page
        browser.evaluate("void document.querySelector('body > button.give').scrollIntoView()")
        browser.click(*browser.evaluate(BODY_BUTTON))
    browser.evaluate(A_WHILE)
    assert CORRECTIONS not in [path for _, path in service.asked]


def test_page_sees_the_marks_and_that_something_is_open_and_not_what_it_says(
    browser: Browser, rogue: HostileSite, service: Service
) -> None:
    open_marked(browser, rogue, STEAL)
    styles = "[document.styleSheets.length, document.adoptedStyleSheets.length]"
    assert browser.evaluate(styles) == [0, 0]

    # the registry is the page's: names, and the texts of the ranges
    names = {f"sourcemark-{label}": sorted(texts) for label, texts in service.labelled().items()}
    seen = "[...CSS.highlights].map(([name, marks]) => [name, [...marks].map(String).sort()])"
    assert dict(browser.evaluate(seen)) == names

    rest_on(browser, LABEL)
    reason = next(each["reason"] for each in service.marked() if each["label"] == LABEL)
    assert reason in card(browser)
    assert [name for name, _ in browser.evaluate(seen) if name not in names] == ["sourcemark-evidence"]
    # an empty element, which says in which language ours is
    assert browser.evaluate(f"{SURFACE}.outerHTML") == '<div data-sourcemark="surface" lang="en"></div>'
    assert browser.evaluate(f"{SURFACE}.shadowRoot") is None
    markup = "[document.documentElement.innerText, document.documentElement.outerHTML].join()"
    assert NAME not in browser.evaluate(markup)
    assert browser.evaluate("heard") == ["renewed"]
    assert browser.evaluate("['Sourcemark', 'browser'].filter((name) => name in window)") == []
    assert browser.evaluate("window.chrome?.runtime ?? null") is None

    # a page may search: it learns whether words that it knows stand in the card
    assert browser.evaluate(f"find({NAME!r})")
    where = "getSelection().getRangeAt(0).startContainer.getRootNode() instanceof ShadowRoot"
    assert browser.evaluate(where) == isinstance(browser, Firefox)
    assert not browser.evaluate("(getSelection().removeAllRanges(), find('Anonymous claim'))")


def test_marks_that_a_page_draws_are_none_of_ours(
    browser: Browser, rogue: HostileSite, service: Service
) -> None:
    open_marked(browser, rogue)
    browser.evaluate("""void (() => {
        const title = new Range();
        title.selectNodeContents(document.querySelector("h1"));
        CSS.highlights.set("sourcemark-official_statement", new Highlight(title));
    })()""")
    browser.point(*place(browser, LABEL))
    browser.evaluate(A_WHILE)
    assert browser.evaluate(SURFACE) is None
    look(browser)
    assert counts(browser) == service.counts()
    open_list(browser)
    assert "Fire" not in [entry["text"] for entry in entries(browser)]


MESSAGES = [
    *(f"background>content:{name}" for name in ("collect", "paint", "clear", "view", "toggle", "list")),
    *(f"content>background:{name}" for name in ("label", "correct", "give", "takeback", "count", "arrived")),
    *(f"popup>background:{name}" for name in ("mark", "clear", "list", "article")),
]


def test_messages_that_a_page_forges_are_not_heard(
    browser: Browser, rogue: HostileSite, service: Service
) -> None:
    open_marked(browser, rogue)
    painted = browser.painted()
    browser.evaluate(FORGE % json.dumps(MESSAGES))
    browser.evaluate(A_WHILE)
    assert browser.painted() == painted
    assert browser.evaluate(SURFACE) is None
    assert service.blocks() == list(STORY)
    look(browser)
    assert counts(browser) == service.counts()


def test_page_that_patches_every_prototype_is_marked_like_any_other(
    browser: Browser, rogue: HostileSite, service: Service
) -> None:
    rogue.make(PATCH)
    browser.open(rogue.address)
    browser.press("a")
    mark(browser)
    browser.close_popup()
    browser.press("d")
    # what the page's own script used when the second key came, and nothing else
    assert browser.evaluate("heard") == ["map"]
    assert service.blocks() == list(STORY)
    painted = {label: sorted(texts) for label, texts in browser.painted().items()}
    assert painted == {label: sorted(texts) for label, texts in service.labelled().items()}


# elements of these names stand in the place of what a document and a form have of their own
OF_DOCUMENTS = """
    activeElement addEventListener body childNodes cloneNode contentType createElement createRange
    createTreeWalker defaultView dispatchEvent documentElement getSelection querySelector title
""".split()
OF_FORMS = """
    assignedSlot checkVisibility childNodes closest contains getAttribute getRootNode hasAttribute isConnected
    localName nodeType ownerDocument parentElement querySelector shadowRoot textContent
""".split()


@pytest.mark.parametrize("names", [OF_DOCUMENTS, OF_FORMS], ids=["document", "form"])
def test_page_whose_elements_take_the_names_of_what_we_use_is_read_or_the_reader_is_told(
    browser: Browser, rogue: HostileSite, service: Service, names: list[str]
) -> None:
    taken = "".join(f'<img name="{name}" alt=""><input type="hidden" name="{name}">' for name in names)
    rogue.make(text=(), body=f"<form>{taken}{paragraphs(STORY)}</form>")
    browser.open(rogue.address)
    mark(browser)
    # in Chromium such names reach into our scripts' world, too
    if isinstance(browser, Firefox):
        assert service.blocks() == list(STORY)
    else:
        assert service.blocks() == []
        assert re.search("No article was found|changed while it was being read", words(browser))


FIELDS = """<form><p>He wrote: <input value="My secret was told to a doctor."><textarea>She said nothing to
    the police about it.</textarea><select><option>An officer said so.</option></select></p></form>"""


def frames(rogue: HostileSite) -> str:
    """Return large frames that a page's script cannot read: of another site, and of nobody's."""
    style = 'style="width:1000px;height:900px;border:0"'
    own = "&lt;article&gt;&lt;p&gt;A minister said this in a frame of nobody's.&lt;/p&gt;&lt;/article&gt;"
    return f'<iframe src="{rogue.victim}" {style}></iframe><iframe sandbox srcdoc="{own}" {style}></iframe>'


def test_text_of_other_sites_in_frames_and_of_fields_is_never_sent(
    browser: Browser, rogue: HostileSite, service: Service
) -> None:
    open_marked(browser, rogue, body=frames(rogue) + FIELDS)
    assert service.blocks() == list(STORY)

    service.stop()
    service.start()
    rogue.make(body=frames(rogue) + FIELDS, text=())
    browser.open(rogue.address)
    mark(browser)
    assert "no article" in words(browser).lower()
    assert service.blocks() == []


def test_page_that_leaves_when_it_is_to_be_read_takes_no_other_page_with_it(
    browser: Browser, rogue: HostileSite, service: Service
) -> None:
    leave = f"document.addEventListener('sourcemark:renewed', () => location.assign('{rogue.victim}'))"
    rogue.make(leave)
    browser.open(rogue.address)
    mark(browser)
    browser.arrive("location.pathname === '/victim'")
    assert service.blocks() in ([], list(STORY))
    assert browser.painted() == {}


def test_no_file_of_the_extension_can_be_loaded_by_a_page(browser: Browser, rogue: HostileSite) -> None:
    rogue.make()
    browser.open(rogue.address)
    look(browser)
    own = browser.in_popup("chrome.runtime.getURL('')")
    browser.close_popup()
    files = [
        "manifest.json",
        "icons/icon-48.png",
        "content/main.js",
        "content/highlights.css",
        "popup/popup.html",
    ]
    assert set(browser.evaluate(LOAD % json.dumps([own + file for file in files]))) == {None}


def test_page_that_takes_our_element_away_or_hides_it_does_not_keep_it(
    browser: Browser, rogue: HostileSite
) -> None:
    unkind = "display:none !important; visibility:hidden !important; pointer-events:none !important"
    open_marked(browser, rogue, head=f"<style>html > div, div {{ {unkind}; font-size:0 !important }}</style>")
    rest_on(browser, LABEL)
    browser.evaluate(f"void {SURFACE}.setAttribute('style', {unkind!r})")
    press_in(browser, ".disagree")
    assert not browser.in_surface("root.querySelector('fieldset').hidden")
    assert browser.in_surface(f"getComputedStyle({CARD}).visibility") == "visible"

    browser.evaluate(f"{SURFACE}.remove()")
    rest_on(browser, LABEL, 1)
    assert NAME in card(browser)

    open_list(browser)
    browser.evaluate(f"document.querySelector('article').append({SURFACE})")
    open_list(browser)
    browser.when(f"{SURFACE}.parentNode === document.documentElement")
    assert entries(browser)


def test_click_that_a_cover_lends_us_keeps_a_correction_here_and_sends_nothing(
    browser: Browser, rogue: HostileSite, service: Service
) -> None:
    open_marked(browser, rogue)
    rest_on(browser, LABEL)
    sent = service.blocks()
    service.stop()
    browser.evaluate(COVER)
    press_in(browser, ".disagree")
    press_in(browser, "[data-chosen=none]")
    look(browser)
    kept = browser.in_popup("chrome.storage.local.get('corrections').then(({ corrections }) => corrections)")
    assert kept[-1]["sentence"] in browser.painted()[LABEL]
    assert sent == list(STORY)
    browser.in_popup("chrome.storage.local.remove('corrections')")
    browser.when_popup(READY)


def test_clicks_that_a_cover_lends_us_give_no_more_than_sentences_of_the_page(
    browser: Browser, rogue: HostileSite, service: Service
) -> None:
    open_marked(browser, rogue)
    rest_on(browser, LABEL)
    browser.evaluate(COVER)
    for selector in (".disagree", "[data-chosen=none]", OFFER):
        press_in(browser, selector)
        assert service.given() == []
    give(browser)
    [given] = service.given()
    texts = {"before", "sentence", "after"}
    assert all(given[name] is None or given[name] in " ".join(STORY) for name in texts)
    assert set(given) == texts | {"given", "given_state", "proposed", "model"}
    service.forget_given()
    look(browser)
    browser.in_popup("chrome.storage.local.remove('corrections')")
