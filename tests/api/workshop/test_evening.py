"""A whole workshop over real ports, in browsers without JavaScript, from the article to the empty folder."""

import csv
import io
from pathlib import Path

from flask import Flask
import pytest

from api.workshop.browser import Browser
from api.workshop.evening import ARTICLE, Evening, answer_all
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELS, OFFICIAL
from sourcemark.workshop.choices import NO_SOURCE
from sourcemark.workshop.plan import BANDS
from sourcemark.workshop.ready_made import read_ready_made
from sourcemark.workshop.stages import Stage

SENTENCES = 7


def test_a_room_goes_through_a_whole_workshop(evening: Evening, tmp_path: Path) -> None:
    desk = evening.open()
    assert "Go on: Label alone" in desk.html
    address = evening.let_in()
    assert f"{evening.keys.code} " in evening.projector().page.text

    room = [evening.join(address, f"127.0.0.{10 + number}") for number in range(5)]
    assert all("No name, no account." in each.page.text for each in room)
    assert "A second device reached this page." in evening.desk().text
    assert "5 take part." in evening.desk().text

    evening.go_on("Label alone")
    for number, each in enumerate(room):
        each.again()
        assert f"Sentence 1 of {SENTENCES}" in each.page.text
        assert answer_all(each, OFFICIAL if number < 3 else ANONYMOUS) == SENTENCES
        assert "All your answers are saved." in each.page.text
    assert "All 5 are done." in evening.desk().text

    evening.go_on("Talk in pairs")
    assert "Official statement" in room[0].again().text

    evening.go_on("Second answer")
    room[4].again()
    room[4].follow("Change")
    room[4].send("/answer", choice=[OFFICIAL, EYEWITNESS])

    evening.go_on("What the room says")
    shown = evening.projector().page.text
    assert "Split 3/2" not in shown
    assert "4 of 5: official statement" in shown
    assert "At first: 3 of 5: official statement" in shown
    assert (
        "You: O Official statement and E Eyewitness quote; at first: A Anonymous claim"
        in room[4].again().text
    )

    evening.go_on("What the tool says")
    for page in (evening.projector().page, room[0].again()):
        assert (
            "The tool is one more reader. Where it differs from the room, either may be wrong." in page.text
        )
        assert page.text.count("The tool:") == SENTENCES
        assert any(band in page.text for band in BANDS.values())
        assert "Room and tool agree." in page.text
    evening.desk()
    evening.facilitator.send("/note", "Save the note", note="the tool differs here", sentence="2")
    assert "Noted in the room: the tool differs here" in room[0].again().text

    evening.go_on("Debate")
    assert "What does this story do well?" in evening.projector().page.text

    evening.go_on("Last two questions")
    for each in room:
        each.again()
        each.send("/slip", easier="easier", look="yes")
        assert "Thank you." in each.page.text
        # a page that is loaded again does not ask again
        assert "Thank you." in each.again().text
    assert "easier: 5, about the same: 0, harder: 0" in evening.desk().text

    table = read_table(evening)
    assert len(table) == 2 * SENTENCES
    assert [row["facilitator_note"] for row in table if row["sentence_no"] == "2"] == [
        "the tool differs here"
    ] * 2
    assert {row["n"] for row in table} == {"5"}
    evening.desk()
    assert "Results: The old pier" in evening.facilitator.send("/running/results").text

    evening.desk()
    evening.facilitator.follow("End and delete …")
    assert "This cannot be undone." in evening.facilitator.page.text
    assert "The workshop has ended" in evening.facilitator.send("/end").text
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ConnectionRefusedError):
        room[0].again()


def test_one_screen_and_a_show_of_hands_give_the_same_sheet(evening: Evening) -> None:
    evening.open()
    evening.go_on("Label alone")
    evening.facilitator.follow("type the counts")

    page = evening.facilitator.send(
        "/count",
        **{
            f"1-{OFFICIAL}": "9",
            f"1-{NO_SOURCE}": "2",
            f"2-{ANONYMOUS}": "11",
            f"2-{OFFICIAL}": "8",
            "2-n": "11",
        },
    )

    assert "The counts are saved." in page.text
    evening.go_to("room-0")
    shown = evening.projector().page.text
    assert "9 of 11: official statement" in shown
    assert "11 of 11: anonymous claim; 8 of 11: official statement" in shown
    first = read_table(evening)[0]
    assert (first["n"], first["official"], first["no_source"]) == ("11", "9", "2")


