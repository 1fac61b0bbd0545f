"""The reading room: the product without an extension, made of the extension's own parts."""

from collections.abc import Iterator
import csv
import io
import json
from pathlib import Path

import pytest

from browser.browser import SURFACE, Browser, until
from browser.pages import Pages
from browser.popup import mark
from browser.reading import (
    MARKED,
    drop,
    enter,
    open_list,
    open_report,
    paste,
    press,
    read,
    report_page,
    show_example,
    shown,
    told,
)
from browser.report import counts, passages
from browser.seeds import PAGES, PARAGRAPHS
from browser.service import Service
from browser.surface import card, entries, press_in, rest_on, shows
from sourcemark.labels import LABEL_IDS

ARTICLE = min(PARAGRAPHS)
LABEL = "anonymous_claim"

# words of a short article, and around them what a page may hold that means no good
HOSTILE = """<!doctype html><html><head><meta charset="utf-8"><title>Quay</title>
<base href="http://page.test/"><meta http-equiv="refresh" content="0; url=http://page.test/gone">
<link rel="stylesheet" href="http://page.test/a.css"><link rel="dns-prefetch" href="//page.test">
<script>top.document.documentElement.dataset.executed = 1</script>
<style>.veil {{ display: none }} body {{ background: url(http://page.test/b.png) }}</style></head>
<body onload="top.document.documentElement.dataset.executed = 1"><h1>Fire on the &lt;quay&gt;</h1>
<img src="http://page.test/c.png" onerror="top.document.documentElement.dataset.executed = 1">
<iframe src="/readyz"></iframe><svg onload="top.document.documentElement.dataset.executed = 1"></svg>
{paragraphs}
<p class="veil">Hidden by a rule, the mayor said.</p><p style="display: none">Hidden too, the mayor said.</p>
<p>&lt;img src=x onerror="document.documentElement.dataset.executed = 1"&gt; stays text, the mayor said.</p>
</body></html>"""


@pytest.fixture(autouse=True)
def no_report_left(browser: Browser, service: Service) -> Iterator[None]:
    yield
    browser.close_own_page(report_page(service))


