"""The facilitator's pack: what the sheets say, whom they are given to, and in which words."""

from pathlib import Path
import re
import tomllib

from flask import Flask
import pytest

from api.workshop.browser import Browser, Page
from api.workshop.evening import Evening, answer_all
from sourcemark.labels import ANONYMOUS, LABELS, OFFICIAL
from sourcemark.resources import folder
from sourcemark.web.workshop import run_sheet
from sourcemark.workshop.choices import CHOICES
from sourcemark.workshop.ready_made import ReadyMade, read_ready_made
from sourcemark.workshop.stages import Stage

WORKSHOPS = read_ready_made()
GENERAL = ["", "/guide", "/run-sheet-30", "/run-sheet-60", "/labels"]
OF_A_WORKSHOP = ["notes", "story", "answers"]
BANNED = {
    *("true false fake reliable unreliable suspicious verified correct incorrect".split()),
    *("trust warning credible score green red".split()),
}

each_workshop = pytest.mark.parametrize("workshop", WORKSHOPS, ids=lambda workshop: workshop.id)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


def sheet(evening: Evening, path: str) -> Page:
    page = Browser().open(f"{evening.address}/workshop/pack{path}")
    assert page.status == 200
    return page


def test_every_sheet_can_be_reached_from_the_list_and_back(evening: Evening) -> None:
    listed = {link.partition("/workshop/pack")[2] for link in sheet(evening, "").links.values()} - {""}
    wanted = {*GENERAL[1:], *(f"/{each.id}/{name}" for each in WORKSHOPS for name in OF_A_WORKSHOP)}
    assert listed == wanted
    for path in wanted:
        assert sheet(evening, path).links["All sheets"] == f"{evening.address}/workshop/pack"


def test_a_sheet_needs_nothing_from_elsewhere(evening: Evening) -> None:
    for path in (*GENERAL, f"/{WORKSHOPS[0].id}/answers"):
        page = sheet(evening, path)
        assert page.files
        for file in page.files:
            assert file.startswith(f"{evening.address}/")
            assert Browser().open(file).status == 200


@pytest.mark.parametrize(
    "path", ["/run-sheet-45", "/nothing", "/0-unknown/answers", "/1-after-the-flood/nothing"]
)
def test_a_sheet_that_does_not_exist_is_not_found(evening: Evening, path: str) -> None:
    assert Browser().open(f"{evening.address}/workshop/pack{path}").status == 404


@pytest.mark.parametrize("length", run_sheet.LENGTHS)
def test_a_run_sheet_fills_its_time_without_gaps(length: int) -> None:
    steps = run_sheet.timed(length)
    assert [step.start for step in steps] == [0, *(step.end for step in steps[:-1])]
    assert steps[-1].end == length


def test_the_long_run_sheet_has_every_stage_and_the_short_one_says_which_it_skips(evening: Evening) -> None:
    assert [step.step.stage for step in run_sheet.timed(60)] == list(Stage)
    assert run_sheet.left_out(30) == (Stage.PAIRS, Stage.SECOND)
    assert "Skip “Talk in pairs” and “Second answer”." in sheet(evening, "/run-sheet-30").text


def test_the_labels_are_explained_with_what_each_does_not_mean(evening: Evening) -> None:
    text = sheet(evening, "/labels").text
    for label in LABELS:
        assert label.name in text
        assert label.definition in text
        assert label.caution in text
    for choice in CHOICES:
        assert choice.name in text
        assert choice.meaning in text
    for blank in ("No source found", "Not sure", "Not checked"):
        assert f"{blank}:" in text


def test_how_often_the_tool_agrees_is_said_as_it_was_measured(evening: Evening, app: Flask) -> None:
    figures = app.extensions["sourcemark"].labeler.model.manifest["metrics"]["dev"]
    text = sheet(evening, "/labels").text
    assert f"on {figures['articles']} articles" in text
    assert f"about {round(10 * figures['precision_of_marks'])} in 10" in text
    assert "%" not in text


@each_workshop
def test_the_answer_sheet_has_two_boxes_for_every_choice_of_every_sentence(
    evening: Evening, workshop: ReadyMade
) -> None:
    page = sheet(evening, f"/{workshop.id}/answers")
    for sentence in workshop.sentences:
        assert sentence.text in page.text
        assert ("li", {"value": str(sentence.number)}) in page.tags
    for choice in CHOICES:
        assert page.text.count(choice.name) == len(workshop.sentences)
    rounds = [given["class"] for tag, given in page.tags if tag == "span" and given.get("class") == "ring"]
    # and one that explains it
    assert len(rounds) == len(CHOICES) * len(workshop.sentences) + 1


@each_workshop
def test_the_story_is_whole_and_numbers_the_chosen_sentences(evening: Evening, workshop: ReadyMade) -> None:
    text = sheet(evening, f"/{workshop.id}/story").text
    for sentence in workshop.sentences:
        assert f"[{sentence.number} {' '.join(sentence.text.split())}]" in text
    unnumbered = re.sub(r"\[\d+ |\]", "", text)
    for each in workshop.articles:
        for block in each.article.blocks:
            assert re.sub(r"\s", "", block) in re.sub(r"\s", "", unnumbered)


