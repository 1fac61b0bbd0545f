"""Nobody in the room learns early what the tool says, or what the others answered.

Two workshops that differ only in what is to stay secret are walked through in step. As long as the stage does
not show it, every page of every route that the room has must be the same in both, byte for byte.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
import re
from urllib.parse import quote

from flask.testing import FlaskClient
import pytest

from api.workshop.browser import Browser
from api.workshop.evening import Evening
from sourcemark.labeler import Labeler
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELLED, NONE, OFFICIAL, UNSURE
from sourcemark.settings import Settings
from sourcemark.web.app import create_app
from sourcemark.web.workshop import Workshop, room_app, workshop_of
from sourcemark.workshop.choices import CANT_TELL, NO_SOURCE, OTHER_NAMED
from sourcemark.workshop.plan import (
    CLEAR,
    LIKELY,
    NOT_CHECKED,
    NOT_SURE,
    Plan,
    PlannedArticle,
    PlannedSentence,
)
from sourcemark.workshop.stages import Stage, steps

TEXTS = ("The authority closed the pier.", "Someone spoke.", "It rained.", "Boats land here.")
HOST = "room.example"

Step = tuple[Stage, int]


def planned(tool: Sequence[tuple[str | None, str, str | None]], word: str) -> Plan:
    """Return a plan on two articles of four sentences, of which the tool says `tool`."""
    article = PlannedArticle("The old pier", (" ".join(TEXTS),), "The Gannet", "CC0")
    sentences = []
    for index in range(2):
        start = 0
        for text, (label, state, band) in zip(TEXTS, tool, strict=True):
            number = len(sentences) + 1
            end = start + len(text)
            sentences.append(
                PlannedSentence(number, index, text, label, state, band, (word,), f"{word}.", 0, start, end)
            )
            start = end + 1
    return Plan("Two piers", (article, replace(article, title="The new pier")), tuple(sentences), word)


ONE = planned(
    [
        (OFFICIAL, LABELLED, CLEAR),
        (None, NONE, LIKELY),
        (None, UNSURE, NOT_SURE),
        (EYEWITNESS, LABELLED, LIKELY),
    ],
    "reasonone",
)
OTHER = planned(
    [
        (None, NOT_CHECKED, None),
        (ANONYMOUS, LABELLED, CLEAR),
        (OFFICIAL, LABELLED, LIKELY),
        (None, NONE, CLEAR),
    ],
    "reasonother",
)


class Room:
    """A workshop seen through the door, with five people in it of whom the first looks around."""

    def __init__(self, folder: Path, plan: Plan, labeler: Labeler) -> None:
        self.workshop: Workshop = workshop_of(create_app(Settings(state_folder=str(folder)), labeler))
        self.store = self.workshop.store
        self.keys = self.store.open(plan)
        self.people = [self.store.join(self.keys.code) for _ in range(5)]
        self.app = room_app(self.workshop, [HOST])

    def go(self, step: Step) -> None:
        self.store.move(self.keys.facilitator, *step)

    def answer(self, choices: Sequence[Sequence[str]]) -> None:
        """Let everybody answer all that is asked; the first as ever, the others as they like."""
        state = self.workshop.state()
        if state.stage.answers_round is None:
            return
        numbers = [sentence.number for sentence in state.sentences]
        self.store.answer_all(self.people[0], dict.fromkeys(numbers, (OFFICIAL, ANONYMOUS)))
        for person, ticked in zip(self.people[1:], choices, strict=True):
            self.store.answer_all(person, dict.fromkeys(numbers, ticked))

    def walk(self) -> dict[str, str]:
        """Return what every route answers to GET, and to a POST of everything that a form may hold."""
        client: FlaskClient = self.app.test_client()
        found = {}
        for rule in self.app.url_map.iter_rules():
            for path in self.paths(rule.rule):
                for query in (
                    "",
                    "?sentence=2",
                    "?sentence=6",
                    "?said=moved",
                    f"?code={self.keys.code}",
                ):
                    found[f"GET {rule.rule} {query[:5]}"] = self.words(client, "GET", path + query)
                if "POST" in (rule.methods or ()) and rule.rule != "/w":
                    # an answer that is refused shows a page too
                    for form in ({}, {"sentence": "2"}, {"sentence": "99", "choice": "no_source"}):
                        found[f"POST {rule.rule} {form}"] = self.words(client, "POST", path, form)
        return found

    def paths(self, rule: str) -> Iterator[str]:
        secret = self.keys.projector if rule.startswith("/workshop/p/") else self.people[0]
        names = ["workshop.css", "live.js", "icon.svg"]
        yield from (
            [rule.replace("<name>", name) for name in names]
            if "<name>" in rule
            else [rule.replace("<secret>", secret)]
        )

    def words(self, client: FlaskClient, method: str, path: str, form: dict[str, str] | None = None) -> str:
        response = client.open(path, method=method, data=form, headers={"Host": HOST, "Accept": "text/html"})
        text = f"{response.status}\n{response.headers}\n{response.text}"
        # what is drawn by lot in each workshop
        for secret in (*self.people, self.keys.projector, self.keys.code):
            text = text.replace(secret, "…")
        return re.sub(r"(Content-Length|Date): .*", "", re.sub(r"(-\d)-[0-9a-f]{8}\b", r"\1-…", text))


ALIKE = [[NO_SOURCE]] * 4
APART = [[OTHER_NAMED], [CANT_TELL], [EYEWITNESS, NO_SOURCE], [OFFICIAL]]


def rooms(tmp_path: Path, labeler: Labeler, one: Plan, other: Plan) -> tuple[Room, Room]:
    return Room(tmp_path / "one", one, labeler), Room(tmp_path / "other", other, labeler)


def test_no_route_of_the_room_shows_what_the_tool_says_before_its_stage(
    tmp_path: Path, fast: Labeler
) -> None:
    one, other = rooms(tmp_path, fast, ONE, OTHER)
    shown = set()
    for step in steps(2):
        for room in (one, other):
            room.go(step)
            room.answer(APART)
        first, second = one.walk(), other.walk()
        if step[0].shows_tool:
            shown.add(step)
            assert first != second
        else:
            assert first == second, step
            assert "reasonone" not in str(first)
    # while the room labels the second article, what the tool said of the first is out of sight again
    assert shown == {(Stage.TOOL, 0), (Stage.TOOL, 1), (Stage.DEBATE, 1), (Stage.EXIT, 1)}


def test_no_route_of_the_room_shows_what_others_answered_before_its_stage(
    tmp_path: Path, fast: Labeler
) -> None:
    one, other = rooms(tmp_path, fast, ONE, ONE)
    for step in steps(2):
        one.go(step)
        other.go(step)
        one.answer(ALIKE)
        other.answer(APART)
        first, second = one.walk(), other.walk()
        assert (first != second) == step[0].shows_totals, step


def test_going_back_hides_again_what_was_shown(tmp_path: Path, fast: Labeler) -> None:
    one, other = rooms(tmp_path, fast, ONE, OTHER)
    for room in (one, other):
        room.go((Stage.TOOL, 0))
        room.go((Stage.ALONE, 0))
    assert one.walk() == other.walk()


def test_the_facilitator_sees_no_totals_either_before_the_room_does(evening: Evening) -> None:
    evening.open()
    people = [evening.join() for _ in range(5)]
    evening.go_on("Label alone")
    for person in people:
        evening.workshop.store.answer_all(
            secret_of(person.page.address), dict.fromkeys(range(1, 8), (OFFICIAL,))
        )
    before = evening.desk()
    assert "All 5 are done." in before.text
    assert "5 of 5: official statement" not in before.text
    table = evening.facilitator.open(f"{before.address}/results.csv")
    assert table.status == 404
    assert "The results are there from “What the room says” on." in table.text
    evening.go_to("room-0")
    assert "5 of 5: official statement" in evening.desk().text


def test_answers_of_three_people_stay_hidden(evening: Evening) -> None:
    evening.open()
    people = [evening.join() for _ in range(3)]
    evening.go_on("Label alone")
    for person in people:
        evening.workshop.store.answer_all(
            secret_of(person.page.address), dict.fromkeys(range(1, 8), (OFFICIAL,))
        )
    evening.go_to("room-0")
    for page in (people[0].again(), evening.projector().page, evening.desk()):
        assert page.text.count("Fewer than 4 answers") >= 7
        assert "3 of 3" not in page.text


def secret_of(address: str) -> str:
    return address.rpartition("/")[2].partition("?")[0]


@pytest.mark.parametrize("secret", ["nothing", "é", "x" * 500])
def test_a_secret_that_is_none_opens_nothing(evening: Evening, secret: str) -> None:
    evening.open()
    for path in ("/w/", "/workshop/p/", "/workshop/f/"):
        for rest in ("", "/live"):
            assert Browser().open(evening.address + quote(path + secret + rest)).status == 404
