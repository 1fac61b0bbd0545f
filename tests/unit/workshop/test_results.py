"""Results as a file for spreadsheets: accents stay, formulas do not run, small groups stay hidden."""

import csv
from dataclasses import replace
import io

import pytest

from sourcemark.labels import ANONYMOUS, NONE, OFFICIAL, UNSURE
from sourcemark.workshop.choices import OTHER_NAMED
from sourcemark.workshop.comparison import Comparison
from sourcemark.workshop.plan import NOT_CHECKED, PlannedArticle
from sourcemark.workshop.results import COLUMNS, csv_file, result_rows
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import Keys
from sourcemark.workshop.store import Store
from unit.workshop.workshops import PLAN, answer_as, plan_with, state_of


def rows_of(file: bytes) -> list[dict[str, str]]:
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_a_row_for_each_sentence_and_round_with_the_totals_of_the_screen(store: Store, keys: Keys) -> None:
    answer_as(store, keys.facilitator, [[ANONYMOUS]] * 4 + [[OFFICIAL, ANONYMOUS]] * 3)
    store.tally(keys.facilitator, 1, 2, {OTHER_NAMED: 5, OFFICIAL: 2}, n=6)
    store.note(keys.facilitator, 1, "Ask who “they” are.")
    rows = rows_of(csv_file(state_of(store)))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["sentence_no"], row["round"]) for row in rows] == [
        (str(number), str(round)) for number in range(1, 6) for round in (1, 2)
    ]
    assert rows[0] | {"date": ""} == {
        "date": "",
        "article_title": "The lock at Ostrel",
        "source": "The Daily Gannet",
        "licence": "CC0 1.0",
        "sentence_no": "1",
        "sentence": PLAN.sentences[0].text,
        "round": "1",
        "n": "7",
        "official": "3",
        "anonymous": "7",
        "eyewitness": "0",
        "other_named": "0",
        "no_source": "0",
        "cant_tell": "0",
        "tool_label": "Official statement",
        "tool_band": "Clear wording",
        "model_version": "en 1.0.0 (0123456789ab)",
        "facilitator_note": "Ask who “they” are.",
    }
    assert (rows[1]["n"], rows[1]["official"], rows[1]["other_named"]) == ("6", "2", "5")
    assert len(rows[0]["date"]) == 10


def test_fewer_than_four_answers_are_hidden_in_the_file_too(store: Store, keys: Keys) -> None:
    answer_as(store, keys.facilitator, [[ANONYMOUS]] * 3)
    row = rows_of(csv_file(state_of(store)))[0]
    assert row["n"] == "fewer than 4"
    assert {row[column] for column in COLUMNS[8:14]} == {""}


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("http://x","y")', "-"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_can_act_as_a_formula(store: Store, formula: str) -> None:
    plan = plan_with(OFFICIAL)
    sentence = replace(plan.sentences[0], text=formula)
    article = PlannedArticle(formula, (formula,), formula, formula)
    keys = store.open(replace(plan, title=formula, articles=(article,), sentences=(sentence,)))
    store.note(keys.facilitator, 1, f"{formula}x")
    (row,) = rows_of(csv_file(state_of(store)))
    for column in ("article_title", "source", "licence", "sentence"):
        assert row[column] == f"'{formula}"
    assert not row["facilitator_note"].startswith(tuple("=+-@\t\r\n＝"))


def test_accents_quotes_and_line_breaks_come_back_as_they_were(store: Store) -> None:
    text = '„Żółć“, sagte "Ana" Ruíz;\nund 😀 ging.'
    store.open(plan_with(OFFICIAL, text=text))
    (row,) = rows_of(csv_file(state_of(store)))
    assert row["sentence"] == f"1. {text}"


def test_ids_and_secrets_are_not_exported(store: Store, keys: Keys) -> None:
    secret = store.join(keys.code)
    state = state_of(store)
    file = csv_file(state).decode("utf-8-sig")
    assert not any(word in file for word in (secret, state.participants[0].id, keys.code, keys.facilitator))


def test_rows_for_the_sheet_say_the_tools_answer_in_words(store: Store) -> None:
    keys = store.open(plan_with(ANONYMOUS, NONE, UNSURE, NOT_CHECKED))
    answer_as(store, keys.facilitator, [[ANONYMOUS]] * 4)
    store.move(keys.facilitator, Stage.TOOL)
    rows = result_rows(state_of(store))
    assert [(row.tool, row.band) for row in rows] == [
        ("Anonymous claim", "Clear wording"),
        ("No source found", "Clear wording"),
        ("Not sure", ""),
        ("Not checked", ""),
    ]
    assert rows[0].comparison is Comparison.AGREE
    assert [total.words for total in rows[0].totals] == ["4 of 4: anonymous claim"]
