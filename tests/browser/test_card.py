"""The card that explains a mark, and the side list: by pointer, by keyboard, and gone without a trace."""

from browser.browser import SURFACE, Browser, until
from browser.pages import Pages
from browser.popup import mark
from browser.seeds import PARAGRAPHS
from browser.service import Service
from browser.surface import card, entries, open_list, place, press_in, rest_on, shows, stored

ARTICLE = min(PARAGRAPHS)
LABEL = "anonymous_claim"
NAME = "Anonymous claim"


def open_marked(browser: Browser, site: Pages) -> None:
    browser.open(site.article(ARTICLE))
    mark(browser)
    browser.close_popup()
    assert LABEL in browser.painted()


def test_pointer_that_rests_on_a_mark_is_told_why(browser: Browser, site: Pages, service: Service) -> None:
    open_marked(browser, site)
    before = browser.dom()
    rest_on(browser, LABEL)
    told = card(browser)
    first = next(sentence for sentence in service.marked() if sentence["label"] == LABEL)
    assert NAME in told
    assert first["reason"] in told
    assert "It says that no name is given, not that the claim is false." in told

    # the words that led to it are lit up, and the card repeats them
    lit = browser.painted()["evidence"]
    assert lit
    assert all(" ".join(words.split()) in told for words in lit)

    # nothing of the page has changed but one element, and that goes again
    assert browser.evaluate(f"{SURFACE}.shadowRoot") is None
    browser.press("Escape")
    assert browser.evaluate(SURFACE) is None
    assert "evidence" not in browser.painted()
    assert browser.dom() == before


def test_pointer_on_a_drop_cap_is_told_why_too(browser: Browser, site: Pages) -> None:
    browser.open(site.article("seed-council-contract"))
    mark(browser)
    browser.close_popup()
    # the first box of the first mark is that of its `::first-letter`
    rest_on(browser, LABEL)
    assert NAME in card(browser)


def test_card_stays_while_the_pointer_is_on_it_and_goes_when_it_left(browser: Browser, site: Pages) -> None:
    open_marked(browser, site)
    rest_on(browser, LABEL)
    box = "root.querySelector('.card').getBoundingClientRect()"
    x, y = browser.in_surface(f"[{box}.left + 20, {box}.top + 20]")
    browser.point(x, y)
    # longer than the pointer had to rest on the mark
    browser.evaluate("new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 600))")
    assert NAME in card(browser)
    browser.point(4, 4)
    browser.when(f"{SURFACE} === null")


def test_card_that_the_reader_uses_stays_when_the_pointer_left(browser: Browser, site: Pages) -> None:
    open_marked(browser, site)
    rest_on(browser, LABEL)
    press_in(browser, ".disagree")
    browser.point(4, 4)
    browser.evaluate("new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 600))")
    assert NAME in card(browser)


def test_click_opens_the_card_and_a_click_beside_it_closes_it(browser: Browser, site: Pages) -> None:
    open_marked(browser, site)
    browser.click(*place(browser, LABEL))
    browser.when(f"{SURFACE} !== null")
    assert NAME in card(browser)
    browser.click(4, 4)
    browser.when(f"{SURFACE} === null")


def test_link_in_a_mark_stays_a_link(browser: Browser, site: Pages) -> None:
    open_marked(browser, site)
    x, y, target = browser.evaluate(
        """(() => {
            const marks = [...CSS.highlights.values()].flatMap((ranges) => [...ranges]);
            const links = [...document.querySelectorAll("a[href^='#']")];
            const link = links.find((link) => marks.some((range) => range.intersectsNode(link)));
            link.scrollIntoView({ block: "center", behavior: "instant" });
            const { left, top, width, height } = link.getBoundingClientRect();
            return [left + width / 2, top + height / 2, link.hash];
        })()"""
    )
    browser.click(x, y)
    assert browser.evaluate("location.hash") == target


