"""The second pass sees a sentence beside its neighbours and the other sentences of its speaker."""

import numpy as np
import pytest

from sourcemark.article import Article
from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import read_article
from sourcemark.labels import SCORE_IDS
from sourcemark.model.context import LINKS, N_FACTS, Context, context_of
from sourcemark.model.second_pass import with_context
from sourcemark.training.fitting import Perceptrons, fit_second_pass

ARTICLE = Article(
    (
        "“I saw the water come,” said Ana Ruiz, who lives beside the river. “We ran.”",
        "The ministry of defence said that two bridges had been closed.",
        "“It took the car,” Ruiz said.",
    )
)


def context(*articles: Article) -> Context:
    lexicon = load_lexicon()
    return Context.joined([context_of(read_article(article, lexicon)) for article in articles])


def scores(rows: int) -> np.ndarray:
    drawn = np.random.default_rng(3).random((rows, 4)) + 0.1
    return np.log(drawn / drawn.sum(axis=1, keepdims=True)).astype(np.float32)


def test_sentences_of_one_speaker_have_one_number() -> None:
    read = context(ARTICLE)
    ana, again, ministry, last = read.speaker.tolist()
    assert ana == again == last
    assert ministry not in (ana, -1)
    assert read.block.tolist() == [0, 0, 1, 2]
    assert read.facts.shape == (4, N_FACTS)
    assert all(0 <= link < len(LINKS) for link in read.link)


def test_two_articles_share_no_block_and_no_speaker() -> None:
    both = context(ARTICLE, ARTICLE)
    assert not set(both.block[:4]) & set(both.block[4:])
    assert not set(both.speaker[:4]) & set(both.speaker[4:])
    assert both.article.tolist() == [0] * 4 + [1] * 4


def test_contexts_that_are_joined_are_those_of_the_articles_read_together() -> None:
    joined, together = Context.joined([context(ARTICLE)] * 2), context(ARTICLE, ARTICLE)
    rows = scores(8)
    assert np.array_equal(with_context(rows, joined), with_context(rows, together))


def test_a_sentence_looks_the_same_alone_and_in_a_pile_of_articles() -> None:
    rows = scores(4)
    alone = with_context(rows, context(ARTICLE))
    pile = with_context(np.vstack([rows[::-1], rows]), context(ARTICLE, ARTICLE))
    assert np.allclose(pile[4:], alone)


def test_another_sentence_of_the_speaker_is_seen_and_a_strangers_is_not() -> None:
    read = context(ARTICLE)
    # too far apart to be neighbours
    rows = np.vstack([scores(4)[:1], scores(6)])
    far = Context(
        np.zeros(7, dtype=np.int64),
        np.arange(7),
        np.array([0, 1, 1, 1, 1, 1, 0]),
        np.zeros(7, dtype=np.int64),
        np.zeros((7, N_FACTS), dtype=np.float32),
    )
    strange = Context(far.article, far.block, np.array([0, 1, 1, 1, 1, 1, 2]), far.link, far.facts)
    changed = rows.copy()
    changed[6] = np.log([0.97, 0.01, 0.01, 0.01])

    def seen(rows: np.ndarray, of: Context) -> np.ndarray:
        # the mean over the whole article is another matter
        separate = Context(np.arange(7), of.block, of.speaker, of.link, of.facts)
        return with_context(rows, separate)[0]

    assert not np.array_equal(seen(rows, far), seen(changed, far))
    assert np.array_equal(seen(rows, strange), seen(changed, strange))
    assert read.article.tolist() == [0] * 4


def test_it_learns_what_only_the_neighbour_tells() -> None:
    drawing = np.random.default_rng(5)
    n = 600
    kinds = drawing.integers(0, 4, n)
    rows = np.full((n, 4), np.log(0.25), dtype=np.float32)
    # even sentences are plain, odd ones are of the kind of the one before
    rows[::2] = np.log(0.01)
    rows[np.arange(0, n, 2), kinds[::2]] = np.log(0.97)
    kinds[1::2] = kinds[::2]
    pairs = Context(
        np.arange(n) // 2,
        np.arange(n) // 2,
        np.full(n, -1),
        np.zeros(n, dtype=np.int64),
        np.zeros((n, N_FACTS), dtype=np.float32),
    )
    seen, labels = with_context(rows, pairs), np.array(SCORE_IDS)[kinds]

    fitted = fit_second_pass(seen[:400], labels[:400], Perceptrons(steps=200, members=1))

    best = fitted.scores(seen[400:]).argmax(axis=1)
    assert (np.array(fitted.classes)[best] == labels[400:]).mean() > 0.95


def test_scores_sum_to_one_and_the_same_samples_give_the_same_ones() -> None:
    seen = with_context(scores(4), context(ARTICLE))
    labels = np.array(SCORE_IDS)
    first, second = (
        fit_second_pass(seen, labels, Perceptrons(steps=2, hidden=8)).scores(seen) for _ in range(2)
    )
    assert np.array_equal(first, second)
    assert first.sum(axis=1) == pytest.approx(1.0)


def test_no_sentences_give_no_rows() -> None:
    nothing = context(Article(()))
    seen = with_context(np.zeros((0, 4), dtype=np.float32), nothing)
    assert seen.shape[0] == 0
    assert seen.shape[1] == with_context(scores(4), context(ARTICLE)).shape[1]
