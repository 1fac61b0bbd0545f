"""Before its stage, the room is not given totals or the tool's answers, however far the answers are."""

import pytest

from sourcemark.labels import ANONYMOUS, NONE, OFFICIAL, UNSURE
from sourcemark.workshop.choices import CANT_TELL
from sourcemark.workshop.comparison import Comparison
from sourcemark.workshop.plan import NOT_CHECKED, Plan
from sourcemark.workshop.room import RoomView, room_view
from sourcemark.workshop.stages import PER_ARTICLE, Stage, steps
from sourcemark.workshop.state import Keys
from sourcemark.workshop.store import Store
from unit.workshop.workshops import TWO, plan_with, state_of

AT_AND_AFTER_ROOM = list(Stage)[list(Stage).index(Stage.ROOM) :]
AT_AND_AFTER_TOOL = list(Stage)[list(Stage).index(Stage.TOOL) :]


def answered(store: Store, plan: Plan = TWO, choice: str = ANONYMOUS) -> Keys:
    """Open a workshop on two articles, in which four people give one answer to everything."""
    keys = store.open(plan)
    people = [store.join(keys.code, people=2) for _ in range(4)]
    for article, numbers in ((0, (1, 2)), (1, (3, 4))):
        store.move(keys.facilitator, Stage.ALONE, article)
        for person in people:
            store.answer_all(person, {number: [choice] for number in numbers})
    store.note(keys.facilitator, 1, "The clerk is named later.")
    store.note(keys.facilitator, 3, "So is the witness.")
    return keys


@pytest.mark.parametrize(("stage", "article"), steps(2))
def test_each_stage_shows_no_more_than_it_may(store: Store, stage: Stage, article: int) -> None:
    keys = answered(store)
    store.move(keys.facilitator, stage, article)
    view = room_view(state_of(store))
    assert (view.stage, view.article, view.joined, view.people) == (stage, article, 4, 8)
    assert (view.totals is not None) == (stage in AT_AND_AFTER_ROOM)
    assert (view.tool is not None) == (view.notes is not None) == (stage in AT_AND_AFTER_TOOL)
    numbers = (
        []
        if stage is Stage.WELCOME
        else [1, 2, 3, 4]
        if stage not in PER_ARTICLE
        else [[1, 2], [3, 4]][article]
    )
    assert [sentence.number for sentence in view.sentences] == numbers
    assert sorted(view.tool or numbers) == numbers
    if view.totals:
        assert sorted(total.number for total in view.totals[1]) == numbers
        assert set(view.totals) == {1}
    assert (view.side_by_side is not None) == (stage in (Stage.DEBATE, Stage.EXIT))
    assert bool(view.questions) == (stage in (Stage.DEBATE, Stage.EXIT))
    assert len(view.articles) == (0 if stage is Stage.WELCOME else 1 if stage in PER_ARTICLE else 2)


def view_at(store: Store, stage: Stage, article: int, plan: Plan, choice: str) -> RoomView:
    """Return what the room sees at a stage; the workshop is over then."""
    keys = answered(store, plan, choice)
    store.move(keys.facilitator, stage, article)
    view = room_view(state_of(store))
    store.end(keys.facilitator)
    return view


@pytest.mark.parametrize(("stage", "article"), steps(2))
def test_before_its_stage_the_view_is_the_same_whatever_the_tool_says(
    store: Store, stage: Stage, article: int
) -> None:
    one = view_at(store, stage, article, plan_with(*[OFFICIAL] * 4, articles=2), ANONYMOUS)
    tool = (ANONYMOUS, UNSURE, NONE, NOT_CHECKED)
    other = view_at(store, stage, article, plan_with(*tool, articles=2), ANONYMOUS)
    assert (one == other) == (stage not in AT_AND_AFTER_TOOL)


@pytest.mark.parametrize(("stage", "article"), steps(2))
def test_before_its_stage_the_view_is_the_same_whatever_the_room_answered(
    store: Store, stage: Stage, article: int
) -> None:
    one = view_at(store, stage, article, TWO, ANONYMOUS)
    other = view_at(store, stage, article, TWO, CANT_TELL)
    assert (one == other) == (stage not in AT_AND_AFTER_ROOM)


def test_at_its_stage_the_tool_stands_beside_the_room(store: Store) -> None:
    keys = answered(store)
    store.move(keys.facilitator, Stage.TOOL, 0)
    view = room_view(state_of(store))
    assert view.tool is not None
    assert [view.tool[n].comparison for n in (1, 2)] == [Comparison.DIFFERS, Comparison.AGREE]
    assert view.tool[1].words == ("a clerk",)
    assert view.notes == {1: "The clerk is named later."}


def test_both_rounds_are_shown_where_both_were_held(store: Store) -> None:
    keys = answered(store)
    store.move(keys.facilitator, Stage.SECOND, 0)
    for _ in range(4):
        store.answer(store.join(keys.code), 1, [OFFICIAL])
    store.move(keys.facilitator, Stage.TOOL, 0)
    view = room_view(state_of(store))
    assert view.totals is not None and view.tool is not None
    assert {total.number: total.words for total in view.totals[1]}[1] == "4 of 4: anonymous claim"
    # four who kept their first answer, and four who came late
    assert {total.number: total.words for total in view.totals[2]}[1] == "split 4/4"
    assert view.tool[1].comparison is Comparison.SPLIT
    store.move(keys.facilitator, Stage.ROOM, 1)
    other = room_view(state_of(store))
    assert other.totals is not None and set(other.totals) == {1}


def test_two_articles_go_through_the_stages_one_after_the_other() -> None:
    assert steps(1) == tuple((stage, 0) for stage in Stage)
    assert steps(2) == (
        (Stage.WELCOME, 0),
        *((stage, 0) for stage in PER_ARTICLE),
        *((stage, 1) for stage in PER_ARTICLE),
        (Stage.DEBATE, 1),
        (Stage.EXIT, 1),
    )
    assert len({stage.heading for stage in Stage}) == len(Stage)
