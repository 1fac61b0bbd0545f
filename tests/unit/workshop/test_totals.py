"""What the room answered, in words, the most divided first; and nothing of fewer than four answers."""

from collections.abc import Sequence

import pytest

from sourcemark.labels import ANONYMOUS, NONE, OFFICIAL, UNSURE
from sourcemark.workshop.choices import CANT_TELL, CHOICE_IDS, NO_SOURCE, OTHER_NAMED
from sourcemark.workshop.comparison import Comparison, compare, side_by_side
from sourcemark.workshop.plan import NOT_CHECKED
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import Keys
from sourcemark.workshop.store import Store
from sourcemark.workshop.totals import slip_totals, total_of, totals
from unit.workshop.workshops import answer_as, plan_with, state_of

OFF, ANON, EYE, NAMED, NOBODY, CANT = ([choice] for choice in CHOICE_IDS)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([ANON] * 11 + [OFF] * 3, "11 of 14: anonymous claim"),
        ([OFF] * 6 + [ANON] * 5 + [EYE] * 3, "split 6/5/3"),
        ([OFF] * 7 + [ANON] * 7, "split 7/7"),
        ([EYE] * 4, "4 of 4: eyewitness quote"),
        (
            [[OFFICIAL, ANONYMOUS]] * 9 + [OFF] * 4 + [CANT],
            "13 of 14: official statement; 9 of 14: anonymous claim",
        ),
        ([[OFFICIAL, ANONYMOUS]] * 7 + [NAMED] * 7, "split 7/7/7"),
        ([NOBODY] * 3 + [NAMED], "3 of 4: no source"),
        ([CANT] * 5, "5 of 5: can't tell"),
        ([NAMED] * 5 + [OFF], "5 of 6: another named source"),
        ([OFF] * 3, "fewer than 4 answers"),
        ([], "fewer than 4 answers"),
    ],
)
def test_a_total_in_words(store: Store, keys: Keys, answers: Sequence[Sequence[str]], words: str) -> None:
    answer_as(store, keys.facilitator, answers)
    state = state_of(store)
    assert total_of(state, state.plan.sentences[0], 1).words == words


def test_the_most_divided_sentence_comes_first_and_hidden_ones_last(store: Store, keys: Keys) -> None:
    for number, answers in enumerate(
        (
            [ANON] * 6,
            [ANON] * 3,
            [ANON, OFF, EYE, NOBODY, CANT, NAMED],
            [ANON, ANON, ANON, OFF, OFF, EYE],
            [],
        ),
        1,
    ):
        answer_as(store, keys.facilitator, answers, number)
    assert [total.number for total in totals(state_of(store), 1)] == [3, 4, 1, 2, 5]


def test_of_fewer_than_four_answers_nothing_is_said(store: Store, keys: Keys) -> None:
    answer_as(store, keys.facilitator, [ANON, ANON, ANON])
    state = state_of(store)
    total = total_of(state, state.plan.sentences[0], 1)
    assert (total.n, total.counts, total.leading, total.agreement) == (None, None, (), 0.0)
    assert compare(state.plan.sentences[0], total) is Comparison.HIDDEN


def test_three_from_the_web_and_one_by_hand_are_four(store: Store, keys: Keys) -> None:
    answer_as(store, keys.facilitator, [ANON, ANON, ANON])
    store.tally(keys.facilitator, 1, 1, {ANONYMOUS: 1})
    state = state_of(store)
    assert total_of(state, state.plan.sentences[0], 1).words == "4 of 4: anonymous claim"


@pytest.mark.parametrize(
    ("tool", "answers", "comparison"),
    [
        (OFFICIAL, [OFF] * 5, Comparison.AGREE),
        (OFFICIAL, [[OFFICIAL, ANONYMOUS]] * 5, Comparison.AGREE),
        (OFFICIAL, [ANON] * 5, Comparison.DIFFERS),
        (OFFICIAL, [NOBODY] * 5, Comparison.DIFFERS),
        (OFFICIAL, [OFF, OFF, ANON, ANON], Comparison.SPLIT),
        (NONE, [NOBODY] * 5, Comparison.AGREE),
        (NONE, [NAMED] * 5, Comparison.AGREE),
        (NONE, [EYE] * 5, Comparison.DIFFERS),
        (NONE, [CANT] * 5, Comparison.DIFFERS),
        (UNSURE, [OFF] * 5, Comparison.TOOL_UNSURE),
        (UNSURE, [CANT] * 5, Comparison.AGREE),
        (UNSURE, [OFF, OFF, ANON, ANON], Comparison.SPLIT),
        (NOT_CHECKED, [OFF] * 5, Comparison.NOT_CHECKED),
        (OFFICIAL, [OFF] * 3, Comparison.HIDDEN),
    ],
)
def test_the_tool_is_one_more_reader(
    store: Store, tool: str, answers: Sequence[Sequence[str]], comparison: Comparison
) -> None:
    keys = store.open(plan_with(tool))
    answer_as(store, keys.facilitator, answers)
    state = state_of(store)
    sentence = state.plan.sentences[0]
    assert compare(sentence, total_of(state, sentence, 1)) is comparison


def test_two_articles_side_by_side_in_numbers_of_sentences(store: Store) -> None:
    keys = store.open(plan_with(OFFICIAL, ANONYMOUS, NONE, UNSURE, OFFICIAL, OFFICIAL, articles=2))
    people = [store.join(keys.code) for _ in range(4)]
    store.move(keys.facilitator, Stage.ALONE, 0)
    for person, divided in zip(people, (OFF, ANON, EYE, NOBODY), strict=True):
        store.answer_all(person, {1: [OFFICIAL, ANONYMOUS], 2: divided})
    store.move(keys.facilitator, Stage.ALONE, 1)
    for person in people:
        store.answer_all(person, {4: [NO_SOURCE], 5: [OTHER_NAMED], 6: [NO_SOURCE]})
    first, second = side_by_side(state_of(store))
    assert (first.sentences, first.split, first.hidden) == (3, 1, 1)
    assert dict(first.room) == {OFFICIAL: 1, ANONYMOUS: 1}
    assert dict(first.tool) == {OFFICIAL: 1, ANONYMOUS: 1, NONE: 1}
    assert (second.sentences, second.split, second.hidden) == (3, 0, 0)
    assert dict(second.room) == {NO_SOURCE: 2, OTHER_NAMED: 1}
    assert dict(second.tool) == {UNSURE: 1, OFFICIAL: 2}


def test_exit_slips_of_fewer_than_four_people_stay_hidden(store: Store, keys: Keys) -> None:
    people = [store.join(keys.code) for _ in range(4)]
    store.move(keys.facilitator, Stage.EXIT)
    for person in people:
        store.hand_in(person, {"easier": "harder"} | ({} if person is people[0] else {"look": "yes"}))
    assert slip_totals(state_of(store)) == {"easier": {"easier": 0, "same": 0, "harder": 4}, "look": None}


def test_no_words_of_ours_judge(store: Store) -> None:
    judging = {"true", "false", "fake", "reliable", "suspicious", "verified", "correct", "incorrect"}
    words = " ".join(comparison.value for comparison in Comparison) + CANT_TELL
    assert judging.isdisjoint(words.lower().split())
