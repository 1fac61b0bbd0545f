"""Quotation marks are paired across sentences and paragraphs, and apostrophes are none."""

from hypothesis import given, settings, strategies
import pytest

from sourcemark.attribution.quotes import Quotation, find_quotations

MARKS = strategies.sampled_from([*"“”„\"‘’'", "''", "``", " ", "word", "'s", ". "])
BLOCKS = strategies.lists(
    strategies.lists(MARKS | strategies.characters(exclude_categories=()), max_size=30).map("".join),
    max_size=5,
)


def quoted(*blocks: str) -> list[list[str]]:
    """Return the quoted stretches of each block."""
    found = zip(blocks, find_quotations(blocks), strict=True)
    return [[block[q.start : q.end] for q in quotations] for block, quotations in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We ran,” said Ana. “It was dark.”", ["“We ran,”", "“It was dark.”"]),
        ('"We ran," said Ana. "It was dark."', ['"We ran,"', '"It was dark."']),
        ("''We ran,'' said Ana. ''It was dark.''", ["''We ran,''", "''It was dark.''"]),
        ("``We ran,'' said Ana. ``It was dark.''", ["``We ran,''", "``It was dark.''"]),
        ("‘We ran,’ said Ana. ‘It was dark.’", ["‘We ran,’", "‘It was dark.’"]),
        ("'We ran,' said Ana. 'It was dark.'", ["'We ran,'", "'It was dark.'"]),
    ],
    ids=["curly", "straight", "two apostrophes", "backticks", "single curly", "single straight"],
)
def test_every_style_of_marks_is_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The residents' street wasn't closed.",
        "The residents’ street wasn’t closed in the ’90s.",
        "The '90s and '80s were the dogs' years.",
        "He is 6' 2\" tall.",
    ],
)
def test_apostrophes_and_inches_are_no_quotation_marks(text: str) -> None:
    assert quoted(text) == [[]]


def test_an_apostrophe_inside_a_quotation_does_not_end_it() -> None:
    assert quoted("‘We don’t know,’ said Ana.") == [["‘We don’t know,’"]]
    assert quoted("“Tell 'em,” said Ana.") == [["“Tell 'em,”"]]


def test_an_apostrophe_that_looks_like_an_opening_mark_hides_no_quotation() -> None:
    assert quoted("He sang 'em a song and said “no”.") == [["“no”"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He told me ‘run’ and I ran,” said Ana.", "“He told me ‘run’ and I ran,”"),
        ("‘He told me “run” and I ran,’ said Ana.", "‘He told me “run” and I ran,’"),
    ],
)
def test_a_quotation_inside_a_quotation_is_part_of_it(text: str, expected: str) -> None:
    assert quoted(text) == [[expected]]


def test_a_quotation_over_three_paragraphs_gives_one_piece_in_each() -> None:
    blocks = ["Ana said: “We ran.", "“It was dark.", "“We got home,” she added.", "The river fell."]

    assert quoted(*blocks) == [["“We ran."], ["“It was dark."], ["“We got home,”"], []]
    assert [[(q.continues, q.closed) for q in qs] for qs in find_quotations(blocks)] == [
        [(False, False)],
        [(True, False)],
        [(True, True)],
        [],
    ]


def test_a_forgotten_closing_mark_ends_with_its_paragraph() -> None:
    forgotten = "“We ran and nobody closed it."

    assert quoted(forgotten, "The mayor left.", "“No,” she said.") == [[forgotten], [], ["“No,”"]]
    assert find_quotations([forgotten, "The mayor said “no”."])[1][0].continues is False
    assert find_quotations([forgotten, "", "“No,” she said."])[2][0].continues is False


def test_a_quotation_after_a_closed_one_is_a_new_one() -> None:
    assert find_quotations(["“We ran.”", "“Go,” she said."])[1] == [Quotation(0, 5, False, True)]


def test_a_mark_that_opens_a_second_time_does_not_end_the_quotation() -> None:
    assert quoted("“We ran. “It was dark,” said Ana.") == [["“We ran. “It was dark,”"]]


@given(BLOCKS)
@settings(max_examples=200)
def test_any_text_gives_quotations_in_order_inside_their_block(blocks: list[str]) -> None:
    found = find_quotations(blocks)

    assert len(found) == len(blocks)
    for text, quotations in zip(blocks, found, strict=True):
        end_before = 0
        for quotation in quotations:
            assert end_before <= quotation.start < quotation.end <= len(text)
            end_before = quotation.end
        # only the last one of a block can be open, and only the first one can go on from another
        assert all(quotation.closed for quotation in quotations[:-1])
        assert not any(quotation.continues for quotation in quotations[1:])
        assert all(quotation.end == len(text) for quotation in quotations if not quotation.closed)


@pytest.mark.parametrize("mark", ["“", "'", "‘", '"', "``", " 'a", "“a” "])
def test_thousands_of_marks_in_one_block_give_an_answer(mark: str) -> None:
    text = mark * 5_000
    assert all(0 <= q.start < q.end <= len(text) for q in find_quotations([text])[0])
