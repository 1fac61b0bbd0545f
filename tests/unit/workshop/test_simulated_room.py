"""Thirty people and fifteen sentences, with everything that goes wrong in a room: the totals are exact."""

from collections import Counter
from pathlib import Path
import random

import pytest

from sourcemark.labels import OFFICIAL
from sourcemark.workshop.choices import CHOICE_IDS
from sourcemark.workshop.errors import OpenAlreadyError, UnknownParticipantError
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.store import Store
from sourcemark.workshop.totals import totals
from unit.workshop.workshops import Clock, plan_with

PEOPLE, SENTENCES = 30, 15

Answers = dict[tuple[int, int], tuple[str, ...]]


class Room:
    """People who answer at random, and a second account of what they answered."""

    def __init__(self, path: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.path = path
        self.clock = Clock()
        self.store = Store(path, self.clock, self.clock)
        self.keys = self.store.open(plan_with(*[OFFICIAL] * SENTENCES))
        self.answers: dict[str, Answers] = {
            self.store.join(self.keys.code, self.random.choice((1, 2))): {} for _ in range(PEOPLE)
        }

    def hold(self, stage: Stage, round: int) -> None:
        """Let everybody answer most sentences in an order of their own, one act after another."""
        self.store.move(self.keys.facilitator, stage)
        acts = [(secret, number) for secret in self.answers for number in range(1, SENTENCES + 1)]
        acts = self.random.sample(acts, int(len(acts) * 0.95))
        for secret, number in acts:
            self.clock.now += self.random.random()
            choices = tuple(self.random.sample(CHOICE_IDS, self.random.choice((1, 1, 1, 2))))
            if secret in self.answers:
                self.store.answer(secret, number, choices)
                self.answers[secret][round, number] = choices
                self.trouble(secret, round, number, choices)

    def trouble(self, secret: str, round: int, number: int, choices: tuple[str, ...]) -> None:
        """Once in a while: a double submit, a change, a reload, a restart, a wiped computer, a drop."""
        draw = self.random.random()
        if draw < 0.10:
            self.store.answer(secret, number, choices)
        elif draw < 0.20:
            changed = (self.random.choice(CHOICE_IDS),)
            self.store.answer(secret, number, changed)
            self.answers[secret][round, number] = changed
        elif draw < 0.30:
            own = self.store.answers(secret)
            found = {(r, n): set(ticked) for r in own for n, ticked in own[r].items()}
            assert found == {key: set(ticked) for key, ticked in self.answers[secret].items()}
        elif draw < 0.33:
            self.store = Store(self.path, self.clock, self.clock)
        elif draw < 0.335:
            # a wiped computer: its answers stay, whoever sat there joins as somebody new
            self.answers[self.store.join(self.keys.code)] = {}
        elif draw < 0.34:
            self.store.drop(self.keys.facilitator, self.store.participant(secret).id)
            del self.answers[secret]
            with pytest.raises(UnknownParticipantError):
                self.store.answer(secret, number, choices)
        elif draw < 0.35:
            with pytest.raises(OpenAlreadyError):
                self.store.open(plan_with(OFFICIAL))


@pytest.mark.parametrize("seed", range(5))
def test_totals_are_exactly_what_was_submitted(tmp_path: Path, seed: int) -> None:
    room = Room(tmp_path / "workshop.sqlite", seed)
    room.hold(Stage.ALONE, 1)
    room.hold(Stage.SECOND, 2)
    room.store.move(room.keys.facilitator, Stage.ROOM)
    for own in room.answers.values():
        # a first answer stands where the second round changed nothing
        own.update(
            {(2, n): own[1, n] for n in range(1, SENTENCES + 1) if (1, n) in own and (2, n) not in own}
        )
    state = room.store.state()
    assert state is not None
    assert state.joined == len(room.answers)
    for round in (1, 2):
        found = totals(state, round)
        assert [total.agreement for total in found] == sorted(total.agreement for total in found)
        for total in found:
            expected = [
                own[round, total.number] for own in room.answers.values() if (round, total.number) in own
            ]
            assert total.n == len(expected)
            assert total.counts is not None
            ticks = Counter(choice for choices in expected for choice in choices)
            assert dict(total.counts) == {choice: ticks[choice] for choice in CHOICE_IDS}
