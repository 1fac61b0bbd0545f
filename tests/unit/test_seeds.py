"""The project's own articles are in the format of the corpus, and each is a page too."""

from collections import Counter
import re

import pytest

from sourcemark.labels import NONE, SCORE_IDS
from sourcemark.model.corpus import AnnotatedArticle, read_corpus
from sourcemark.resources import folder
from sourcemark.text.segment import sentence_spans
from unit.training import SEEDS

ARTICLES = read_corpus(SEEDS)

each_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)


def test_there_are_at_least_eight_articles_with_names_of_their_own() -> None:
    assert len(ARTICLES) >= 8
    assert len({article.id for article in ARTICLES}) == len(ARTICLES)


def test_every_label_occurs_in_at_least_half_of_them() -> None:
    counts = Counter(label for article in ARTICLES for label in {s.label for s in article.sentences})
    assert all(counts[label] >= len(ARTICLES) / 2 for label in SCORE_IDS)


@each_article
def test_an_article_has_a_title_and_20_to_45_sentences(article: AnnotatedArticle) -> None:
    assert article.article.title
    assert 20 <= len(article.sentences) <= 45


@each_article
def test_the_annotated_sentences_are_all_those_that_the_text_is_cut_into(article: AnnotatedArticle) -> None:
    cut = [
        (number, *span)
        for number, block in enumerate(article.article.blocks)
        for span in sentence_spans(block)
    ]
    assert [(s.span.block, s.span.start, s.span.end) for s in article.sentences] == cut


@each_article
def test_a_sentence_has_a_speaker_exactly_where_it_has_a_label(article: AnnotatedArticle) -> None:
    for sentence in article.sentences:
        assert (sentence.speaker is None) == (sentence.label == NONE)
        assert sentence.speaker is None or sentence.speaker.strip()


@each_article
def test_a_paragraph_is_written_as_a_page_shows_it(article: AnnotatedArticle) -> None:
    for block in article.article.blocks:
        assert block == re.sub(r"[ \t\n\r\f]+", " ", block).strip(" ")


@each_article
def test_the_article_is_a_page_too(article: AnnotatedArticle) -> None:
    page = folder("seeds") / "pages" / f"{article.id}.html"
    assert "<html" in page.read_text(encoding="utf-8")


def test_every_page_belongs_to_an_article() -> None:
    pages = {page.stem for page in (folder("seeds") / "pages").glob("*.html")}
    assert pages == {article.id for article in ARTICLES}
