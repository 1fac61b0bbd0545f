"""A mark rests on the words that its evidence points to, more than on any other words of the article."""

from evidence import changes, evidence_spans, mean_fall, moved, random_spans, share_changed, without
import pytest

from sourcemark.article import Article, Span
from sourcemark.labeler import Labeler
from sourcemark.model.corpus import read_corpus
from unit.training import SEEDS

ARTICLES = [annotated.article for annotated in read_corpus(SEEDS)[:3]]


def test_deleting_the_evidence_costs_a_mark_more_than_deleting_as_many_other_words(fast: Labeler) -> None:
    evidence = changes(fast, ARTICLES, evidence_spans)
    other = changes(fast, ARTICLES, random_spans(0))

    assert len(evidence) == len(other) > 30
    assert mean_fall(evidence) > mean_fall(other)
    assert share_changed(evidence) > share_changed(other)


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([], "We ran home."),
        ([Span(0, 0, 3)], "ran home."),
        ([Span(0, 0, 3), Span(0, 2, 7)], "home."),
        ([Span(1, 0, 4)], "We ran home."),
    ],
    ids=["nothing", "a start", "what overlaps once", "another block"],
)
def test_what_is_deleted_is_gone_and_the_rest_stays(spans: list[Span], left: str) -> None:
    article = Article(("We ran home.", "Rain fell."))
    assert without(article, spans).blocks[0] == left
    kept = moved(Span(0, 3, 12), spans)
    assert left[kept.start : kept.end] == "ran home."[9 - (kept.end - kept.start) :]
