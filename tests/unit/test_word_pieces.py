"""Words are cut into the longest pieces that the vocabulary has."""

import pytest

from sourcemark.model.word_pieces import WordPieces

VOCABULARY = ["[UNK]", "the", "river", "##side", "##s", "o", "'", "clock", "cafe", "-", "_", "s", "ri"]


def pieces(word: str) -> list[str]:
    return [VOCABULARY[number] for number in WordPieces(VOCABULARY).of(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("the", ["the"]),
        ("The", ["the"]),
        ("riverside", ["river", "##side"]),
        ("rivers", ["river", "##s"]),
        ("o'clock", ["o", "'", "clock"]),
        ("river-clock", ["river", "-", "clock"]),
        ("Café", ["cafe"]),
        ("_", ["_"]),
        # all of a word or none of it: a piece in the middle that is not known makes it unknown
        ("riverboat", ["[UNK]"]),
        ("水", ["[UNK]"]),
        ("river水", ["[UNK]"]),
        ("the" * 40, ["[UNK]"]),
        ("", []),
    ],
)
def test_a_word_is_cut_into_its_longest_pieces(word: str, expected: list[str]) -> None:
    assert pieces(word) == expected


def test_a_piece_that_is_missing_is_named() -> None:
    with pytest.raises(ValueError, match=r"has no \[CLS\]"):
        WordPieces(VOCABULARY).id_of("[CLS]")
