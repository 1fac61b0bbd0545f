"""A service that answers rubbish: nothing is executed, nothing wrong is painted, and the reader is told."""

from collections.abc import Callable, Iterator
from functools import partial
import json
import re

import pytest

from browser import giving
from browser.browser import Browser
from browser.hostile import PAYLOAD, Blocks, Hostile, answer, hostile, response, sentence
from browser.popup import READY, counts, look, mark, words
from browser.remote import DEADLINE
from browser.report import PAGE, passages, report
from browser.seeds import PARAGRAPHS
from browser.service import Service
from browser.surface import card, open_list, press_in

ARTICLE = min(PARAGRAPHS)

# what markup would have become in a page of the extension
MARKUP = "document.querySelectorAll('img[src=x], script:not([src])').length"

UNREADABLE = "is not a Sourcemark service"
UNREACHABLE = "service is not running"

RUBBISH: dict[str, tuple[Callable[[Blocks], bytes], str]] = {
    "nothing": (lambda blocks: response(b""), UNREADABLE),
    "a web page": (lambda blocks: response(PAYLOAD.encode(), Content_Type="text/html"), UNREADABLE),
    "half of an answer": (lambda blocks: response(b'{"offsets": "utf-16", "sentences": [{'), UNREADABLE),
    "bytes of no encoding": (lambda blocks: response(b"\xff\xfe\x00{"), UNREADABLE),
    "null": (lambda blocks: response(b"null"), UNREADABLE),
    "deep nesting": (lambda blocks: response(b"[" * 100_000 + b"]" * 100_000), UNREADABLE),
    "offsets in another unit": (
        lambda blocks: answer([sentence(blocks[0])], offsets="code-point"),
        UNREADABLE,
    ),
    "only labels never announced": (
        lambda blocks: answer([sentence(block, "lie") for block in blocks]),
        UNREADABLE,
    ),
    "fewer bytes than promised": (
        lambda blocks: response(b"{", Content_Length="1000"),
        UNREACHABLE,
    ),
    # Firefox takes it for HTTP/0.9, an answer without any head
    "no HTTP": (lambda blocks: b"SSH-2.0-OpenSSH_9.9\r\n\r\n" * 40, f"{UNREACHABLE}|{UNREADABLE}"),
    "the way to somewhere else": (
        lambda blocks: response(b"", "307 Temporary Redirect", Location="http://page.test/"),
        UNREACHABLE,
    ),
    "a refusal full of markup": (
        lambda blocks: response(json.dumps({"title": PAYLOAD}).encode(), "400 Bad Request"),
        "did not take this page",
    ),
    "an error without words": (
        lambda blocks: response(PAYLOAD.encode(), "500 Internal Server Error"),
        UNREADABLE,
    ),
}


@pytest.fixture(name="rogue")
def hostile_service(browser: Browser, service: Service) -> Iterator[Hostile]:
    """The hostile service, in the place of the real one."""
    with hostile() as running:
        browser.open(running.article(ARTICLE))
        look(browser)
        browser.in_popup(f"chrome.storage.local.set({{ serviceAddress: '{running.address}' }})")
        yield running
        running.released.set()
        look(browser)
        browser.in_popup(f"chrome.storage.local.set({{ serviceAddress: '{service.address}' }})")


def test_rubbish_paints_nothing_and_is_told(browser: Browser, rogue: Hostile) -> None:
    for what, (said, told) in RUBBISH.items():
        rogue.answer = said
        mark(browser)
        assert re.search(told, words(browser)), what
        assert counts(browser) is None, what
        assert browser.in_popup(MARKUP) == 0, what
        assert browser.painted() == {}, what
        assert not has_run(browser), what


def test_only_what_makes_sense_is_painted_and_the_rest_is_counted(browser: Browser, rogue: Hostile) -> None:
    def mixed(blocks: Blocks) -> bytes:
        first, second, third = blocks[:3]
        return answer(
            [
                sentence(first, "eyewitness_quote"),
                sentence(first, "official_statement"),
                sentence(second, "lie"),
                sentence(second, "constructor"),
                sentence(second, end=10**6),
                sentence(second, start=-5),
                sentence(second, start=2**53),
                sentence(second, start="0"),
                sentence({"id": "nobody", "text": "Nothing."}),
                sentence(third, "anonymous_claim"),
                *[None, [], "sentence", 7, {}],
            ]
        )

    rogue.answer = mixed
    mark(browser)
    first, _, third = sent(rogue)[:3]
    assert painted(browser) == {"eyewitness_quote": [first], "anonymous_claim": [third]}
    shown = browser.in_popup("document.getElementById('unchecked').innerText")
    assert "13 sentences" in shown


