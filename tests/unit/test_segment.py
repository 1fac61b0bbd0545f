"""A paragraph of news prose is cut where its sentences end, and nowhere else."""

from hypothesis import given, settings, strategies
import pytest

from sourcemark.text.segment import sentence_spans

# prose with everything that splitters trip over, mixed with any character at all
PIECES = strategies.sampled_from(["The ferry left", "U.S.", "Lt. Gen.", "Inc.", *'.?…“”" \u00a0\t😀', "\r\n"])
TEXTS = strategies.lists(PIECES | strategies.characters(exclude_categories=()), max_size=40).map("".join)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Hollis met Mrs. Green at noon.", "He left early."],
        ["Gov. Hale and Sen. Orr met Dr. Pike.", "They agreed."],
        ["Lt. Gen. Ana Ruiz spoke first.", "She left."],
        ["Cmdr. Ines Vale spoke.", "Spc. Tom Reed listened."],
        ["The U.S. Coast Guard sent two boats.", "They came back."],
        ["He moved to the U.S.", "The embassy closed."],
        ["Marten Inc. said it would appeal.", "Shares fell."],
        ["J.F.K. was closed.", "Nobody flew."],
        ["At 4 p.m. the siren rang.", "People ran."],
        ["He paid $4.5 million.", "She paid 3.2 percent."],
    ],
    ids=lambda expected: expected[0],
)
def test_a_stop_inside_a_title_an_abbreviation_or_a_number_ends_no_sentence(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("dash", ["-", "—"])
def test_a_dateline_belongs_to_the_first_sentence(dash: str) -> None:
    first = f"DROVNY, March 3 (Reuters) {dash} The ministry denied it."
    assert sentences(f"{first} It gave no reason.") == [first, "It gave no reason."]


MARKS = [("“", "”"), ('"', '"'), ("''", "''"), ("``", "''")]


@pytest.mark.parametrize(("opening", "closing"), MARKS)
@pytest.mark.parametrize(
    "expected",
    [
        ["She met them in New York.", "{We talked for an hour,} she said."],
        ["He had warned her about it two months ago.", "{It was on his desk,} said the official."],
        ["{Mr. Hollis left early,} she said.", "{Nobody knew.}"],
        ["{The bridge held.}", "{It will hold again,} he said."],
    ],
    ids=lambda expected: expected[0],
)
def test_however_quotation_marks_are_written_the_sentences_are_the_same(
    expected: list[str], opening: str, closing: str
) -> None:
    written = [sentence.replace("{", opening).replace("}", closing) for sentence in expected]
    assert sentences(" ".join(written)) == written


@pytest.mark.parametrize(("opening", "closing"), MARKS)
def test_a_closing_mark_after_the_stop_stays_with_its_sentence(opening: str, closing: str) -> None:
    first = f"{opening}The bridge held.{closing}"
    assert sentences(f"{first} The mayor left the room.") == [first, "The mayor left the room."]


def test_every_sentence_inside_one_quotation_is_a_sentence_of_its_own() -> None:
    assert sentences("“We heard a bang. We ran. Nobody looked back,” said Ana Ruiz.") == [
        "“We heard a bang.",
        "We ran.",
        "Nobody looked back,” said Ana Ruiz.",
    ]


def test_a_question_inside_a_quotation_does_not_cut_off_who_asked_it() -> None:
    assert sentences("“Why?” she asked. “Because,” he said.") == ["“Why?” she asked.", "“Because,” he said."]


@pytest.mark.parametrize("mark", ["“", '"'])
def test_a_quotation_glued_to_the_sentence_before_it_is_cut_off(mark: str) -> None:
    quotation = f"{mark}I ran,{'”' if mark == '“' else mark} she said."
    assert sentences(f"The train was late.{quotation}") == ["The train was late.", quotation]


def test_an_ellipsis_ends_a_sentence_only_before_a_capital_letter() -> None:
    assert sentences("He waited … then he left. She stayed.") == ["He waited … then he left.", "She stayed."]
    assert sentences("“I don’t know… maybe,” she said. He nodded.") == [
        "“I don’t know… maybe,” she said.",
        "He nodded.",
    ]
    assert sentences("He waited... Then he left.") == ["He waited...", "Then he left."]


def test_a_no_break_space_parts_sentences_and_belongs_to_none() -> None:
    assert sentences("\u00a0The ferry left.\u00a0Nobody was hurt.\u00a0") == [
        "The ferry left.",
        "Nobody was hurt.",
    ]


def test_a_line_break_inside_a_sentence_stays_in_it() -> None:
    assert sentences("The ferry left\r\nat noon. Nobody\r\nwas hurt.\r\n") == [
        "The ferry left\r\nat noon.",
        "Nobody\r\nwas hurt.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n", " \t\u00a0\r\n\u2003 "])
def test_white_space_alone_is_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


@given(TEXTS)
@settings(max_examples=200)
def test_sentences_are_in_order_and_only_white_space_lies_between_them(text: str) -> None:
    end_before = 0
    for start, end in sentence_spans(text):
        assert end_before <= start < end <= len(text)
        assert text[end_before:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        end_before = end
    assert text[end_before:].strip() == ""
