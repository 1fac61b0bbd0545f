"""An article for which there is no time is labelled as far as time allows, and says where it ends."""

from collections.abc import Iterator
from itertools import count

import pytest

from sourcemark.article import DEADLINE, SkippedBlock
from sourcemark.budget import Budget
from sourcemark.labeler import Labeler
from sourcemark.model.corpus import read_corpus
from sourcemark.text.segment import sentence_spans
from unit.training import SEEDS

FRENCH = "« Nous avons entendu un grand bruit, puis l’eau est entrée dans la cuisine », raconte une voisine."
BLOCKS = [*read_corpus(SEEDS)[0].article.blocks, FRENCH]


def looks(seconds: float) -> Budget:
    """A budget of so many looks at the clock: a second passes with each."""
    ticks: Iterator[int] = count()
    return Budget(seconds, lambda: float(next(ticks)))


@pytest.fixture(params=["fast", "careful"])
def either(request: pytest.FixtureRequest, fast: Labeler, labeler: Labeler) -> Labeler:
    return fast if request.param == "fast" else labeler


@pytest.mark.parametrize("seconds", [0, 1, 5, 12, 30, 45, 60, 90, 200])
def test_blocks_come_back_whole_or_skipped(either: Labeler, seconds: int) -> None:
    answer = either.label(BLOCKS, budget=looks(seconds))

    late = [skipped.block for skipped in answer.skipped if skipped.reason == DEADLINE]
    others = [skipped.block for skipped in answer.skipped if skipped.reason != DEADLINE]
    assert others == [len(BLOCKS) - 1]
    read = late[0] if late else len(BLOCKS) - 1
    assert late == list(range(read, len(BLOCKS) - 1 if late else 0))
    assert [(each.block, each.start, each.end) for each in answer.sentences] == [
        (number, *span) for number, block in enumerate(BLOCKS[:read]) for span in sentence_spans(block)
    ]


def test_more_time_is_more_answers(either: Labeler) -> None:
    counts = [len(either.label(BLOCKS, budget=looks(seconds)).sentences) for seconds in range(0, 200, 20)]
    assert counts == sorted(counts)
    assert counts[-1] == len(either.label(BLOCKS).sentences)


def test_the_first_block_is_read_however_little_time_there_is(either: Labeler) -> None:
    answer = either.label(["The ministry said that two bridges were closed.", "It rained."], budget=looks(0))
    assert len(answer.sentences) == 1
    assert answer.skipped == (SkippedBlock(1, DEADLINE),)


def test_time_enough_changes_nothing(either: Labeler) -> None:
    assert either.label(BLOCKS, budget=looks(10_000)) == either.label(BLOCKS)
    assert either.label(BLOCKS, budget=Budget()) == either.label(BLOCKS)
