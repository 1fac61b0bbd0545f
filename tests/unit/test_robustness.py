"""An article written another way is marked the same: metamorphic relations, on our own articles."""

from collections.abc import Callable

import pytest
from rewriting import CAPTION, RELATIONS
from robustness import LIMIT, Flips, flips

from sourcemark.attribution.quotes import find_quotations
from sourcemark.labeler import Labeler
from sourcemark.model.corpus import AnnotatedArticle, read_corpus
from unit.annotating import article_of
from unit.training import SEEDS

ARTICLES = read_corpus(SEEDS)
KEPT = sorted(RELATIONS.keys() - {"open appositions"})
"""Relations within the limit. An apposition left open is still read as the subject too often."""

Relation = Callable[[AnnotatedArticle], AnnotatedArticle]

each_relation = pytest.mark.parametrize("relation", RELATIONS.values(), ids=RELATIONS.keys())


@pytest.fixture(scope="module")
def found(fast: Labeler) -> dict[str, Flips]:
    return flips(fast, ARTICLES)


@pytest.mark.parametrize("name", KEPT)
def test_hardly_a_mark_changes(found: dict[str, Flips], name: str) -> None:
    assert found[name].articles > 0
    assert found[name].marked > 0
    assert found[name].rate <= LIMIT


@each_relation
def test_every_sentence_is_still_there_in_order(relation: Relation) -> None:
    for article in ARTICLES:
        rewritten = relation(article)
        assert [s.label for s in rewritten.sentences] == [s.label for s in article.sentences]
        spans = [s.span for s in rewritten.sentences]
        assert spans == sorted(spans, key=lambda span: (span.block, span.start))
        for span in spans:
            assert 0 <= span.start < span.end <= len(rewritten.article.blocks[span.block])
            assert rewritten.article.text(span) == rewritten.article.text(span).strip()


@each_relation
def test_between_the_sentences_stands_only_white_space(relation: Relation) -> None:
    for article in ARTICLES:
        rewritten = relation(article).article
        left = list(rewritten.blocks)
        for sentence in reversed(relation(article).sentences):
            block, start, end = sentence.span.block, sentence.span.start, sentence.span.end
            left[block] = left[block][:start] + left[block][end:]
        assert "".join(left).replace(CAPTION, "").strip() == ""


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("straight quotes", "“I don’t,” she said. ‘No’", "\"I don't,\" she said. 'No'"),
        ("curly quotes", "\"I don't,\" she said. 'No'", "“I don’t,” she said. ‘No’"),
        ("curly quotes", "''We left,'' he said (\"at once\").", "“We left,” he said (“at once”)."),
        ("doubled quotes", "“We left,” he said.", "''We left,'' he said."),
        ("capitals", "“The mayor left,” he said.", "“THE MAYOR left,” he said."),
        ("missing commas", "“We left,” she said.", "“We left” she said."),
        ("missing commas", "The road is shut, the police said.", "The road is shut the police said."),
        ("missing commas", "It fell, according to Hollis.", "It fell according to Hollis."),
        ("open appositions", "Hollis, 34, said it fell.", "Hollis, 34 said it fell."),
        ("american spelling", "Neighbours at the harbour", "Neighbors at the harbor"),
        ("british spelling", "Neighbors organized it", "Neighbours organised it"),
    ],
)
def test_a_relation_writes_what_it_says(name: str, before: str, after: str) -> None:
    assert RELATIONS[name](article_of(before)).article.blocks == (after,)


def test_a_quotation_style_can_be_taken_back() -> None:
    for article in ARTICLES:
        curly = RELATIONS["curly quotes"](article)
        straight = RELATIONS["straight quotes"](article)
        assert RELATIONS["straight quotes"](curly) == straight
        assert RELATIONS["curly quotes"](curly) == curly


def test_a_paragraph_is_split_between_two_sentences_and_outside_quotations() -> None:
    for article in ARTICLES:
        blocks = RELATIONS["split paragraph"](article).article.blocks
        assert len(blocks) == len(article.article.blocks) + 1
        assert " ".join(blocks) == " ".join(article.article.blocks)
        assert sum(map(len, find_quotations(blocks))) == sum(
            map(len, find_quotations(article.article.blocks))
        )