def test_card_has_its_looks_on_a_page_that_forbids_styles(browser: Browser, site: Pages) -> None:
    browser.open(site.fixture("strict-policy"))
    mark(browser)
    browser.close_popup()
    rest_on(browser, next(iter(browser.painted())))
    assert browser.in_surface("getComputedStyle(root.querySelector('.card')).position") == "fixed"
    assert browser.in_surface("getComputedStyle(root.querySelector('.letter')).borderTopWidth") == "1px"


def test_card_that_grows_stays_in_the_window(browser: Browser, site: Pages) -> None:
    open_marked(browser, site)
    rest_on(browser, LABEL)
    press_in(browser, ".disagree")
    bottom = "root.querySelector('.card').getBoundingClientRect().bottom"
    shows(browser, f"!root.querySelector('fieldset').hidden && {bottom} <= innerHeight")


def test_disagreement_is_kept_on_this_computer_without_an_address(browser: Browser, site: Pages) -> None:
    open_marked(browser, site)
    rest_on(browser, LABEL)
    sentence = browser.painted()[LABEL][0]
    assert browser.in_surface("root.querySelector('fieldset').hidden")
    press_in(browser, ".disagree")
    offered = browser.in_surface(
        "[...root.querySelectorAll('[data-chosen]')].map(({ dataset }) => dataset.chosen)"
    )
    assert offered == ["official_statement", "eyewitness_quote", "none"]
    press_in(browser, "[data-chosen=none]")
    assert "Kept on this computer" in shows(browser, "root.querySelector('.told').textContent")
    browser.press("Escape")

    kept = stored(browser, "corrections")[-1]
    assert (kept["sentence"].split(), kept["shown"], kept["chosen"]) == (sentence.split(), LABEL, "none")
    assert set(kept) == {"sentence", "shown", "chosen", "model", "date"}
    assert set(kept["model"]) == {"name", "version", "id"}


def test_list_has_every_mark_in_order_and_counts_the_rest(
    browser: Browser, site: Pages, service: Service
) -> None:
    open_marked(browser, site)
    open_list(browser)
    expected = [{"text": each["text"], "label": each["label"]} for each in service.marked()]
    assert entries(browser) == expected
    rest = browser.in_surface("root.querySelector('.rest').innerText")
    counts = service.counts()
    assert f"No source found: {counts['none']}" in rest
    assert f"Not sure: {counts['unsure']}" in rest
    assert "Not checked: 0" in rest


def test_list_is_used_by_keyboard_alone(browser: Browser, site: Pages, service: Service) -> None:
    open_marked(browser, site)
    before = browser.dom()
    open_list(browser)
    shows(browser, "root.activeElement === root.querySelector('.list')")
    focused = "root.querySelectorAll('.entries button').values().toArray().indexOf(root.activeElement)"

    browser.in_surface("void root.querySelector('.entries button').focus()")
    browser.press("ArrowDown")
    shows(browser, f"{focused} === 1")
    # the card follows, and leaves the keyboard where it is
    assert service.marked()[1]["reason"] in card(browser)

    browser.press("Enter")
    shows(browser, "root.activeElement === root.querySelector('.card')")
    browser.press("Escape")
    shows(browser, "root.querySelector('.card') === null")
    assert browser.in_surface(focused) == 1
    browser.press("Escape")
    until(lambda: browser.dom() == before)


def test_filter_of_the_list_hides_marks_without_asking_the_service(
    browser: Browser, site: Pages, service: Service
) -> None:
    open_marked(browser, site)
    painted = browser.painted()
    service.stop()
    open_list(browser)
    press_in(browser, f"input[value={LABEL}]")
    assert browser.painted() == {label: texts for label, texts in painted.items() if label != LABEL}
    assert LABEL not in {entry["label"] for entry in entries(browser)}
    press_in(browser, f"input[value={LABEL}]")
    assert until(lambda: browser.painted()) == painted
    press_in(browser, ".close")
    assert browser.evaluate(SURFACE) is None
