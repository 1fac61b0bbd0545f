"""A workshop from its opening to its end: who may do what when, and what is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import sqlite3
import stat

import pytest

from sourcemark.labels import ANONYMOUS, EYEWITNESS, OFFICIAL
from sourcemark.workshop.choices import CANT_TELL, CHOICE_IDS, NO_SOURCE
from sourcemark.workshop.errors import (
    ChoiceError,
    KeyRefusedError,
    NoWorkshopError,
    OpenAlreadyError,
    StageError,
    UnknownParticipantError,
    WorkshopError,
    WrongCodeError,
)
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.state import Answered, Keys
from sourcemark.workshop.store import Store
from unit.workshop.workshops import EVENING, PLAN, TWO, Clock, answer_as, state_of


def test_a_workshop_begins_with_its_plan_at_the_welcome(store: Store) -> None:
    assert store.state() is None
    keys = store.open(PLAN)
    state = state_of(store)
    assert (state.plan, state.keys, state.stage) == (PLAN, keys, Stage.WELCOME)
    assert (state.joined, state.people, state.done, state.round) == (0, 0, 0, 1)
    assert state.ends <= EVENING + 2 * 3600


def test_one_workshop_at_a_time(store: Store, keys: Keys) -> None:
    with pytest.raises(OpenAlreadyError, match="Go on with it, or end it"):
        store.open(PLAN)
    assert state_of(store).keys == keys


def test_the_file_is_its_owners_alone(store: Store, keys: Keys) -> None:
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("written", [str.lower, lambda code: f" {code[:3]}-{code[3:]} ", str])
def test_people_join_with_the_code_however_they_write_it(
    store: Store, keys: Keys, written: Callable[[str], str]
) -> None:
    secret = store.join(written(keys.code))
    assert store.participant(secret).answered == 0
    assert state_of(store).joined == 1


@pytest.mark.parametrize("code", ["", "AAAAA", "not the code", "ÄÖ😀\udc80"])
def test_a_wrong_code_lets_nobody_in(store: Store, keys: Keys, code: str) -> None:
    with pytest.raises(WrongCodeError, match="Compare it"):
        store.join(code)
    assert state_of(store).joined == 0


def test_two_at_one_screen_answer_as_one(store: Store, keys: Keys) -> None:
    pair = store.join(keys.code, people=2)
    store.join(keys.code)
    store.move(keys.facilitator, Stage.ALONE)
    store.answer(pair, 1, [OFFICIAL])
    state = state_of(store)
    assert (state.joined, state.people) == (2, 3)
    assert state.answered == {(1, 1): Answered(1, {OFFICIAL: 1})}


def test_a_participant_who_reloads_finds_the_answers_given(store: Store, keys: Keys) -> None:
    secret = store.join(keys.code)
    store.move(keys.facilitator, Stage.ALONE)
    store.answer_all(secret, {1: [OFFICIAL, ANONYMOUS], 2: [CANT_TELL]})
    assert store.answers(secret) == {1: {1: (OFFICIAL, ANONYMOUS), 2: (CANT_TELL,)}, 2: {}}
    assert store.participant(secret).answered == 2


def test_a_second_submit_takes_the_place_of_the_first(store: Store, keys: Keys) -> None:
    secret = store.join(keys.code)
    store.move(keys.facilitator, Stage.ALONE)
    for choices in ([OFFICIAL], [OFFICIAL], [NO_SOURCE]):
        store.answer(secret, 1, choices)
    assert state_of(store).answered == {(1, 1): Answered(1, {NO_SOURCE: 1})}


@pytest.mark.parametrize(
    ("choices", "word"),
    [
        ([], "Tick one answer"),
        ([OFFICIAL, ANONYMOUS, EYEWITNESS], "two answers at most"),
        (["gossip"], "not among the choices"),
        (["official_statement anonymous_claim"], "not among the choices"),
    ],
)
def test_an_answer_that_cannot_be_read_says_why(
    store: Store, keys: Keys, choices: list[str], word: str
) -> None:
    secret = store.join(keys.code)
    store.move(keys.facilitator, Stage.ALONE)
    with pytest.raises(ChoiceError, match=word):
        store.answer_all(secret, {2: [OFFICIAL], 1: choices})
    assert store.answers(secret)[1] == {}


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage.answers_round is None])
def test_answers_are_taken_at_two_stages_only(store: Store, keys: Keys, stage: Stage) -> None:
    secret = store.join(keys.code)
    store.move(keys.facilitator, stage)
    with pytest.raises(StageError, match="not taken at this stage"):
        store.answer(secret, 1, [OFFICIAL])


def test_done_counts_those_who_answered_everything(store: Store, keys: Keys) -> None:
    first, second = store.join(keys.code), store.join(keys.code)
    store.move(keys.facilitator, Stage.ALONE)
    store.answer_all(first, {number: [OFFICIAL] for number in range(1, 6)})
    store.answer_all(second, {number: [OFFICIAL] for number in range(1, 5)})
    assert state_of(store).done == 1
    assert sorted(each.answered for each in state_of(store).participants) == [4, 5]
    store.move(keys.facilitator, Stage.SECOND)
    assert state_of(store).done == 0


def test_a_first_answer_stands_where_the_second_round_changed_nothing(store: Store, keys: Keys) -> None:
    changes, stays, late = (store.join(keys.code) for _ in range(3))
    store.move(keys.facilitator, Stage.ALONE)
    for secret in (changes, stays):
        store.answer(secret, 1, [OFFICIAL])
    store.move(keys.facilitator, Stage.SECOND)
    store.answer(changes, 1, [ANONYMOUS])
    store.move(keys.facilitator, Stage.ROOM)
    state = state_of(store)
    assert state.answered[1, 1] == Answered(2, {OFFICIAL: 2})
    assert state.answered[2, 1] == Answered(2, {OFFICIAL: 1, ANONYMOUS: 1})
    assert state.round == 2
    assert store.answers(stays)[2] == {1: (OFFICIAL,)}
    assert store.answers(late) == {1: {}, 2: {}}


def test_a_second_round_that_nobody_used_was_not_held(store: Store, keys: Keys) -> None:
    secret = store.join(keys.code)
    store.move(keys.facilitator, Stage.ALONE)
    store.answer(secret, 1, [OFFICIAL])
    for stage in (Stage.SECOND, Stage.ROOM):
        store.move(keys.facilitator, stage)
    assert state_of(store).round == 1
    assert set(state_of(store).answered) == {(1, 1)}


def test_going_back_takes_nothing_away(store: Store, keys: Keys) -> None:
    secret = store.join(keys.code)
    store.move(keys.facilitator, Stage.ALONE)
    store.answer(secret, 1, [OFFICIAL])
    for stage in (Stage.ROOM, Stage.ALONE):
        store.move(keys.facilitator, stage)
    store.answer(secret, 2, [OFFICIAL])
    assert store.answers(secret)[1] == {1: (OFFICIAL,), 2: (OFFICIAL,)}


def test_two_articles_are_answered_one_after_the_other(store: Store) -> None:
    keys = store.open(TWO)
    secret = store.join(keys.code)
    store.move(keys.facilitator, Stage.ALONE, 0)
    store.answer_all(secret, {1: [OFFICIAL], 2: [OFFICIAL]})
    with pytest.raises(StageError, match="another article"):
        store.answer(secret, 3, [OFFICIAL])
    store.move(keys.facilitator, Stage.ALONE, 1)
    assert [sentence.number for sentence in state_of(store).sentences] == [3, 4]
    assert state_of(store).done == 0
    store.answer(secret, 3, [EYEWITNESS])
    assert store.answers(secret)[1] == {1: (OFFICIAL,), 2: (OFFICIAL,), 3: (EYEWITNESS,)}


@pytest.mark.parametrize(("stage", "article"), [(Stage.ALONE, 1), (Stage.ROOM, -1), (Stage.DEBATE, 3)])
def test_a_step_that_the_workshop_lacks_is_refused(
    store: Store, keys: Keys, stage: Stage, article: int
) -> None:
    with pytest.raises(StageError, match="no such stage"):
        store.move(keys.facilitator, stage, article)
    assert state_of(store).stage is Stage.WELCOME


@pytest.mark.parametrize(
    "act",
    [
        lambda store, secret: store.move(secret, Stage.TOOL),
        lambda store, secret: store.note(secret, 1, "x"),
        lambda store, secret: store.tally(secret, 1, 1, {OFFICIAL: 9}),
        lambda store, secret: store.drop(secret, store.state().participants[0].id),
        lambda store, secret: store.renew_code(secret),
        lambda store, secret: store.end(secret),
    ],
)
def test_only_the_facilitator_moves_writes_and_ends(
    store: Store, keys: Keys, act: Callable[[Store, str], object]
) -> None:
    participant = store.join(keys.code)
    before = store.state()
    for secret in (keys.projector, keys.code, participant, "", "é\udc80"):
        with pytest.raises(KeyRefusedError, match="Nothing was changed"):
            act(store, secret)
    assert store.state() == before


def test_a_dropped_participant_and_their_answers_are_gone(store: Store, keys: Keys) -> None:
    secret = store.join(keys.code)
    answer_as(store, keys.facilitator, [[OFFICIAL]])
    store.move(keys.facilitator, Stage.ALONE)
    dropped = store.participant(secret)
    store.answer(secret, 1, [ANONYMOUS])
    store.drop(keys.facilitator, dropped.id)
    assert state_of(store).answered == {(1, 1): Answered(1, {OFFICIAL: 1})}
    with pytest.raises(UnknownParticipantError, match="Enter the code again"):
        store.answer(secret, 1, [ANONYMOUS])
    with pytest.raises(UnknownParticipantError):
        store.drop(keys.facilitator, dropped.id)


def test_with_a_new_code_the_old_one_is_worth_nothing_and_everybody_stays(store: Store, keys: Keys) -> None:
    secret = store.join(keys.code)
    code = store.renew_code(keys.facilitator)
    with pytest.raises(WrongCodeError):
        store.join(keys.code)
    store.join(code)
    assert store.participant(secret)
    assert state_of(store).joined == 2


def test_counts_by_hand_are_added_to_those_from_the_web(store: Store, keys: Keys) -> None:
    answer_as(store, keys.facilitator, [[OFFICIAL], [OFFICIAL, ANONYMOUS]])
    store.tally(keys.facilitator, 1, 1, {OFFICIAL: 5, ANONYMOUS: 3}, n=6)
    store.tally(keys.facilitator, 1, 1, {OFFICIAL: 4, ANONYMOUS: 3}, n=6)
    assert state_of(store).answered == {(1, 1): Answered(8, {OFFICIAL: 6, ANONYMOUS: 4})}
    assert state_of(store).tallies == {(1, 1): Answered(6, {OFFICIAL: 4, ANONYMOUS: 3})}
    store.tally(keys.facilitator, 1, 1, {OFFICIAL: 0})
    assert state_of(store).answered == {(1, 1): Answered(2, {OFFICIAL: 2, ANONYMOUS: 1})}


@pytest.mark.parametrize(
    ("round", "counts", "n", "word"),
    [
        (3, {OFFICIAL: 4}, 4, "belongs to nothing"),
        (1, {"gossip": 4}, 4, "belongs to nothing"),
        (1, {OFFICIAL: -1}, None, "from 0 to 1000"),
        (1, {OFFICIAL: 10**30}, None, "from 0 to 1000"),
        (1, {OFFICIAL: 5}, 4, "more hands than there are people"),
        (1, dict.fromkeys(CHOICE_IDS, 4), 6, "one or two answers each"),
        (1, {OFFICIAL: 2, ANONYMOUS: 1}, 4, "one or two answers each"),
    ],
)
def test_counts_by_hand_that_cannot_be_are_refused(
    store: Store, keys: Keys, round: int, counts: dict[str, int], n: int | None, word: str
) -> None:
    with pytest.raises(ChoiceError, match=word):
        store.tally(keys.facilitator, 1, round, counts, n)
    assert state_of(store).answered == {}


def test_of_several_counts_by_hand_all_are_saved_or_none(store: Store, keys: Keys) -> None:
    with pytest.raises(ChoiceError):
        store.tally_all(keys.facilitator, 1, {1: ({OFFICIAL: 4}, None), 2: ({OFFICIAL: 5}, 4)})
    assert state_of(store).tallies == {}
    store.tally_all(keys.facilitator, 1, {1: ({OFFICIAL: 4}, None), 2: ({OFFICIAL: 4}, 4)})
    assert set(state_of(store).tallies) == {(1, 1), (1, 2)}


def test_notes_are_the_facilitators_and_can_be_taken_back(store: Store, keys: Keys) -> None:
    store.note(keys.facilitator, 2, "  “We” is the council here.\udc80 ")
    assert state_of(store).notes == {2: "“We” is the council here.?"}
    store.note(keys.facilitator, 2, " ")
    assert state_of(store).notes == {}
    with pytest.raises(StageError, match="no sentence 9"):
        store.note(keys.facilitator, 9, "x")


def test_an_exit_slip_counts_once_and_only_at_the_end(store: Store, keys: Keys) -> None:
    first, second = store.join(keys.code), store.join(keys.code)
    with pytest.raises(StageError, match="come at the end"):
        store.hand_in(first, {"easier": "easier"})
    store.move(keys.facilitator, Stage.EXIT)
    for secret in (first, first, second):
        store.hand_in(secret, {"easier": "easier", "look": "maybe"})
    assert state_of(store).slips == {("easier", "easier"): 2, ("look", "maybe"): 2}
    for slip in ({}, {"easier": "a story of my own"}, {"canary": "easier"}):
        with pytest.raises(ChoiceError):
            store.hand_in(second, slip)


def test_when_no_workshop_is_open_everything_says_so(store: Store, keys: Keys) -> None:
    secret = store.join(keys.code)
    store.end(keys.facilitator)
    assert store.state() is None
    assert not store.expire()
    for act in (
        lambda: store.join(keys.code),
        lambda: store.answer(secret, 1, [OFFICIAL]),
        lambda: store.answers(secret),
        lambda: store.participant(secret),
        lambda: store.move(keys.facilitator, Stage.ROOM),
        lambda: store.end(keys.facilitator),
    ):
        with pytest.raises(NoWorkshopError, match="answers are deleted"):
            act()


def test_after_the_end_another_workshop_can_begin_and_old_keys_open_nothing(store: Store, keys: Keys) -> None:
    secret = store.join(keys.code)
    store.end(keys.facilitator)
    assert store.open(PLAN) != keys
    with pytest.raises(UnknownParticipantError):
        store.answers(secret)
    with pytest.raises(KeyRefusedError):
        store.end(keys.facilitator)


def test_many_threads_lose_no_answer(store: Store, keys: Keys) -> None:
    store.move(keys.facilitator, Stage.ALONE)

    def take_part(_: int) -> None:
        secret = store.join(keys.code)
        for number in range(1, 6):
            store.answer(secret, number, [OFFICIAL])
            store.state()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(take_part, range(24)))
    assert state_of(store).answered == {(1, n): Answered(24, {OFFICIAL: 24}) for n in range(1, 6)}
    assert state_of(store).done == 24


def test_nothing_is_kept_but_what_was_promised(store: Store, keys: Keys, clock: Clock) -> None:
    clock.now += 1234.5
    answer_as(store, keys.facilitator, [[OFFICIAL]])
    with sqlite3.connect(f"{store.path.as_uri()}?mode=ro", uri=True) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        columns = {table: [row[1] for row in file.execute(f"PRAGMA table_info({table})")] for table in tables}
        (last_action,) = file.execute("SELECT last_action FROM workshop").fetchone()
    file.close()
    assert columns["participant"] == ["id", "secret", "people", "handed_in"]
    assert columns["answer"] == ["participant", "round", "sentence", "choices"]
    assert columns["slip"] == ["question", "option", "n"]
    assert sorted(tables) == ["answer", "note", "participant", "slip", "tally", "workshop"]
    # the one time that answers leave behind is that of the whole room, to the minute
    assert last_action % 60 == 0


def test_a_damaged_file_is_named_and_not_touched(store: Store) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(b"something else entirely" * 400)
    with pytest.raises(WorkshopError, match=r"workshop\.sqlite cannot be read.*delete it"):
        store.state()
    assert store.path.read_bytes().startswith(b"something else")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    store = Store(tmp_path / "file" / "workshop.sqlite")
    with pytest.raises(WorkshopError, match=r"workshop\.sqlite"):
        store.open(PLAN)
