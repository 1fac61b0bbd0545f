"""A whole workshop in real browsers: a facilitator, a projector, and three people who take part."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from browser.browser import Browser
from browser.service import Service
from browser.workshop import WORDS, heads, overflow, point_at, press_button, says, tab_to, type_in

SENTENCES = 12
"""Of the first of the ready-made workshops."""
TOOL = "The tool is one more reader. Where it differs from the room, either may be wrong."


@dataclass
class Room:
    """Five tabs of one browser."""

    desk: Browser
    projector: Browser
    pointer: Browser
    """Takes part with a mouse or a finger."""
    keyboard: Browser
    """Takes part without a pointer."""
    plain: Browser
    """Takes part on a small telephone that runs no scripts."""

    @property
    def screens(self) -> tuple[Browser, ...]:
        """All that the room sees."""
        return self.projector, self.pointer, self.keyboard, self.plain

    def go_on(self, stage: str) -> None:
        """Press the facilitator's button, and wait until everybody is there."""
        press_button(self.desk, f"Go on: {stage}")
        self.desk.arrive(f"document.querySelector('[aria-current]').textContent === '{stage}'")
        # a page without scripts has a button in the place of the clock
        press_button(self.plain, "See whether the room has moved on")
        for screen in self.screens:
            screen.arrive(f"document.title.startsWith('{stage}')")
        assert overflow(self.plain) <= 0

    def read(self) -> list[str]:
        """Return what the room can read."""
        return [screen.evaluate(WORDS) for screen in self.screens]


@pytest.fixture
def room(browser: Browser, service: Service) -> Iterator[Room]:
    """A ready-made workshop with its door open, and nobody in it."""
    browser.open(f"{service.address}/workshop")
    press_button(browser, "Take this workshop")
    heads(browser, "Choose the sentences")
    press_button(browser, "Open the workshop")
    heads(browser, "After the flood")
    press_button(browser, "Let the room in")
    says(browser, "The room can reach this computer")
    with ExitStack() as tabs:
        screens = [tabs.enter_context(browser.tab()) for _ in range(3)]
        plain = tabs.enter_context(browser.tab(scripts=False))
        plain.resize(320, 640)
        yield Room(browser, *screens, plain)
    if (state := service.workshop.store.state()) is not None:
        service.workshop.end(state.keys.facilitator)


def test_a_room_goes_through_a_whole_workshop(room: Room, service: Service) -> None:
    come_in(room)
    answer_alone(room)
    answer_again(room)
    see_the_room(room)
    see_the_tool(room)
    debate_and_leave(room)
    assert list(service.folder.iterdir()) == []


def come_in(room: Room) -> None:
    desk = room.desk
    address, code = desk.evaluate(
        "['.address', '.big-code'].map((each) => document.querySelector(each).textContent)"
    )
    room.projector.open(desk.evaluate("document.querySelector('a[href*=\"/workshop/p/\"]').href"))
    assert room.projector.evaluate("document.querySelector('.big-code').textContent") == code

    # as a telephone's camera leads there
    room.pointer.open(f"{address}?code={code}")
    press_button(room.pointer, "Join")

    room.keyboard.open(address)
    tab_to(room.keyboard, "#code")
    type_in(room.keyboard, "AAAAAA")
    room.keyboard.press("Enter")
    says(room.keyboard, "This is not the code")
    # by the keyboard a field is entered with all of it selected
    tab_to(room.keyboard, "#code")
    type_in(room.keyboard, code.lower())
    room.keyboard.press("Enter")

    room.plain.open(address)
    assert overflow(room.plain) <= 0
    point_at(room.plain, "#code")
    type_in(room.plain, code)
    press_button(room.plain, "Join")

    for person in (room.pointer, room.keyboard, room.plain):
        heads(person, "You are in")
    assert overflow(room.plain) <= 0
    # the pages that wait say so by themselves
    says(room.projector, "3 take part.")
    says(desk, "3 take part.")


