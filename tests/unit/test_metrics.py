"""The figures are the ones that were computed by hand."""

from dataclasses import replace

from sourcemark.article import Article, LabelledArticle, LabelledSentence, Span, Speaker
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABELLED, NONE, OFFICIAL, SCORE_IDS, UNSURE
from sourcemark.model.corpus import AnnotatedArticle, AnnotatedSentence
from sourcemark.model.metrics import ScoredSentence, align, measure


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


def test_detection_asks_only_whether_a_sentence_is_marked() -> None:
    # seven are attributed, six are marked, five of those rightly: a wrong label is a right detection
    assert measure(SENTENCES)["detection"] == {
        "precision": round(5 / 6, 4),
        "recall": round(5 / 7, 4),
        "f1": round(10 / 13, 4),
    }


def test_doubtful_sentences_are_left_out_of_a_second_macro_f1() -> None:
    sentences = [replace(s, doubtful=s.gold == OFFICIAL and s.shown != OFFICIAL) for s in SENTENCES]
    figures = measure(sentences)
    assert figures["macro_f1"] == measure(SENTENCES)["macro_f1"]
    # official: 2 of 3 marks right, all found; anonymous 2/3 as before; eyewitness right
    assert figures["macro_f1_without_doubtful"] == round((4 / 5 + 2 / 3 + 1) / 3, 4)


def test_calibration_is_told_of_the_highest_score_and_of_each_score() -> None:
    figures = measure([scored(NONE, NONE, score=0.7), scored(OFFICIAL, NONE, score=0.7)])
    assert figures["calibration_error"] == 0.2
    # 0.7 for none and 0.1 for each label, where none and official are right every other time
    by_label = {OFFICIAL: 0.4, ANONYMOUS: 0.1, EYEWITNESS: 0.1, NONE: 0.2}
    assert figures["calibration_error_by_label"] == by_label
    assert figures["classwise_calibration_error"] == 0.2


def said_by(gold: str, gold_speaker: str | None, shown: str, shown_speaker: str | None) -> ScoredSentence:
    return replace(scored(gold, shown), gold_speaker=gold_speaker, shown_speaker=shown_speaker)


def test_speakers_are_compared_where_the_label_is_right_and_the_annotation_has_one() -> None:
    figures = measure(
        [
            said_by(OFFICIAL, "Ana Ruiz", OFFICIAL, "Foreign Minister Ana Ruiz"),
            said_by(EYEWITNESS, "a neighbour of the dead man", EYEWITNESS, "the dead man"),
            said_by(OFFICIAL, "police", OFFICIAL, None),
            # not counted: a wrong label, a sentence without one, and an annotation that has no source either
            said_by(OFFICIAL, "police", ANONYMOUS, "police"),
            said_by(NONE, None, NONE, None),
            said_by(ANONYMOUS, "it is understood", ANONYMOUS, None),
        ]
    )
    assert figures["speakers"] == 3
    assert figures["speaker_match"] == round(1 / 3, 4)
    assert figures["speaker_overlap"] == round(2 / 3, 4)


def test_where_no_speaker_can_be_compared_no_share_is_given() -> None:
    figures = measure(SENTENCES)
    assert figures["speakers"] == 0
    assert figures["speaker_match"] is None


def test_intervals_enclose_the_figures_and_stay_the_same() -> None:
    sentences = [replace(s, article=str(i % 4)) for i, s in enumerate(SENTENCES * 4)]
    figures = measure(sentences)
    assert figures["articles"] == 4
    intervals = figures["intervals"]
    for name in ("macro_f1", "precision_of_marks", "coverage"):
        low, high = intervals[name]
        assert low <= figures[name] <= high
    assert all(
        low <= figures["labels"][label]["f1"] <= high for label, (low, high) in intervals["labels"].items()
    )
    assert measure(sentences)["intervals"] == intervals


def test_one_article_has_no_intervals() -> None:
    assert measure(SENTENCES)["intervals"] is None


def test_figures_are_given_for_each_corpus_with_a_macro_f1_where_all_labels_are_annotated() -> None:
    some = [replace(s, corpus="some") for s in SENTENCES]
    few = [replace(scored(OFFICIAL, OFFICIAL), corpus="few"), replace(scored(NONE, UNSURE), corpus="few")]
    assert measure([*some, *few])["by_corpus"] == {
        "few": {
            "sentences": 2,
            "macro_f1": None,
            "labels": {
                OFFICIAL: {"f1": 1.0, "support": 1},
                ANONYMOUS: {"f1": None, "support": 0},
                EYEWITNESS: {"f1": None, "support": 0},
            },
            "precision_of_marks": 1.0,
        },
        "some": {
            "sentences": 10,
            "macro_f1": round((4 / 7 + 2 / 3 + 2 / 3) / 3, 4),
            "labels": {
                OFFICIAL: {"f1": 0.5714, "support": 4},
                ANONYMOUS: {"f1": 0.6667, "support": 2},
                EYEWITNESS: {"f1": 0.6667, "support": 1},
            },
            "precision_of_marks": round(4 / 6, 4),
        },
    }


def test_outlets_with_fewer_than_a_hundred_sentences_are_pooled() -> None:
    sizes = {"daily": 100, "weekly": 99, "monthly": 1, "": 3}
    sentences = [
        replace(scored(NONE, NONE), outlet=name) for name, size in sizes.items() for _ in range(size)
    ]
    by_outlet = measure(sentences)["by_outlet"]
    assert {name: row["sentences"] for name, row in by_outlet.items()} == {"daily": 100, "other": 103}


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


def test_an_aligned_sentence_knows_its_article_and_both_speakers() -> None:
    gold = AnnotatedArticle(
        "a",
        "corpus",
        "outlet",
        Article(("",)),
        (
            AnnotatedSentence(Span(0, 0, 10), OFFICIAL, "Ana Ruiz", True),
            AnnotatedSentence(Span(0, 11, 20), OFFICIAL, "police", False),
        ),
    )
    shown = labelled((0, 0, 10, OFFICIAL)).sentences[0]
    article = LabelledArticle((replace(shown, speaker=Speaker("Ms Ruiz", True)),))
    first, second = align([(gold, article)])
    assert (first.article, first.corpus, first.outlet, first.doubtful) == ("a", "corpus", "outlet", True)
    assert (first.gold_speaker, first.shown_speaker) == ("Ana Ruiz", "Ms Ruiz")
    assert (second.article, second.doubtful) == ("a", False)
    assert (second.gold_speaker, second.shown_speaker) == ("police", None)
