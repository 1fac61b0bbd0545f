"""The examples of a card are real mistakes, sure ones, and of many kinds."""

from sourcemark.article import Article, LabelledArticle, LabelledSentence, Span
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABEL_IDS, LABELLED, NONE, OFFICIAL, SCORE_IDS, UNSURE
from sourcemark.model.corpus import AnnotatedArticle, AnnotatedSentence
from sourcemark.training.failures import known_failures

Row = tuple[str, str, float]
"""What a sentence is annotated with, what is shown, and the score of what is shown."""


def article(name: str, *rows: Row, doubtful: bool = False) -> tuple[AnnotatedArticle, LabelledArticle]:
    """Return an article with one block for each sentence, as annotated and as labelled."""
    blocks = tuple(f"{name} {number}." for number in range(len(rows)))
    spans = [Span(number, 0, len(block)) for number, block in enumerate(blocks)]
    annotated = tuple(
        AnnotatedSentence(span, gold, None, doubtful) for span, (gold, _, _) in zip(spans, rows, strict=True)
    )
    labelled = tuple(
        LabelledSentence(
            span=span,
            label=shown if shown in LABEL_IDS else None,
            state=LABELLED if shown in LABEL_IDS else shown,
            scores=dict.fromkeys(SCORE_IDS, 0.0) | {shown: score},
            speaker=None,
            evidence=(),
            reason="",
        )
        for span, (_, shown, score) in zip(spans, rows, strict=True)
    )
    return AnnotatedArticle(name, "", "", Article(blocks), annotated), LabelledArticle(labelled)


def sentences(*pairs: tuple[AnnotatedArticle, LabelledArticle], most: int = 6) -> list[str]:
    return [failure["sentence"] for failure in known_failures(pairs, most)]


def test_a_failure_has_the_sentence_and_both_labels() -> None:
    assert known_failures([article("a", (OFFICIAL, OFFICIAL, 0.9), (EYEWITNESS, NONE, 0.8))]) == [
        {"article": "a", "sentence": "a 1.", "annotated": EYEWITNESS, "shown": NONE}
    ]


def test_what_is_right_left_unsure_or_was_doubted_is_no_failure() -> None:
    right = article("a", (OFFICIAL, OFFICIAL, 0.9), (NONE, NONE, 0.9), (ANONYMOUS, UNSURE, 0.3))
    doubted = article("b", (OFFICIAL, NONE, 0.9), doubtful=True)
    assert sentences(right, doubted) == []


def test_every_confusion_comes_once_before_any_comes_twice_the_most_frequent_first() -> None:
    pair = article(
        "a",
        (OFFICIAL, NONE, 0.7),
        (EYEWITNESS, NONE, 0.6),
        (EYEWITNESS, NONE, 0.9),
        (NONE, ANONYMOUS, 0.8),
    )
    assert sentences(pair) == ["a 2.", "a 3.", "a 0.", "a 1."]
    assert sentences(pair, most=2) == ["a 2.", "a 3."]


def test_articles_take_turns() -> None:
    first = article("a", (OFFICIAL, NONE, 0.9), (OFFICIAL, NONE, 0.9), (OFFICIAL, NONE, 0.9))
    second = article("b", (OFFICIAL, NONE, 0.5))
    assert sentences(first, second, most=3) == ["a 0.", "b 0.", "a 1."]
