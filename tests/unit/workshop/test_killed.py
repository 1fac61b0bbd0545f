"""A service that is killed while people answer goes on with every answer it has confirmed."""

from pathlib import Path
import subprocess
import sys

import pytest

from sourcemark.workshop.choices import CHOICE_IDS
from sourcemark.workshop.stages import Stage
from sourcemark.workshop.store import Store
from unit.workshop.workshops import PLAN

ANSWERING = Path(__file__).parent / "answering.py"


@pytest.mark.parametrize("confirmed", [1, 7, 40, 111])
def test_nothing_that_was_confirmed_is_lost(tmp_path: Path, confirmed: int) -> None:
    path = tmp_path / "workshop.sqlite"
    before = Store(path)
    keys = before.open(PLAN)
    secret = before.join(keys.code)
    before.move(keys.facilitator, Stage.ALONE)
    with subprocess.Popen([sys.executable, ANSWERING, path, secret], stdout=subprocess.PIPE, text=True) as it:
        assert it.stdout is not None
        lines = [it.stdout.readline() for _ in range(confirmed)]
        # in the middle of whatever it is doing now
        it.kill()
        lines += it.stdout.readlines()
    expected: dict[int, tuple[str, ...]] = {}
    for line in lines:
        turn, sentence, choice = line.split()
        expected[int(sentence)] = (choice,)
    after = Store(path)
    found = after.answers(secret)[1]
    # the answer after the last confirmed one may have been saved before its confirmation
    following = int(turn) + 1
    also = {following % 5 + 1: (CHOICE_IDS[following % len(CHOICE_IDS)],)}
    assert found in (expected, expected | also)
    state = after.state()
    assert state is not None
    assert (state.keys, state.stage, state.joined) == (keys, Stage.ALONE, 1)
    after.answer(secret, 1, [CHOICE_IDS[0]])
    after.end(keys.facilitator)
    assert list(tmp_path.iterdir()) == []