def test_counts_that_cannot_be_are_told_and_stay_in_the_fields(evening: Evening) -> None:
    evening.open()
    evening.facilitator.follow("type the counts")
    for typed, said in [
        ({f"1-{OFFICIAL}": "many"}, "whole number"),
        ({f"1-{OFFICIAL}": "5", "1-n": "2"}, "people"),
    ]:
        page = evening.facilitator.send("/count", **typed)
        assert page.status == 422
        assert said in page.text
        assert f'value="{typed[f"1-{OFFICIAL}"]}"' in page.html


def test_two_people_at_one_screen_count_as_one_answer(evening: Evening) -> None:
    evening.open()
    browser = evening.join(people="2")
    assert "answering as two" in browser.page.text
    assert "2 people take part at 1 screen." in evening.desk().text


def test_two_articles_on_one_event_are_set_side_by_side(evening: Evening) -> None:
    evening.facilitator.open(f"{evening.address}/workshop")
    evening.facilitator.send(
        "/workshop/sentences",
        first__text=ARTICLE,
        first__title="One",
        second__text=ARTICLE,
        second__title="Other",
    )
    desk = evening.facilitator.send("/workshop/open")
    assert "What the room says (second article)" in desk.text

    page = evening.go_to("debate-1")

    assert "The two articles side by side" in page.text
    assert "side by side" in evening.projector().page.text


def test_an_article_that_comes_with_sourcemark_is_taken_with_a_choice(evening: Evening) -> None:
    evening.facilitator.open(f"{evening.address}/workshop")
    page = evening.facilitator.send(
        "/workshop/sentences", first__example="seed-harbour-fire", second__example=""
    )

    ticked = [value for name, value in page.form("/workshop/open").fields if name == "sentence"]

    assert 10 <= len(ticked) <= 15
    assert "Keep this page off the projector" in page.text


@pytest.mark.parametrize("ready", read_ready_made(), ids=lambda ready: ready.id)
def test_a_ready_made_workshop_needs_no_choice(evening: Evening, ready) -> None:  # type: ignore[no-untyped-def]
    evening.facilitator.open(f"{evening.address}/workshop")
    page = evening.facilitator.send("/workshop/sentences", ready=ready.id)
    assert [int(value) for name, value in page.form("/workshop/open").fields if name == "sentence"] == [
        each.candidate for each in ready.sentences
    ]

    desk = evening.facilitator.send("/workshop/open")

    assert ready.title in desk.text
    assert ready.goals[0] in evening.join().page.text
    evening.go_to(f"debate-{len(ready.articles) - 1}")
    assert ready.questions[0] in evening.projector().page.text


def test_every_page_has_a_heading_a_language_and_a_label_for_every_field(evening: Evening) -> None:
    evening.facilitator.open(f"{evening.address}/workshop")
    pages = [evening.facilitator.page, evening.open()]
    participant, projector = evening.join(), evening.projector()
    pages.append(evening.facilitator.follow("type the counts"))
    for stage in Stage:
        evening.go_to(f"{stage}-0") if stage is not Stage.WELCOME else evening.desk()
        pages += [evening.facilitator.page, participant.again(), projector.again()]
    for page in pages:
        assert page.status == 200
        tags = [tag for tag, _ in page.tags]
        assert tags.count("h1") == 1
        assert tags.count("main") == 1
        assert ("html", {"lang": "en"}) in page.tags
        named = {given.get("for") for tag, given in page.tags if tag == "label"}
        for tag, given in page.tags:
            assert not [name for name in given if name == "style" or name.startswith("on")]
            if tag in {"input", "select", "textarea"} and given.get("type") not in {
                "hidden",
                "checkbox",
                "radio",
            }:
                assert given.get("aria-label") or given.get("id") in named
        for file in page.files:
            assert Browser().open(file).status == 200


def read_table(evening: Evening) -> list[dict[str, str]]:
    evening.desk()
    page = evening.facilitator.follow("Results as a table (CSV)")
    assert page.headers["Content-Disposition"] == 'attachment; filename="workshop.csv"'
    assert page.html.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(page.html.removeprefix("\ufeff"))))


def test_the_words_of_the_pages_judge_nobody(app: Flask) -> None:
    banned = "true false fake reliable suspicious verified correct incorrect trust warning credible".split()
    folder = Path(str(app.blueprints["workshop"].root_path)) / "templates" / "workshop"
    for template in folder.rglob("*.html"):
        words = template.read_text(encoding="utf-8").lower().split()
        assert not set(banned) & {word.strip(".,:;“”()") for word in words}, template
    assert LABELS