@each_workshop
def test_the_notes_have_goals_questions_and_what_to_ask(evening: Evening, workshop: ReadyMade) -> None:
    text = sheet(evening, f"/{workshop.id}/notes").text
    for words in (
        workshop.about,
        *workshop.goals,
        *workshop.questions,
        *(s.note for s in workshop.sentences),
    ):
        assert words in text


def test_no_sheet_judges(evening: Evening) -> None:
    for path in GENERAL:
        text = sheet(evening, path).text
        # said once for the whole product, on this sheet and on the page about the labels
        for label in LABELS:
            text = text.replace(label.caution, "")
        assert not words_of(text) & BANNED, path


def test_no_template_and_no_ready_made_workshop_judges(app: Flask) -> None:
    templates = Path(str(app.blueprints["workshop"].root_path)) / "templates" / "pack"
    for template in templates.glob("*.html"):
        assert not words_of(template.read_text(encoding="utf-8")) & BANNED, template.name
    for file in (folder("seeds") / "workshops").glob("*.toml"):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        notes = [s.get("note", "") for article in data["articles"] for s in article["sentences"]]
        said = " ".join([data["title"], data["about"], *data["goals"], *data["questions"], *notes])
        assert not words_of(said) & BANNED, file.name


def test_the_room_has_no_pack(evening: Evening) -> None:
    evening.open()
    room = evening.let_in().removesuffix("/w")
    for path in ("", "/guide", f"/{WORKSHOPS[0].id}/notes"):
        assert Browser().open(f"{room}/workshop/pack{path}").status == 404
    for name in ("answers", "results"):
        answer = Browser().post(f"{room}/workshop/pack/running/{name}", facilitator=evening.keys.facilitator)
        assert answer.status == 404


def test_the_running_workshops_answer_sheet_comes_from_the_desk_without_its_secret(evening: Evening) -> None:
    evening.open()
    evening.desk()
    page = evening.facilitator.send("/running/answers")
    assert page.status == 200
    # browsers print the address on the paper
    assert evening.keys.facilitator not in page.address
    assert evening.keys.facilitator not in page.html
    for sentence in evening.workshop.state().plan.sentences:
        assert sentence.text in page.text
        assert not sentence.reason or sentence.reason not in page.text


def test_the_results_are_on_a_sheet_once_the_room_has_seen_them(evening: Evening) -> None:
    evening.open()
    evening.go_on("Label alone")
    for number in range(5):
        answer_all(evening.join(), OFFICIAL if number < 3 else ANONYMOUS)
    early = Browser().post(results(evening), facilitator=evening.keys.facilitator)
    assert early.status == 404
    assert "3 of 5" not in early.text
    evening.go_to("tool-0")
    evening.desk()
    evening.facilitator.send("/note", sentence="1", note="The pier has two owners.")
    evening.desk()
    page = evening.facilitator.send("/running/results")
    state = evening.workshop.state()
    assert page.text.count("3 of 5: official statement") == len(state.plan.sentences)
    assert "The pier has two owners." in page.text
    assert state.plan.model in page.text
    assert "Room and tool agree" in page.text or "room and tool agree" in page.text
    assert evening.keys.facilitator not in page.address


def test_a_small_rooms_totals_stay_off_the_paper(evening: Evening) -> None:
    evening.open()
    evening.go_on("Label alone")
    for _ in range(3):
        answer_all(evening.join(), OFFICIAL)
    evening.go_to("room-0")
    page = Browser().post(results(evening), facilitator=evening.keys.facilitator)
    assert "ewer than 4 answers" in page.text
    assert "3 of 3" not in page.text


def test_nobody_else_gets_the_running_sheets(evening: Evening) -> None:
    address = f"{evening.address}/workshop/pack/running"
    for name in ("answers", "results"):
        assert Browser().post(f"{address}/{name}", facilitator="").status == 404
    evening.open()
    evening.go_to("tool-0")
    for name in ("answers", "results"):
        for secret in ("", "guess", evening.keys.projector, evening.keys.code):
            page = Browser().post(f"{address}/{name}", facilitator=secret)
            assert page.status == 404
            assert "The old pier" not in page.text


def test_two_articles_are_set_side_by_side_on_the_results(evening: Evening) -> None:
    last = WORKSHOPS[-1]
    evening.facilitator.open(f"{evening.address}/workshop")
    evening.facilitator.send("/workshop/sentences", "Take this workshop", ready=last.id)
    evening.facilitator.send("/workshop/open")
    evening.go_to("debate-1")
    page = Browser().post(results(evening), facilitator=evening.keys.facilitator)
    for number, each in zip(("First", "Second"), last.articles, strict=True):
        assert f"{number} article: {len(each.sentences)} sentences" in page.text
        assert each.article.title in page.text


def results(evening: Evening) -> str:
    return f"{evening.address}/workshop/pack/running/results"
