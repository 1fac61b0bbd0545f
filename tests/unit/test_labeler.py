"""Whatever an article is made of, every sentence of it comes back once, with a label or a reason."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from hypothesis import given, settings, strategies
import pytest

from sourcemark.article import TOO_LONG, Article, LabelledArticle, SkippedBlock
from sourcemark.labeler import LONGEST_BLOCK, Labeler
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABEL_IDS, LABELLED, OFFICIAL, SCORE_IDS, STATES
from sourcemark.model.corpus import read_corpus
from sourcemark.text.segment import sentence_spans
from unit.training import SEEDS

ARTICLE = (
    "The ministry of defence said on Tuesday that two bridges had been closed. It gave no reason.",
    "“I saw the water come over the wall 😀,” said Ana Ruiz, who lives beside the river. “We ran.”",
    "A military source, who asked not to be named, said that more rain was expected. It rained all night.",
)

# any characters at all, lone surrogates too, with the words and marks that the reading looks for
WORDS = strategies.sampled_from(
    [
        " said ",
        "“",
        "”",
        '"',
        "'",
        "The ministry",
        "Ana Ruiz",
        ", ",
        ". ",
        " according to ",
        "she",
        " who ",
        "😀",
    ]
)
TEXTS = strategies.lists(WORDS | strategies.characters(exclude_categories=()), max_size=25).map("".join)


def check(blocks: Sequence[str], article: LabelledArticle) -> None:
    """Fail unless the answer keeps every promise that is made of it."""
    too_long = {number for number, block in enumerate(blocks) if len(block) > LONGEST_BLOCK}
    assert {skipped.block for skipped in article.skipped if skipped.reason == TOO_LONG} == too_long
    left_out = {skipped.block for skipped in article.skipped}
    assert sorted(left_out) == [skipped.block for skipped in article.skipped]
    expected = [
        (number, *span)
        for number, block in enumerate(blocks)
        if number not in left_out
        for span in sentence_spans(block)
    ]
    assert [(s.block, s.start, s.end) for s in article.sentences] == expected
    for sentence in article.sentences:
        assert tuple(sentence.scores) == SCORE_IDS
        assert sum(sentence.scores.values()) == pytest.approx(1.0)
        assert sentence.state in STATES
        assert (sentence.label is not None) == (sentence.state == LABELLED)
        assert sentence.label in (*LABEL_IDS, None)
        assert sentence.reason.endswith(".")
        if sentence.label is None:
            assert sentence.speaker is None
            assert sentence.evidence == ()
        for evidence in sentence.evidence:
            assert 0 <= evidence.span.start < evidence.span.end <= len(blocks[evidence.span.block])


def test_every_sentence_comes_back_once_in_order_as_an_exact_slice(labeler: Labeler) -> None:
    answer = labeler.label(ARTICLE)
    check(ARTICLE, answer)
    assert [ARTICLE[s.block][s.start : s.end] for s in answer.sentences] == [
        "The ministry of defence said on Tuesday that two bridges had been closed.",
        "It gave no reason.",
        "“I saw the water come over the wall 😀,” said Ana Ruiz, who lives beside the river.",
        "“We ran.”",
        "A military source, who asked not to be named, said that more rain was expected.",
        "It rained all night.",
    ]
    assert answer.skipped == ()


def test_the_three_kinds_of_source_are_told_apart(labeler: Labeler) -> None:
    labels = [sentence.label for sentence in labeler.label(ARTICLE).sentences]
    assert (labels[0], labels[2], labels[4]) == (OFFICIAL, EYEWITNESS, ANONYMOUS)


def test_the_title_changes_no_span(labeler: Labeler) -> None:
    with_title = labeler.label(ARTICLE, "Rain closes bridges")
    assert [s.span for s in with_title.sentences] == [s.span for s in labeler.label(ARTICLE).sentences]


def test_a_block_that_is_too_long_is_left_out_and_its_neighbours_are_labelled(labeler: Labeler) -> None:
    longest, too_long = "a" * LONGEST_BLOCK, "a" * (LONGEST_BLOCK + 1)
    blocks = [ARTICLE[0], too_long, ARTICLE[1], longest]

    answer = labeler.label(blocks)

    check(blocks, answer)
    assert answer.skipped == (SkippedBlock(1, "too-long"),)
    assert {sentence.block for sentence in answer.sentences} == {0, 2, 3}
    assert answer.sentences[0].label == OFFICIAL


def test_a_paragraph_that_is_not_english_is_left_out_and_its_neighbours_keep_their_context(
    labeler: Labeler,
) -> None:
    french = (
        "« Nous avons entendu un grand bruit, puis l’eau est entrée dans la cuisine », raconte une voisine."
    )
    blocks = [ARTICLE[1], french, "“It was up to our knees,” Ruiz said."]

    answer = labeler.label(blocks)

    check(blocks, answer)
    assert answer.skipped == (SkippedBlock(1, "not-english"),)
    assert {sentence.block for sentence in answer.sentences} == {0, 2}
    speaker = answer.sentences[-1].speaker
    assert speaker is not None
    assert speaker.name == "Ana Ruiz"


def test_an_article_in_another_language_has_no_sentences(labeler: Labeler) -> None:
    blocks = [
        "Das Ministerium teilte am Dienstag mit, dass zwei Brücken gesperrt worden seien.",
        "Grund: Hochwasser",
        "„Wir haben einen lauten Knall gehört“, sagte eine Anwohnerin.",
    ]
    skipped = tuple(SkippedBlock(number, "not-english") for number in range(3))
    assert labeler.label(blocks) == LabelledArticle((), skipped)


def test_the_length_of_a_block_is_counted_in_characters_and_not_in_bytes(labeler: Labeler) -> None:
    assert LONGEST_BLOCK == 20_000
    assert labeler.label(["😀" * LONGEST_BLOCK]).skipped == ()
    assert labeler.label(["é" * LONGEST_BLOCK + "é"]).skipped == (SkippedBlock(0, "too-long"),)


def test_an_article_whose_blocks_are_all_too_long_has_no_sentences(labeler: Labeler) -> None:
    answer = labeler.label(["a" * 30_000] * 2)
    assert answer == LabelledArticle((), (SkippedBlock(0, "too-long"), SkippedBlock(1, "too-long")))


@pytest.mark.parametrize("blocks", [[], [""], ["", " \t\u00a0\n", "\u2003"]])
def test_nothing_to_read_gives_an_empty_answer(labeler: Labeler, blocks: list[str]) -> None:
    assert labeler.label(blocks) == LabelledArticle(())


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01\x1b[31m said the ministry.\x7f\x85",
        "\ud83d said the ministry. \ude00",
        "“““ ‘‘‘ \"\"\" '''' ``` said Ana Ruiz ”””",
        "“ said",
        "said",
        "according to",
        "who said",
        ", said ,",
        "\u202e“I ran,” said Ana Ruiz.\u202c",
        "e\u0301\u0301\u0301 said the ministry.",
        "The ministry said no." * 500,
        "She said he said they said it said who said we said I said.",
    ],
)
def test_odd_text_gets_an_answer(labeler: Labeler, text: str) -> None:
    check([text], labeler.label([text]))
    blocks = [ARTICLE[0], text, *ARTICLE[1:]]
    check(blocks, labeler.label(blocks))


def test_a_thousand_blocks_get_an_answer(labeler: Labeler) -> None:
    blocks = [ARTICLE[number % 3] for number in range(1_000)]
    check(blocks, labeler.label(blocks))


def test_a_surname_is_linked_to_the_introduction_two_blocks_before(labeler: Labeler) -> None:
    blocks = [
        "“I saw the wall fall,” said Jane Hollis, 34, who lives next door and ran out with her children.",
        "Rain fell on the market.",
        "“The noise woke us all,” Hollis said.",
    ]
    last = labeler.label(blocks).sentences[-1]
    assert last.label == EYEWITNESS
    assert last.speaker is not None
    assert (last.speaker.name, last.speaker.named) == ("Jane Hollis", True)
    assert "Jane Hollis" in last.reason


def test_what_stands_before_a_sentence_changes_its_scores(labeler: Labeler) -> None:
    sentence = "“The noise woke us all,” Hollis said."
    neighbour = "“I saw the wall fall,” said Jane Hollis, 34, who lives next door."
    minister = "Defence Minister Jane Hollis, who speaks for the government, announced a curfew."
    chances = [labeler.label([first, sentence]).sentences[-1].scores for first in (neighbour, minister)]
    assert chances[0][EYEWITNESS] > chances[1][EYEWITNESS]
    assert chances[0][OFFICIAL] < chances[1][OFFICIAL]


def test_many_articles_at_once_are_labelled_as_one_by_one(labeler: Labeler) -> None:
    articles = [annotated.article for annotated in read_corpus(SEEDS)[:3]]
    articles += [Article(()), Article(ARTICLE), Article(("", "a" * 30_000))]
    together = labeler.label_many(articles)
    alone = [labeler.label(article.blocks, article.title) for article in articles]

    assert [article.skipped for article in together] == [article.skipped for article in alone]
    for one, other in zip(together, alone, strict=True):
        for pooled, single in zip(one.sentences, other.sentences, strict=True):
            # sums of many numbers come out a little different in another order
            assert pooled.scores == pytest.approx(single.scores, abs=1e-4)
            assert (pooled.span, pooled.label, pooled.state) == (single.span, single.label, single.state)
    assert labeler.label_many([]) == []


def test_eight_threads_at_once_get_the_same_answers(labeler: Labeler) -> None:
    articles = [annotated.article.blocks for annotated in read_corpus(SEEDS)[:2]]
    alone = [labeler.label(blocks) for blocks in articles]
    together = Barrier(8)

    def read(_: int) -> list[LabelledArticle]:
        together.wait()
        return [labeler.label(blocks) for blocks in articles]

    with ThreadPoolExecutor(8) as threads:
        assert all(answer == alone for answer in threads.map(read, range(8)))


@given(strategies.lists(TEXTS, max_size=4))
@settings(max_examples=100)
def test_any_text_gets_an_answer_that_keeps_every_promise(labeler: Labeler, blocks: list[str]) -> None:
    check(blocks, labeler.label(blocks))