def flat(painted: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return painted texts without the line breaks and soft hyphens of the markup they stand in."""
    return {
        label: [" ".join(text.replace("\u00ad", "").split()) for text in texts]
        for label, texts in painted.items()
    }


def test_pasted_text_comes_back_with_its_sentences_marked(browser: Browser, service: Service) -> None:
    enter(browser, service)
    read(browser, PARAGRAPHS[ARTICLE])
    assert service.blocks() == PARAGRAPHS[ARTICLE]
    assert browser.painted()
    assert browser.painted() == service.labelled()
    marked = sum(map(len, service.labelled().values()))
    assert told(browser, "Marked").startswith(
        f"Marked {marked} of {sum(service.counts().values())} sentences"
    )


def test_example_comes_back_with_its_sentences_marked(browser: Browser, service: Service) -> None:
    enter(browser, service)
    show_example(browser, ARTICLE)
    assert service.blocks() == PARAGRAPHS[ARTICLE]
    assert browser.painted() == service.labelled()


def test_page_from_a_file_gets_the_same_marks_as_the_extension_gives_it(
    browser: Browser, site: Pages, service: Service
) -> None:
    for page in sorted(PAGES.glob("*.html")):
        browser.open(site.article(page.stem))
        mark(browser)
        browser.close_popup()
        by_extension, sent = flat(browser.painted()), service.blocks()
        assert by_extension

        enter(browser, service)
        drop(browser, page.name, page.read_bytes())
        browser.when(MARKED)
        assert service.blocks() == sent == shown(browser)
        assert browser.painted() == by_extension


def test_page_from_a_file_runs_nothing_and_fetches_nothing(browser: Browser, service: Service) -> None:
    enter(browser, service)
    before = browser.evaluate("performance.getEntriesByType('resource').length")
    text = PARAGRAPHS[ARTICLE][:4]
    page = HOSTILE.format(paragraphs="".join(f"<p>{each}</p>" for each in text))
    drop(browser, "quay.html", page.encode())
    browser.when(MARKED)

    assert browser.evaluate("document.getElementById('title').textContent") == "Fire on the <quay>"
    assert shown(browser)[: len(text)] == text
    assert [each for each in shown(browser) if "Hidden" in each] == []
    assert shown(browser)[-1].startswith("<img src=x onerror=")
    assert browser.evaluate("document.querySelectorAll('iframe, #text *:not(p)').length") == 0
    assert browser.evaluate("document.documentElement.dataset.executed ?? null") is None
    fetched = f"performance.getEntriesByType('resource').slice({before}).map(({{ name }}) => name)"
    assert browser.evaluate(fetched) == [f"{service.address}/v1/label"]


def test_text_file_is_read_whatever_it_is_written_in(browser: Browser, service: Service) -> None:
    paragraphs = [*PARAGRAPHS[ARTICLE][:3], "“It was dark in the café,” the mayor said."]
    enter(browser, service)
    for encoding in ("utf-8", "utf-16", "windows-1252"):
        service.start()
        drop(browser, "story.txt", "\r\n\r\n".join(paragraphs).encode(encoding), "text/plain")
        until(lambda: service.blocks() == paragraphs)
        browser.when(MARKED)
        assert browser.evaluate("document.title") == "story.txt"
        browser.evaluate("history.back()")
        browser.when("!document.getElementById('desk').hidden")
        enter(browser, service)


def test_chosen_file_and_a_short_text_are_read(browser: Browser, service: Service) -> None:
    enter(browser, service)
    browser.evaluate(
        """(() => {
            const data = new DataTransfer();
            const words = "The minister said on Monday that the bridge was safe.";
            data.items.add(new File([`<p>${words}</p>`], "bridge.htm"));
            const input = document.getElementById("file");
            input.files = data.files;
            input.dispatchEvent(new Event("change"));
        })()"""
    )
    browser.when(MARKED)
    assert service.blocks() == ["The minister said on Monday that the bridge was safe."]
    assert browser.painted() == service.labelled()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("scan.pdf", b"%PDF-1.7\0\0", "“scan.pdf” is neither text nor HTML"),
        ("empty.txt", b"\n \n", "There is no text in “empty.txt”"),
        ("empty.html", b"<p></p>", "There is no text in “empty.html”"),
    ],
)
def test_file_that_holds_no_text_is_told_in_words(
    browser: Browser, service: Service, name: str, content: bytes, words: str
) -> None:
    enter(browser, service)
    drop(browser, name, content, "")
    told(browser, words)
    assert not browser.evaluate("document.getElementById('desk').hidden")
    assert service.blocks() == []


def test_empty_text_is_told_in_words(browser: Browser, service: Service) -> None:
    enter(browser, service)
    paste(browser, [" "])
    assert told(browser, "There is no text yet")
    assert browser.evaluate("document.activeElement.id") == "pasted"


def test_service_that_stopped_is_told_in_words_and_keeps_the_text(browser: Browser, service: Service) -> None:
    enter(browser, service)
    service.stop()
    paste(browser, PARAGRAPHS[ARTICLE])
    told(browser, "is not running")
    assert shown(browser) == PARAGRAPHS[ARTICLE]
    assert browser.evaluate("document.getElementById('pasted').value") == "\n\n".join(PARAGRAPHS[ARTICLE])

    service.start()
    press(browser, "again")
    browser.when(MARKED)
    assert browser.painted() == service.labelled()


def test_card_says_why_a_sentence_is_marked(browser: Browser, service: Service) -> None:
    enter(browser, service)
    show_example(browser, ARTICLE)
    before = browser.dom()
    rest_on(browser, LABEL)
    said = card(browser)
    first = next(sentence for sentence in service.marked() if sentence["label"] == LABEL)
    assert first["reason"] in said
    assert "It says that no name is given, not that the claim is false." in said
    assert all(words in said for words in browser.painted()["evidence"])
    # it is dressed, though the page's policy forbids styles in the markup
    assert browser.in_surface("getComputedStyle(root.querySelector('.card')).position") == "fixed"
    browser.press("Escape")
    assert browser.evaluate(SURFACE) is None
    assert browser.dom() == before


def test_disagreement_is_kept_in_memory_until_it_is_downloaded(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    enter(browser, service)
    show_example(browser, ARTICLE)
    sentence = browser.painted()[LABEL][0]
    rest_on(browser, LABEL)
    press_in(browser, ".disagree")
    press_in(browser, "[data-chosen=none]")
    assert "Noted on this page: “No source found”" in shows(
        browser, "root.querySelector('.told').textContent"
    )
    browser.press("Escape")

    [line] = browser.download(f"{service.address}/", "corrections", tmp_path).read_text().splitlines()
    kept = json.loads(line)
    assert (kept["sentence"], kept["shown"], kept["chosen"]) == (sentence, LABEL, "none")
    assert set(kept) == {"sentence", "shown", "chosen", "model", "date"}


def test_nothing_of_a_text_is_stored(browser: Browser, service: Service) -> None:
    enter(browser, service)
    read(browser, PARAGRAPHS[ARTICLE])
    open_report(browser, service)
    kept = """(async () => [localStorage.length, sessionStorage.length, document.cookie,
        (await indexedDB.databases()).length, location.pathname + location.search + location.hash])()"""
    assert browser.evaluate(kept) == [0, 0, "", 0, "/#your-text"]
    # what would be brought back after a crash lies on the disk until then
    assert browser.evaluate("document.getElementById('pasted').autocomplete") == "off"
    fetched = "performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)"
    assert set(browser.evaluate(fetched)) == {service.address}


def test_list_has_every_mark_and_its_filter_asks_nobody(browser: Browser, service: Service) -> None:
    enter(browser, service)
    show_example(browser, ARTICLE)
    painted = browser.painted()
    marked = [{"text": each["text"], "label": each["label"]} for each in service.marked()]
    none = service.counts()["none"]
    service.stop()
    open_list(browser)
    assert entries(browser) == marked
    assert f"No source found: {none}" in browser.in_surface("root.querySelector('.rest').innerText")
    press_in(browser, f"input[value={LABEL}]")
    assert browser.painted() == {label: texts for label, texts in painted.items() if label != LABEL}
    press_in(browser, f"input[value={LABEL}]")
    assert until(lambda: browser.painted()) == painted
    press_in(browser, ".close")
    assert browser.evaluate(SURFACE) is None


def test_meanings_are_on_the_page_with_their_numbers(browser: Browser, service: Service) -> None:
    enter(browser, service)
    show_example(browser, ARTICLE)
    browser.when("!document.getElementById('meanings').hidden")
    numbers = """Object.fromEntries(Array.from(document.querySelectorAll("#legend [data-count]"),
        (count) => [count.dataset.count, parseInt(count.textContent)]))"""
    assert browser.evaluate(numbers) == {**service.counts(), "unchecked": 0}
    meanings = browser.evaluate("document.getElementById('meanings').innerText")
    assert all(words in meanings for words in ("No source found", "Not sure", "Not checked"))


def test_report_is_the_extension_s_with_its_downloads(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    enter(browser, service)
    show_example(browser, ARTICLE)
    title = browser.evaluate("document.title")
    page = open_report(browser, service)
    by_kind = passages(browser, page)
    assert {label: by_kind[label] for label in LABEL_IDS if label in by_kind} == service.labelled()
    assert counts(browser, page) == {**service.counts(), "unchecked": 0}
    assert browser.in_own_page(page, "document.getElementById('title').textContent") == title
    assert service.model.id in browser.in_own_page(page, "document.querySelector('.about').innerText")

    files = {}
    for link in ("csv", "json", "annotations"):
        (tmp_path / link).mkdir()
        files[link] = browser.download(page, link, tmp_path / link).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(files["csv"], newline="")))
    for label, texts in service.labelled().items():
        assert [row["text"] for row in rows if row["label"] == label] == texts
    assert [each["text"] for each in json.loads(files["json"])["sentences"]] == [row["text"] for row in rows]
    annotations = json.loads(files["annotations"])["items"]
    assert [each["target"]["selector"][0]["exact"] for each in annotations] == [
        each["text"] for each in service.marked()
    ]


def test_report_is_forgotten_with_the_room(browser: Browser, service: Service) -> None:
    enter(browser, service)
    show_example(browser, ARTICLE)
    page = open_report(browser, service)
    browser.reload_own_page(page)
    browser.when_own_page(page, "document.getElementById('report')?.hidden === false")
    enter(browser, service)
    browser.reload_own_page(page)
    gone = "document.getElementById('gone')?.hidden === false && document.body.innerText"
    assert "This report is gone" in browser.when_own_page(page, gone)


def test_marks_can_wait_until_the_reader_has_judged(browser: Browser, service: Service) -> None:
    enter(browser, service)
    press(browser, "hidden")
    show_example(browser, ARTICLE)
    assert browser.painted() == {}
    told(browser, "The marks are hidden")
    press(browser, "toggle")
    assert until(lambda: browser.painted()) == service.labelled()
    press(browser, "toggle")
    until(lambda: browser.painted() == {})


def test_marks_can_be_elements_that_screen_readers_hear(browser: Browser, service: Service) -> None:
    enter(browser, service)
    press(browser, "elements")
    show_example(browser, ARTICLE)
    marks = "Array.from(document.querySelectorAll('#text mark.sourcemark-%s'), (mark) => mark.textContent)"
    for label, texts in service.labelled().items():
        assert browser.evaluate(marks % label) == texts
    assert browser.painted() == {}
    assert shown(browser) == PARAGRAPHS[ARTICLE]


def test_back_leads_to_the_desk_where_the_text_still_is(browser: Browser, service: Service) -> None:
    enter(browser, service)
    read(browser, PARAGRAPHS[ARTICLE])
    browser.evaluate("history.back()")
    browser.when("!document.getElementById('desk').hidden")
    assert browser.painted() == {}
    assert browser.evaluate("document.getElementById('pasted').value") == "\n\n".join(PARAGRAPHS[ARTICLE])
    # and from there to another one
    other = max(PARAGRAPHS)
    show_example(browser, other)
    assert shown(browser) == PARAGRAPHS[other]
    assert browser.painted() == service.labelled()


def test_everything_can_be_done_by_keyboard(browser: Browser, service: Service) -> None:
    enter(browser, service)
    focused = "document.activeElement.id || document.activeElement.textContent"

    def tab_to(place: str) -> None:
        until(lambda: browser.press("Tab") or browser.evaluate(focused) == place)

    tab_to("pasted")
    pasted = json.dumps("\n\n".join(PARAGRAPHS[ARTICLE]))
    browser.evaluate(f"void (document.activeElement.value = {pasted})")
    tab_to("mark")
    browser.press("Enter")
    browser.when(MARKED)
    # reading goes on where the text begins; the tools stand before it
    assert browser.evaluate(focused) == "title"
    browser.evaluate("void document.querySelector('#room .actions a').focus()")
    tab_to("list")
    browser.press("Enter")
    shows(browser, "root.activeElement === root.querySelector('.list')")
    at = "root.querySelectorAll('.entries button').values().toArray().indexOf(root.activeElement)"
    until(lambda: browser.press("Tab") or browser.in_surface(at) == 0)
    browser.press("ArrowDown")
    shows(browser, f"{at} === 1")
    assert service.marked()[1]["reason"] in card(browser)
    browser.press("Enter")
    shows(browser, "root.activeElement === root.querySelector('.card')")
    browser.press("Escape")
    shows(browser, "root.querySelector('.card') === null")
    browser.press("Escape")
    until(lambda: browser.evaluate(SURFACE) is None)
    assert browser.evaluate(focused) == "list"


@pytest.mark.parametrize("path", ["/", f"/#{ARTICLE}", "/about-these-labels"])
def test_page_fits_a_phone(browser: Browser, service: Service, path: str) -> None:
    browser.resize(320, 640)
    browser.open(service.address + path)
    if "#" in path:
        browser.when(MARKED)
    assert browser.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = """Array.from(document.querySelectorAll(":is(header, main, nav, li, p) :is(a, button, input)"))
        .filter((each) => each.checkVisibility() && each.type !== "checkbox")
        .filter((each) => each.getBoundingClientRect().height < 24).map(({ outerHTML }) => outerHTML)"""
    assert browser.evaluate(sizes) == []


def test_labels_differ_by_their_lines_where_the_system_forces_its_colours(
    browser: Browser, service: Service
) -> None:
    browser.prefer("forced")
    enter(browser, service)
    show_example(browser, ARTICLE)
    lines = [browser.style(label, "text-decoration-style") for label in LABEL_IDS]
    assert sorted(lines) == ["dashed", "dotted", "solid"]


def test_extension_that_marks_the_room_has_it_to_itself(browser: Browser, service: Service) -> None:
    enter(browser, service)
    show_example(browser, ARTICLE)
    painted = browser.painted()
    mark(browser)
    browser.close_popup()
    told(browser, "Your Sourcemark extension marks this page now")
    assert browser.painted() == painted
    assert browser.evaluate("document.getElementById('tools').hidden")


def test_labels_are_explained_with_figures_of_the_running_model(browser: Browser, service: Service) -> None:
    enter(browser, service)
    browser.open(browser.evaluate("document.querySelector('nav [href^=\"/about\"]').href"))
    words = browser.evaluate("document.body.innerText")
    assert service.model.id in words
    assert "%" not in words
