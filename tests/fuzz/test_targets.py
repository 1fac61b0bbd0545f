"""The fuzzer's targets without the fuzzer: what it starts from, and some hundreds of changes made to that.

The changes are the same in every run; `make fuzz` looks for longer, led by which code an input reaches.
"""

from collections.abc import Iterator
import faulthandler
from functools import cache

from hypothesis import given, settings, strategies
from hypothesis.strategies import SearchStrategy
import pytest

from fuzz.starters import WORDS, starters
from fuzz.targets import TARGETS

HANGS = 120
"""Seconds after which a test tells where it stands and ends, instead of going on for ever."""

LONGEST = 1_000

each_target = pytest.mark.parametrize("name", TARGETS)


@pytest.fixture(autouse=True)
def limit() -> Iterator[None]:
    faulthandler.dump_traceback_later(HANGS, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@cache
def of(name: str) -> tuple[bytes, ...]:
    return tuple(starters(name))


def changed(name: str) -> SearchStrategy[bytes]:
    """Cut a piece out of a starter, and put bytes or words that matter into it, once or many times."""
    whole = strategies.sampled_from(of(name)).map(lambda starter: starter[:LONGEST])
    piece = strategies.binary(max_size=8) | strategies.sampled_from([word.encode() for word in WORDS[name]])
    place = strategies.integers(0, LONGEST)
    times = strategies.sampled_from([1, 1, 1, 2, 300])
    return strategies.builds(
        lambda starter, start, length, new, many: starter[:start] + new * many + starter[start + length :],
        whole,
        place,
        place,
        piece,
        times,
    )


@each_target
def test_what_the_fuzzer_starts_from_keeps_every_promise(name: str) -> None:
    assert of(name)
    for starter in of(name):
        TARGETS[name](starter)


@each_target
def test_what_is_made_of_it_keeps_every_promise(name: str) -> None:
    @given(changed(name) | strategies.binary(max_size=200))
    @settings(max_examples=100)
    def run(data: bytes) -> None:
        TARGETS[name](data)

    run()