def test_answer_that_says_everything_twice_is_painted_once(browser: Browser, rogue: Hostile) -> None:
    rogue.answer = lambda blocks: answer([sentence(block) for block in blocks for _ in range(2)])
    mark(browser)
    assert painted(browser) == {"official_statement": sent(rogue)}


def test_second_answer_behind_the_first_is_not_heard(browser: Browser, rogue: Hostile) -> None:
    rogue.answer = lambda blocks: (
        answer([sentence(blocks[0])]) + answer([sentence(block, "anonymous_claim") for block in blocks])
    )
    mark(browser)
    assert painted(browser) == {"official_statement": sent(rogue)[:1]}


def test_late_answer_is_not_painted_on_a_text_that_has_changed(browser: Browser, rogue: Hostile) -> None:
    def about_the_old_text(blocks: Blocks) -> bytes:
        return answer([sentence(block) for block in blocks if "withdrawn" not in block["text"]])

    rogue.answer = about_the_old_text
    rogue.hold()
    look(browser)
    browser.in_popup("document.getElementById('mark').click()")
    assert rogue.asked.wait(DEADLINE)
    browser.evaluate("""document.querySelectorAll("p, li, h2, h3, h4, figcaption").forEach(
        (block) => { block.textContent = "The council has withdrawn this report since."; })""")
    rogue.released.set()
    browser.when_popup(READY)
    assert browser.painted() == {}
    assert "The page changed while it was being read" in words(browser)


def test_markup_in_every_string_stays_text(browser: Browser, rogue: Hostile) -> None:
    rogue.answer = lambda blocks: answer(
        [
            sentence(
                block,
                ["official_statement", "anonymous_claim", "eyewitness_quote"][index % 3],
                scores={PAYLOAD: 1, "official_statement": 0.9},
                speaker={"name": PAYLOAD, "named": True},
                evidence=[{"kind": PAYLOAD, "block": PAYLOAD, "start": 0, "end": 1}],
                reason=PAYLOAD,
            )
            for index, block in enumerate(blocks)
        ],
        model={"name": PAYLOAD, "version": PAYLOAD, "id": PAYLOAD},
        summary={PAYLOAD: PAYLOAD},
        skipped=[{"block": PAYLOAD, "reason": PAYLOAD}],
    )
    mark(browser)
    assert sum(map(len, browser.painted().values())) == len(sent(rogue))
    assert not has_run(browser)
    assert browser.in_popup(MARKUP) == 0

    # the list and the card, which is opened from there
    open_list(browser)
    press_in(browser, ".entries button")
    assert PAYLOAD in card(browser)
    assert browser.in_surface("root.querySelectorAll('img, script').length") == 0
    assert not has_run(browser)

    report(browser)
    assert sum(map(len, passages(browser).values())) == len(sent(rogue))
    assert browser.in_own_page(PAGE, MARKUP) == 0
    assert PAYLOAD.split("<")[0] in browser.in_own_page(PAGE, "document.getElementById('model').textContent")
    browser.close_own_page(PAGE)


def test_rubbish_about_a_correction_stays_text_and_is_told(browser: Browser, rogue: Hostile) -> None:
    model = {"name": "en", "version": "1", "id": "0123456789ab"}
    refusal = response(
        json.dumps({"title": PAYLOAD, "detail": PAYLOAD}).encode(), "422 Unprocessable Content"
    )
    receipt = response(json.dumps({"id": PAYLOAD}).encode(), "201 Created")
    labelled = partial(sentence, label=giving.LABEL)

    for answered, told in ((refusal, PAYLOAD), (receipt, "It may have been given or not.")):
        rogue.answer = lambda blocks, said=answered: (
            answer([*map(labelled, blocks)], model=model) if blocks else said
        )
        mark(browser)
        browser.close_popup()
        giving.disagree(browser)
        giving.preview(browser)
        press_in(browser, giving.GIVE)
        giving.told(browser, told)
        assert browser.in_surface("root.querySelectorAll('img, script').length") == 0
        assert not has_run(browser)
        browser.press("Escape")


def sent(rogue: Hostile) -> list[str]:
    """Return the texts of the blocks that were sent last, without blanks."""
    return [without_blanks(block["text"]) for block in rogue.blocks]


def painted(browser: Browser) -> dict[str, list[str]]:
    """Return the marked texts by label id, without blanks."""
    return {label: [*map(without_blanks, texts)] for label, texts in browser.painted().items()}


def without_blanks(text: str) -> str:
    # a line break element has no text of its own in a range
    return re.sub(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+", "", text)


def has_run(browser: Browser) -> bool:
    """Whether markup of the service has become part of the page."""
    return browser.evaluate(
        "'executed' in document.documentElement.dataset || document.querySelector('img[src=x]') !== null"
    )
