"""A labeler is measured on whole articles, as they are and with other names."""

import pytest

from sourcemark.evaluation import evaluate, score
from sourcemark.labeler import Labeler
from sourcemark.labels import OFFICIAL
from sourcemark.model.corpus import read_corpus
from sourcemark.model.metrics import measure
from sourcemark.resources import folder
from unit.annotating import article_of

ARTICLES = read_corpus(folder("seeds") / "articles.jsonl")[:2]


def test_every_annotated_sentence_is_scored_once_and_in_order(labeler: Labeler) -> None:
    sentences = score(labeler, ARTICLES)
    assert [(s.article, s.gold) for s in sentences] == [
        (a.id, s.label) for a in ARTICLES for s in a.sentences
    ]
    assert evaluate(labeler, ARTICLES) == measure(sentences)


def test_many_articles_are_labelled_as_one_by_one(labeler: Labeler) -> None:
    texts = [("The ministry said no.", "It rained.")[number % 2] for number in range(53)]
    articles = [article_of(text) for text in texts]
    alone = [sentence for article in articles for sentence in score(labeler, [article])]
    assert [s.shown for s in score(labeler, articles)] == [s.shown for s in alone]
    assert len({s.shown for s in alone}) == 2


def test_the_figures_with_names_swapped_stand_beside_the_others(labeler: Labeler) -> None:
    figures = evaluate(labeler, ARTICLES, names_swapped=True)
    swapped = figures.pop("names_swapped")
    assert figures == evaluate(labeler, ARTICLES)
    assert set(figures) <= set(swapped)
    assert swapped["sentences"] == figures["sentences"]
    assert swapped["articles_changed"] == 2
    # no more than a few sentences rest on who is named
    assert 0 <= swapped["flips"] <= 0.1
    assert 0 <= swapped["flips_of_marks"] <= 0.1


def test_where_nobody_is_named_nothing_flips(labeler: Labeler) -> None:
    text = "The ministry said no."
    article = article_of(text, "It rained.", speakers={text: (OFFICIAL, "The ministry")})
    swapped = evaluate(labeler, [article], names_swapped=True)["names_swapped"]
    assert swapped["articles_changed"] == 0
    assert swapped["flips"] == 0.0


@pytest.mark.parametrize("names_swapped", [False, True])
def test_no_sentences_give_no_shares(labeler: Labeler, names_swapped: bool) -> None:
    figures = evaluate(labeler, [article_of()], names_swapped)
    assert figures["sentences"] == 0
    assert figures["coverage"] is None
