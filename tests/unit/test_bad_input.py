"""Whatever stands in a block, an answer comes, and the time for it grows no faster than the text."""

from itertools import pairwise

import pytest

from sourcemark.attribution.quotes import find_quotations
from sourcemark.labeler import LONGEST_BLOCK, Labeler
from unit.test_labeler import ARTICLE, check

CONTROLS = "".join(map(chr, [*range(32), *range(127, 160), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF]))
SENTENCE = "the ministry of defence said that "
LONG = {
    "one sentence": SENTENCE * 600,
    "one word": "a" * LONGEST_BLOCK,
    "one word in capitals": "A" * LONGEST_BLOCK,
    "capitalised words": "Jane Hollis " * 1_600,
    "opening marks": "“" * LONGEST_BLOCK,
    "straight marks": '"' * LONGEST_BLOCK,
    "apostrophes": "'" * LONGEST_BLOCK,
    "doubled marks": "''" * (LONGEST_BLOCK // 2),
    "commas": "," * LONGEST_BLOCK,
    "commas between names": "Hollis, " * 2_500,
    "cues": "said " * 4_000,
    "clauses": "who said " * 2_200,
    "opening brackets": "(" * LONGEST_BLOCK,
    "full stops": "." * LONGEST_BLOCK,
    "abbreviations": "U.S. " * 4_000,
    "white space": " " * LONGEST_BLOCK,
    "blank lines": "\n" * LONGEST_BLOCK,
    "blank lines between words": "a\n \n" * (LONGEST_BLOCK // 4),
    "hyphens": "a-" * (LONGEST_BLOCK // 2),
    "digits": "1" * LONGEST_BLOCK,
    "marks on a letter": "e" + "\u0301" * (LONGEST_BLOCK - 1),
    "control characters": (CONTROLS * 400)[:LONGEST_BLOCK],
    "halves of characters": "\ud83d" * LONGEST_BLOCK,
}


@pytest.mark.parametrize("blocks", [[], [""], ["", " \t\u00a0\n", "\u2003"], ["\x00"], ["\ufeff"]], ids=repr)
def test_nothing_to_read_is_no_error(labeler: Labeler, blocks: list[str]) -> None:
    check(blocks, labeler.label(blocks))


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_block_of_the_longest_kind_gets_an_answer(labeler: Labeler, text: str) -> None:
    blocks = [ARTICLE[0], text[:LONGEST_BLOCK], ARTICLE[1]]
    check(blocks, labeler.label(blocks))


def test_five_thousand_blocks_get_an_answer(fast: Labeler) -> None:
    blocks = [ARTICLE[number % 3] for number in range(5_000)]
    answer = fast.label(blocks)
    check(blocks, answer)
    assert answer.sentences[-1].block == 4_999


def test_five_thousand_speakers_get_an_answer(fast: Labeler) -> None:
    blocks = [f"“It was loud,” said Person{number} Name{number}, a neighbour." for number in range(2_500)]
    blocks += [f"“We ran,” Name{number} said." for number in range(2_500)]
    check(blocks, fast.label(blocks))


@pytest.mark.parametrize("character", CONTROLS, ids=lambda character: f"U+{ord(character):04X}")
def test_a_control_character_changes_nothing_around_it(labeler: Labeler, character: str) -> None:
    blocks = [f"{ARTICLE[0]}{character}", *ARTICLE[1:]]
    answer = labeler.label(blocks)
    check(blocks, answer)
    with_it = [s.label for s in answer.sentences if s.block > 0]
    assert with_it == [s.label for s in labeler.label(ARTICLE).sentences if s.block > 0]


@pytest.mark.parametrize("half", ["\ud83d", "\ude00"])
def test_half_of_a_character_is_read_as_any_other(labeler: Labeler, half: str) -> None:
    blocks = [f"The ministry {half} said on Tuesday that two bridges had been closed.", *ARTICLE[1:]]
    check(blocks, labeler.label(blocks))


@pytest.mark.parametrize("mark", ["“", '"', "''", "‘", "'", "``", "„"])
def test_a_quotation_that_nobody_closes_ends_with_its_paragraph(labeler: Labeler, mark: str) -> None:
    blocks = [f"{mark}We will not be moved, the mayor said on Monday.", *ARTICLE]

    answer = labeler.label(blocks)

    check(blocks, answer)
    assert all(
        first.end <= len(block)
        for block, found in zip(blocks, find_quotations(blocks), strict=True)
        for first in found
    )
    alone = [sentence.span for sentence in labeler.label(ARTICLE).sentences]
    after = [sentence.span for sentence in answer.sentences if sentence.block > 0]
    assert [(s.block - 1, s.start, s.end) for s in after] == [(s.block, s.start, s.end) for s in alone]


def test_opening_marks_to_the_end_of_the_article_get_an_answer(labeler: Labeler) -> None:
    blocks = [f"“Paragraph {number} goes on and says that nothing was closed." for number in range(500)]
    check(blocks, labeler.label(blocks))
    for before, after in pairwise(find_quotations(blocks)):
        assert not before[-1].closed
        assert after[0].continues
