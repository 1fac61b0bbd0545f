"""A clock that is set, back or on, ends no workshop early and keeps none for ever."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sourcemark.workshop.lifetime import since_boot
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.store import Store
from unit.workshop.workshops import PLAN, Clock, state_of

HOUR = 3600.0
DAY = 24 * HOUR
SETTINGS = [-4000 * DAY, -3 * DAY, -HOUR, HOUR, 3 * DAY, 4000 * DAY]
"""Seconds by which somebody sets the clock: a battery that died is years behind."""


@dataclass
class Computer:
    """A computer with a clock that can be set, and the service on it."""

    path: Path
    clock: Clock = field(default_factory=Clock)
    boot: Clock = field(default_factory=lambda: Clock(50.0))

    def start(self) -> Store:
        return Store(self.path, self.clock, self.boot)

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        self.boot.now += seconds


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "workshop.sqlite")


@pytest.mark.parametrize("by", SETTINGS)
def test_a_workshop_lives_its_time_when_the_clock_is_set_while_it_runs(computer: Computer, by: float) -> None:
    store = computer.start()
    keys = store.open(PLAN)
    computer.wait(HOUR)
    ends = state_of(store).ends
    computer.clock.now += by
    assert state_of(store).ends == ends + by
    store.move(keys.facilitator, Stage.ALONE)
    computer.wait(2 * HOUR - 61)
    assert store.state() is not None
    computer.wait(61)
    assert store.expire()


@pytest.mark.parametrize("by", SETTINGS)
def test_twelve_hours_stay_twelve_hours(computer: Computer, by: float) -> None:
    store = computer.start()
    keys = store.open(PLAN)
    for hour in range(11):
        computer.wait(HOUR)
        if hour == 5:
            computer.clock.now += by
        store.move(keys.facilitator, Stage.ALONE)
    computer.wait(HOUR - 1)
    assert store.state() is not None
    computer.wait(1)
    assert store.expire()


@pytest.mark.parametrize("by", SETTINGS)
def test_a_service_that_is_killed_after_the_clock_was_set_goes_on(computer: Computer, by: float) -> None:
    store = computer.start()
    store.open(PLAN)
    computer.clock.now += by
    # the service looks three times a minute whether the time is up
    assert not store.expire()
    assert computer.start().state() is not None


@pytest.mark.parametrize("by", [each for each in SETTINGS if each < 0])
def test_a_clock_set_back_while_nothing_runs_gives_two_hours_more_at_most(
    computer: Computer, by: float
) -> None:
    computer.start().open(PLAN)
    computer.clock.now += by
    store = computer.start()
    assert store.state() is not None
    computer.wait(2 * HOUR - 61)
    assert store.state() is not None
    computer.wait(61)
    assert store.expire()


def test_a_refused_answer_does_not_lose_what_the_clock_did(computer: Computer) -> None:
    store = computer.start()
    keys = store.open(PLAN)
    computer.clock.now += 3 * DAY
    for act in (lambda: store.move("nobody's", Stage.ROOM), lambda: store.answer("nobody's", 1, ["x"])):
        with pytest.raises(Exception, match=r"link|place"):
            act()
    store.move(keys.facilitator, Stage.ALONE)
    assert store.state() is not None


def test_a_workshop_that_begins_after_the_clock_was_set_has_its_whole_time(computer: Computer) -> None:
    store = computer.start()
    computer.clock.now += 3 * DAY
    store.open(PLAN)
    computer.wait(2 * HOUR - 61)
    assert store.state() is not None
    computer.wait(61)
    assert store.state() is None


def test_the_steady_clock_goes_on() -> None:
    assert 0 < since_boot() <= since_boot()
