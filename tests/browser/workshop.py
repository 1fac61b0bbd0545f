"""What the people of a workshop do, each in a tab of their own, and a workshop that was held already."""

import json

from browser.browser import Browser
from sourcemark.labeler import Labeler
from sourcemark.labels import ANONYMOUS, OFFICIAL
from sourcemark.workshop.choices import CANT_TELL, NO_SOURCE, OTHER_NAMED
from sourcemark.workshop.planning import plan_of
from sourcemark.workshop.ready_made import ReadyMade
from sourcemark.workshop.slip import SLIP
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import Keys
from sourcemark.workshop.store import Store

WORDS = "document.body.innerText"

_SPOT = """(() => {
    const [found] = [...document.querySelectorAll(%s)].filter((each) => each.textContent.includes(%s));
    found.scrollIntoView({ behavior: "instant", block: "center" });
    const { left, top, width, height } = found.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
})()"""

_MOST_TABS = 60


def point_at(tab: Browser, selector: str, words: str = "") -> None:
    """Click the first thing that a CSS selector finds and that has these words."""
    tab.click(*tab.evaluate(_SPOT % (json.dumps(selector), json.dumps(words))))


def press_button(tab: Browser, words: str) -> None:
    """Click the button, or the link, with these words."""
    point_at(tab, "button, a, summary", words)


def tab_to(tab: Browser, selector: str) -> None:
    """Press the tabulator key until what a CSS selector finds has the keyboard."""
    for _ in range(_MOST_TABS):
        tab.press("Tab")
        if tab.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
            return
    raise AssertionError(f"no way by the keyboard to {selector}")


def type_in(tab: Browser, text: str) -> None:
    """Type into what has the keyboard."""
    for key in text:
        tab.press(key)


def says(tab: Browser, words: str) -> None:
    """Wait until the page of a tab says these words, whichever page it is by then."""
    tab.arrive(f"{WORDS}.includes({json.dumps(words)})")


def heads(tab: Browser, words: str) -> None:
    """Wait until the page of a tab has this heading."""
    tab.arrive(f"document.querySelector('h1').textContent === {json.dumps(words)}")


def overflow(tab: Browser) -> int:
    """Return by how many pixels the page is wider than its window."""
    return tab.evaluate("document.documentElement.scrollWidth - innerWidth")


def hold(store: Store, labeler: Labeler, ready: ReadyMade, people: int = 14) -> tuple[Keys, list[str]]:
    """Let people answer everything, some of them another way; return the keys, and the people's secrets.

    From sentence to sentence all, most or half of them agree, and on some with one another and not with
    the tool. The workshop stays at its last stage, from where it can be moved to any.
    """
    numbers = [sentence.candidate for sentence in ready.sentences]
    articles = [each.article for each in ready.articles]
    plan = plan_of(
        labeler, articles, numbers, title=ready.title, goals=ready.goals, questions=ready.questions
    )
    keys = store.open(plan)
    room = [store.join(keys.code) for _ in range(people)]
    others = (OFFICIAL, NO_SOURCE, ANONYMOUS, OTHER_NAMED, CANT_TELL)
    for article in range(len(articles)):
        for stage, change in ((Stage.ALONE, 0), (Stage.SECOND, 1)):
            store.move(keys.facilitator, stage, article)
            for number, person in enumerate(room):
                for sentence in plan.of_article(article):
                    usual = sentence.label or NO_SOURCE
                    if sentence.number % 5 == 3:
                        usual = OFFICIAL if usual == ANONYMOUS else ANONYMOUS
                    differ = number < sentence.number * 5 % 11 - change
                    choice = others[(number + sentence.number) % 5] if differ else usual
                    store.answer(person, sentence.number, [choice])
    store.note(keys.facilitator, plan.sentences[1].number, "The room would ask the other side as well.")
    store.move(keys.facilitator, Stage.EXIT, len(articles) - 1)
    for person in room[1:]:
        store.hand_in(person, {question.id: next(iter(question.options)) for question in SLIP})
    return keys, room