def answer_alone(room: Room) -> None:
    room.go_on("Label alone")
    for number in range(1, SENTENCES + 1):
        here = f"Sentence {number} of {SENTENCES}"
        if number == 5:
            # nothing is lost where a page is loaded again
            for tab in (room.desk, room.projector, room.pointer):
                tab.open(tab.evaluate("location.href"))
        for person in (room.pointer, room.plain):
            says(person, here)
            point_at(person, "label", "Official statement")
            press_button(person, "Save and go on")
        says(room.keyboard, here)
        tab_to(room.keyboard, "[value=anonymous_claim]")
        room.keyboard.press(" ")
        tab_to(room.keyboard, "button")
        room.keyboard.press("Enter")
    for person in (room.pointer, room.keyboard, room.plain):
        says(person, "All your answers are saved.")
    says(room.desk, "All 3 are done.")
    says(room.projector, "All 3 are done.")


def answer_again(room: Room) -> None:
    room.go_on("Talk in pairs")
    assert "Anonymous claim" in room.keyboard.evaluate(WORDS)
    assert "Anonymous claim" not in room.pointer.evaluate(WORDS)

    room.go_on("Second answer")
    tab_to(room.keyboard, "[aria-label='Change sentence 2']")
    room.keyboard.press("Enter")
    says(room.keyboard, f"Sentence 2 of {SENTENCES}")
    # the first answer stands there already
    assert room.keyboard.evaluate("document.querySelector('[value=anonymous_claim]').checked")
    tab_to(room.keyboard, "[value=official_statement]")
    room.keyboard.press(" ")
    tab_to(room.keyboard, "button")
    room.keyboard.press("Enter")
    heads(room.keyboard, "Second answer")
    for words in room.read():
        assert "of 3:" not in words
        assert "fewer than 4" not in words


def see_the_room(room: Room) -> None:
    room.go_on("What the room says")
    for screen in room.screens:
        assert screen.evaluate(f"{WORDS}.split('Fewer than 4 answers').length - 1") == SENTENCES
    says(room.keyboard, "at first: A Anonymous claim")

    # eleven more have raised their hands
    press_button(room.desk, "Type counts of hands or sheets")
    heads(room.desk, "Type counts of hands or sheets")
    press_button(room.desk, "Type round 2")
    says(room.desk, "Round 2, after talking.")
    point_at(room.desk, "[name='1-anonymous_claim']")
    type_in(room.desk, "11")
    press_button(room.desk, "Save the counts")
    says(room.desk, "The counts are saved.")
    for screen in (room.desk, room.projector, room.pointer, room.keyboard):
        says(screen, "12 of 14: anonymous claim")
    assert not [words for words in room.read() if "The tool:" in words]


def see_the_tool(room: Room) -> None:
    room.go_on("What the tool says")
    for words in room.read():
        assert TOOL in words
        assert words.count("The tool:") == SENTENCES
    assert "12 of 14: anonymous claim" in room.plain.evaluate(WORDS)
    point_at(room.desk, "#note-1")
    type_in(room.desk, "ask her")
    room.desk.press("Enter")
    says(room.desk, "The note is saved.")
    for screen in (room.projector, room.pointer, room.keyboard):
        says(screen, "Noted in the room: ask her")


def debate_and_leave(room: Room) -> None:
    room.go_on("Debate")
    for words in room.read():
        assert "What does this story do well?" in words

    room.go_on("Last two questions")
    tab_to(room.keyboard, "[name=easier]")
    room.keyboard.press(" ")
    tab_to(room.keyboard, "[name=look]")
    room.keyboard.press(" ")
    tab_to(room.keyboard, "button")
    room.keyboard.press("Enter")
    for person in (room.pointer, room.plain):
        point_at(person, "[name=easier]")
        point_at(person, "[name=look]")
        press_button(person, "Hand in")
    for person in (room.pointer, room.keyboard, room.plain):
        says(person, "Thank you.")

    press_button(room.desk, "End and delete …")
    heads(room.desk, "End and delete?")
    press_button(room.desk, "End and delete")
    heads(room.desk, "The workshop has ended")
    # whoever looks at the last page keeps it, and is told
    says(room.projector, "The workshop has ended. Its answers are deleted.")
    for person in (room.pointer, room.keyboard):
        says(person, "If it has ended, its answers are deleted")
    assert "To take with you" in room.plain.evaluate(WORDS)
