"""The figures are the ones that were computed by hand."""

import pytest

from sourcemark.article import Article, LabelledArticle, LabelledSentence, Span
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELLED, NONE, OFFICIAL, SCORE_IDS, UNSURE
from sourcemark.model.corpus import AnnotatedArticle, AnnotatedSentence
from sourcemark.model.metrics import ScoredSentence, align, calibration_error, measure


def scored(gold: str, shown: str, best: str | None = None, score: float = 1.0) -> ScoredSentence:
    """Return a sentence whose highest score, `score`, is that of `best`."""
    chosen = best or (shown if shown != UNSURE else NONE)
    rest = (1 - score) / 3
    return ScoredSentence(gold, shown, {name: score if name == chosen else rest for name in SCORE_IDS})


SENTENCES = [
    scored(OFFICIAL, OFFICIAL),
    scored(OFFICIAL, OFFICIAL),
    scored(OFFICIAL, EYEWITNESS),
    scored(OFFICIAL, UNSURE),
    scored(ANONYMOUS, ANONYMOUS),
    scored(ANONYMOUS, NONE),
    scored(EYEWITNESS, EYEWITNESS),
    scored(NONE, OFFICIAL),
    scored(NONE, NONE),
    scored(NONE, UNSURE),
]


def test_precision_recall_and_f1_of_each_label() -> None:
    assert measure(SENTENCES)["labels"] == {
        # 2 of 3 marks right, 2 of 4 found: 2 · 2/3 · 1/2 / (2/3 + 1/2) = 4/7
        OFFICIAL: {"precision": 0.6667, "recall": 0.5, "f1": 0.5714, "support": 4},
        ANONYMOUS: {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "support": 2},
        EYEWITNESS: {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "support": 1},
    }


def test_macro_f1_is_the_mean_over_the_three_labels() -> None:
    assert measure(SENTENCES)["macro_f1"] == round((4 / 7 + 2 / 3 + 2 / 3) / 3, 4)


def test_the_confusion_table_has_a_row_for_each_annotation_and_a_column_for_each_thing_shown() -> None:
    columns = [*SCORE_IDS, UNSURE]
    rows = {
        name: dict(zip(columns, row, strict=True))
        for name, row in {
            OFFICIAL: (2, 0, 1, 0, 1),
            ANONYMOUS: (0, 1, 0, 1, 0),
            EYEWITNESS: (0, 0, 1, 0, 0),
            NONE: (1, 0, 0, 1, 1),
        }.items()
    }
    assert measure(SENTENCES)["confusion"] == rows


def test_coverage_is_the_share_of_sentences_of_which_something_definite_is_said() -> None:
    figures = measure(SENTENCES)
    assert figures["sentences"] == 10
    assert figures["coverage"] == 0.8
    assert figures["coverage_of_attributed"] == round(6 / 7, 4)
    assert figures["precision_of_marks"] == round(4 / 6, 4)


def test_shares_of_nothing_are_not_given() -> None:
    figures = measure([scored(NONE, NONE)])
    assert figures["precision_of_marks"] is None
    assert figures["coverage_of_attributed"] is None
    assert figures["macro_f1"] == 0.0


@pytest.mark.parametrize(
    ("sentences", "error"),
    [
        ([scored(NONE, NONE, score=1.0)], 0.0),
        ([scored(OFFICIAL, NONE, score=1.0)], 1.0),
        # as sure as right: one of two at 0.5 each
        ([scored(NONE, NONE, score=0.5), scored(OFFICIAL, NONE, score=0.5)], 0.0),
        # one bin, 0.8 on average and half right
        ([scored(NONE, NONE, score=0.85), scored(OFFICIAL, NONE, score=0.85)], 0.35),
        # two bins: |0.9 - 1| for one sentence of four, |0.55 - 2/3| for the other three
        (
            [
                scored(NONE, NONE, score=0.9),
                scored(NONE, NONE, score=0.55),
                scored(OFFICIAL, OFFICIAL, score=0.55),
                scored(NONE, OFFICIAL, score=0.55),
            ],
            0.25 * 0.1 + 0.75 * (2 / 3 - 0.55),
        ),
    ],
)
def test_calibration_error_is_the_gap_between_how_sure_and_how_right(
    sentences: list[ScoredSentence], error: float
) -> None:
    assert calibration_error(sentences) == pytest.approx(error)


def annotated(*spans: tuple[int, int, int, str]) -> AnnotatedArticle:
    sentences = (AnnotatedSentence(Span(b, s, e), label, None, False) for b, s, e, label in spans)
    return AnnotatedArticle("a", "", "", Article(("", "")), tuple(sentences))


def labelled(*spans: tuple[int, int, int, str]) -> LabelledArticle:
    return LabelledArticle(
        tuple(
            LabelledSentence(
                span=Span(block, start, end),
                label=shown if shown in SCORE_IDS[:3] else None,
                state=LABELLED if shown in SCORE_IDS[:3] else shown,
                scores=dict.fromkeys(SCORE_IDS, 0.25),
                speaker=None,
                evidence=(),
                reason="",
            )
            for block, start, end, shown in spans
        )
    )


def pairs(gold: AnnotatedArticle, article: LabelledArticle) -> list[tuple[str, str]]:
    return [(sentence.gold, sentence.shown) for sentence in align([(gold, article)])]


def test_where_boundaries_differ_a_sentence_is_paired_with_the_one_that_overlaps_it_most() -> None:
    gold = annotated((0, 0, 10, OFFICIAL), (0, 11, 40, EYEWITNESS), (1, 0, 20, NONE))
    article = labelled((0, 0, 15, ANONYMOUS), (0, 16, 40, OFFICIAL), (1, 0, 5, UNSURE), (1, 6, 20, NONE))
    assert pairs(gold, article) == [(OFFICIAL, ANONYMOUS), (EYEWITNESS, OFFICIAL), (NONE, NONE)]


def test_one_labelled_sentence_may_stand_for_two_annotated_ones() -> None:
    gold = annotated((0, 0, 10, OFFICIAL), (0, 11, 20, NONE))
    assert pairs(gold, labelled((0, 0, 20, OFFICIAL))) == [(OFFICIAL, OFFICIAL), (NONE, OFFICIAL)]


def test_a_sentence_that_nothing_overlaps_counts_as_not_sure() -> None:
    gold = annotated((0, 0, 10, OFFICIAL), (1, 0, 10, OFFICIAL))
    # touching is no overlap, and the same offsets in another block are none either
    assert pairs(gold, labelled((0, 10, 20, OFFICIAL))) == [(OFFICIAL, UNSURE), (OFFICIAL, UNSURE)]
