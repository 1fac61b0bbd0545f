"""An article is laid out for the encoder: every sentence is scored once, with what stands around it."""

import numpy as np
import pytest

from sourcemark.article import Article
from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import Reading, read_article
from sourcemark.labels import SCORE_IDS
from sourcemark.model.artifact import load_model
from sourcemark.model.encoder import Encoder, inputs_of
from sourcemark.model.windows import CASES, LONGEST, Pieces, Window

PARAGRAPH = (
    "The ministry of water said in a statement on Tuesday that the dam above the town would hold. It gave no "
    "reason for its change of mind, and the mayor, Ana Ruiz, asked for one."
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = load_model("careful").pipeline.encoder
    assert found is not None
    return found


@pytest.fixture(scope="module")
def pieces(encoder: Encoder) -> Pieces:
    return encoder.pieces


def read(*blocks: str) -> Reading:
    return read_article(Article(blocks), load_lexicon())


def scored(windows: list[Window]) -> list[int]:
    return [
        number
        for window in windows
        for number, counts in zip(window.sentences, window.scored, strict=True)
        if counts
    ]


@pytest.mark.parametrize("paragraphs", [0, 1, 2, 7, 40])
def test_every_sentence_is_scored_in_exactly_one_window(pieces: Pieces, paragraphs: int) -> None:
    reading = read(*[PARAGRAPH] * paragraphs)
    assert scored(list(pieces.windows(reading))) == list(range(len(reading.sentences)))


def test_no_window_is_longer_than_the_encoder_can_read(pieces: Pieces) -> None:
    endless = "and then the water rose again " * 600
    for reading in (read(*[PARAGRAPH] * 40), read(endless), read(PARAGRAPH, endless, PARAGRAPH)):
        windows = list(pieces.windows(reading))
        assert all(len(window.ids) == len(window.shapes) <= LONGEST + 32 for window in windows)
        assert scored(windows) == list(range(len(reading.sentences)))


def test_a_later_window_opens_with_the_sentences_before_its_own(pieces: Pieces) -> None:
    windows = list(pieces.windows(read(*[PARAGRAPH] * 20)))
    assert len(windows) > 1
    for window in windows[1:]:
        assert not window.scored[0]
        assert window.sentences[0] < scored([window])[0]


def test_how_a_speaker_was_introduced_comes_along_into_a_window_that_it_stands_before(pieces: Pieces) -> None:
    introduction = "“We lost the roof,” said Ana Ruiz, a baker who lives beside the river."
    filler = ["The rain went on through the night and the roads were wet."] * 60
    windows = list(pieces.windows(read(introduction, *filler, "“It was dark,” Ruiz said.")))
    (alone,) = pieces.windows(read("baker"))
    baker = alone.ids[-2]
    assert len(windows) > 2
    assert baker in windows[-1].ids
    assert baker not in windows[1].ids


def test_words_are_told_apart_by_capitals_and_quotation_marks(pieces: Pieces) -> None:
    (window,) = pieces.windows(read("The WHO said: “The town ran.”"))
    small, capitalised, capitals = range(CASES)
    shapes = set(window.shapes)
    assert {small, capitalised, capitals, CASES + small, CASES + capitalised} <= shapes


def test_the_shares_of_a_sentences_pieces_sum_to_one(pieces: Pieces) -> None:
    for window in pieces.windows(read(PARAGRAPH, "…", PARAGRAPH)):
        assert inputs_of(window)["shares"].sum(axis=1) == pytest.approx(1.0)


def test_scores_of_every_sentence_come_in_the_order_of_the_article(encoder: Encoder) -> None:
    reading = read(PARAGRAPH, "“I saw the wall break and ran,” said Ana Ruiz, who lives beside the river.")
    log_scores = encoder.log_scores(reading)
    assert log_scores.shape == (3, 2 * len(SCORE_IDS))
    for scores in np.split(np.exp(log_scores), 2, axis=1):
        # either network's: they are for themselves, and sum to 1
        assert scores.sum(axis=1) == pytest.approx(1.0, abs=1e-4)
        # sorted: anonymous, eyewitness, none, official
        assert scores[0].argmax() == 3
        assert scores[2].argmax() == 1


def test_an_article_without_a_sentence_has_no_scores(encoder: Encoder) -> None:
    assert encoder.log_scores(read("", "  ")).shape == (0, 2 * len(SCORE_IDS))
