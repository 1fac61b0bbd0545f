"""A text is cut into words and marks that can be compared, however they are written."""

from hypothesis import given, settings, strategies
import pytest

from sourcemark.text.tokens import tokenize


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Hollis met Sen. Orr.", ["Mr.", "Hollis", "met", "Sen.", "Orr", "."]),
        ("the U.S. Coast Guard", ["the", "U.S.", "Coast", "Guard"]),
        ("the mayor's 34-year-old son", ["the", "mayor", "'s", "34-year-old", "son"]),
        ("five o’clock, 3.2 percent", ["five", "o’clock", ",", "3.2", "percent"]),
        ("He waited...", ["He", "waited", "..."]),
    ],
)
def test_a_text_is_cut_into_words_and_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("mark", ["“", "”", "„", '"', "''", "``"])
def test_every_double_quotation_mark_compares_as_a_straight_one(mark: str) -> None:
    token = tokenize(f"{mark}No")[0]
    assert (token.text, token.lower) == (mark, '"')


@pytest.mark.parametrize("mark", ["‘", "’", "'"])
def test_every_single_quotation_mark_compares_as_a_straight_one(mark: str) -> None:
    assert tokenize(f"{mark} No")[0].lower == "'"
    assert tokenize(f"don{'’' if mark == '‘' else mark}t")[0].lower == "don't"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THE MINISTER said", ["The", "Minister", "said"]),
        ("HE SAID: “No.”", ["He", "Said", ":", "“", "No", ".", "”"]),
        ("“IN SEPTEMBER they left.”", ["“", "In", "September", "they", "left", ".", "”"]),
        ("FOR THE first time", ["For", "the", "first", "time"]),
    ],
)
def test_a_paragraph_that_opens_in_capitals_is_read_as_if_it_did_not(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "WHO officials said",
        "A BBC reporter said",
        "US FDA officials",
        "THE mayor",
        "PORT LASQUE, Tavuno — The ferry sank",
        "He told THE MINISTER",
        "NATO and the UK",
    ],
)
def test_acronyms_datelines_and_capitals_elsewhere_stay(text: str) -> None:
    assert "".join(words(text)) == text.replace(" ", "")


@given(strategies.text())
@settings(max_examples=200)
def test_tokens_are_in_order_and_only_white_space_lies_between_them(text: str) -> None:
    end_before = 0
    for token in tokenize(text):
        assert end_before <= token.start < token.end <= len(text)
        assert not text[end_before : token.start].strip()
        assert token.text.lower() == text[token.start : token.end].lower()
        end_before = token.end
    assert not text[end_before:].strip()
