"""What the encoder remembers is what it would say again, is bounded, and holds no text."""

from concurrent.futures import ThreadPoolExecutor
import pickle

import numpy as np
import pytest

from sourcemark.labeler import Labeler
from sourcemark.model.corpus import read_corpus
from sourcemark.model.window_cache import Logits, WindowCache
from sourcemark.model.windows import Window
from unit.training import SEEDS

ARTICLES = [annotated.article for annotated in read_corpus(SEEDS)[:3]]


def window(*ids: int) -> Window:
    return Window(list(ids), [0] * len(ids), [1], [2], [0], [True])


class Counted:
    """Runs windows, and counts them."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, seen: Window) -> Logits:
        self.runs += 1
        return np.full((1, 4), sum(seen.ids), dtype=np.float32)


def test_a_window_is_run_once() -> None:
    cache, run = WindowCache(10), Counted()
    first = cache.get(window(1, 2), run)
    assert cache.get(window(1, 2), run) is first
    assert run.runs == 1


@pytest.mark.parametrize(
    "other",
    [
        window(2, 1),
        Window([1, 2], [0, 1], [1], [2], [0], [True]),
        Window([1, 2], [0, 0], [0], [2], [0], [True]),
        Window([1, 2], [0, 0], [1], [1], [0], [True]),
        # the same numbers, shared out otherwise
        Window([1, 2, 0], [0], [1], [2], [0], [True]),
    ],
)
def test_windows_that_differ_anywhere_are_run_each(other: Window) -> None:
    cache, run = WindowCache(10), Counted()
    cache.get(window(1, 2), run)
    cache.get(other, run)
    assert run.runs == 2


def test_those_used_last_are_kept() -> None:
    cache, run = WindowCache(2), Counted()
    for number in (1, 2, 1, 3, 1):
        cache.get(window(number), run)
    assert (len(cache), run.runs) == (2, 3)
    cache.get(window(2), run)
    assert run.runs == 4


def test_what_is_remembered_cannot_be_changed() -> None:
    logits = WindowCache(1).get(window(1), Counted())
    with pytest.raises(ValueError, match="read-only"):
        logits[0, 0] = 1.0


def test_a_digest_tells_nobody_what_was_read() -> None:
    one, other = WindowCache(1), WindowCache(1)
    for cache in (one, other):
        cache.get(window(1), Counted())
    # the same window, under another key
    assert list(one._known) != list(other._known)


def test_answers_are_the_same_with_a_memory_and_without(labeler: Labeler) -> None:
    remembering = labeler.remembering(2)
    for article in (*ARTICLES, *ARTICLES):
        assert remembering.label(article.blocks) == labeler.label(article.blocks)


def test_no_word_is_kept_of_what_was_read(labeler: Labeler) -> None:
    remembering = labeler.remembering(100)
    remembering.label(["“Zorvexqua drowned the village,” said Ana Ruiz."])
    encoder = remembering.model.pipeline.encoder
    assert encoder is not None
    assert encoder._cache is not None
    kept = pickle.dumps(encoder._cache._known)
    assert len(encoder._cache) == 1
    assert len(kept) < 500
    assert b"zorvexqua" not in kept.lower()


def test_threads_share_it(labeler: Labeler) -> None:
    remembering = labeler.remembering(100)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda article: remembering.label(article.blocks), ARTICLES * 4))
    assert answers == [labeler.label(article.blocks) for article in ARTICLES] * 4


def test_the_fast_model_has_nothing_to_remember(fast: Labeler) -> None:
    assert fast.remembering(10) is fast
