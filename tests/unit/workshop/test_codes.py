"""Codes can be read aloud, and guessing one takes longer than a workshop lasts."""

import pytest

from sourcemark.workshop.codes import ALPHABET, CODE_LENGTH, Throttle, new_code, new_secret
from sourcemark.workshop.errors import TooManyCodesError, WrongCodeError
from sourcemark.workshop.state import Keys
from sourcemark.workshop.store import Store
from unit.workshop.workshops import PLAN, Clock


def test_codes_have_six_of_thirty_symbols_that_nobody_confuses() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert not set("0O1ILU") & set(ALPHABET)
    codes = {new_code() for _ in range(2_000)}
    assert len(codes) == 2_000
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert set("".join(codes)) == set(ALPHABET)


def test_secrets_have_128_bits_and_fit_into_an_address() -> None:
    assert {len(new_secret()) for _ in range(100)} == {22}


def guess(store: Store, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongCodeError):
            store.join("WRONG?")


def test_after_thirty_wrong_codes_even_the_right_one_waits(store: Store, keys: Keys, clock: Clock) -> None:
    inside = store.join(keys.code)
    guess(store, 30)
    with pytest.raises(TooManyCodesError, match="Wait a second") as refused:
        store.join(keys.code)
    assert refused.value.seconds == 1
    # whoever is inside is not held up
    assert store.participant(inside)
    clock.now += 1
    store.join(keys.code)


def test_a_brake_follows_the_workshop_and_not_who_asks(store: Store, keys: Keys, clock: Clock) -> None:
    guess(store, 30)
    store.end(keys.facilitator)
    # a new workshop has a new code, which nobody has guessed at yet
    store.join(store.open(PLAN).code)


def test_a_new_code_lets_the_room_in_at_once(store: Store, keys: Keys) -> None:
    guess(store, 30)
    store.join(store.renew_code(keys.facilitator))


def test_guessing_for_twelve_hours_finds_no_code(clock: Clock) -> None:
    throttle = Throttle(clock)
    guesses = 0
    # ten guesses a second for an hour stand for twelve
    for _ in range(3600):
        for _ in range(10):
            try:
                throttle.check()
            except TooManyCodesError:
                continue
            throttle.wrong()
            guesses += 1
        clock.now += 1
    assert guesses <= 3600 + 30
    assert 12 * guesses / len(ALPHABET) ** CODE_LENGTH < 1 / 10_000


def test_a_clock_that_is_set_back_opens_nothing(clock: Clock) -> None:
    throttle = Throttle(clock, burst=1)
    throttle.check()
    throttle.wrong()
    clock.now -= 3600
    with pytest.raises(TooManyCodesError):
        throttle.check()
