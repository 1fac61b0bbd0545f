"""What a label rests on is pointed to in the text, and said in one sentence that invents nothing."""

from hypothesis import given, settings, strategies
import pytest

from sourcemark.article import Article, Evidence, Span, Speaker
from sourcemark.attribution.evidence import Explanation, explain
from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import Reading, read_article
from sourcemark.labels import ANONYMOUS, EYEWITNESS, LABEL_IDS, LABELLED, NONE, OFFICIAL, UNSURE

STATES = [*((label, LABELLED) for label in LABEL_IDS), (None, NONE), (None, UNSURE)]

# sentences of every link, to be put together in any order
SENTENCES = (
    "Jane Hollis, the mayor, said the bridge was closed.",
    "Hollis later told reporters the lights were off.",
    "She said nobody slept.",
    "“We heard a bang. We ran,” said Tom Reed.",
    "“It was dark. Nobody spoke.”",
    "“We ran.",
    "According to the transport ministry the trains stopped.",
    "It said buses would run.",
    "An official who asked not to be named said the end was near.",
    "He reportedly left.",
    "Rain fell on the market 😀.",
)


def read(*blocks: str) -> Reading:
    return read_article(Article(blocks), load_lexicon())


def pointed_to(reading: Reading, index: int, label: str) -> list[tuple[str, int, str]]:
    """Return the evidence of a sentence: its kind, its block and the words themselves."""
    return [
        (each.kind, each.span.block, reading.blocks[each.span.block].text[each.span.start : each.span.end])
        for each in explain(reading, index, label, LABELLED).evidence
    ]


def test_evidence_is_the_source_with_its_apposition_and_the_cue() -> None:
    reading = read("Hollis, 34, who lives next door, said that the wall fell.")
    assert pointed_to(reading, 0, EYEWITNESS) == [
        ("source", 0, "Hollis, 34, who lives next door"),
        ("cue", 0, "said"),
    ]


def test_evidence_counts_code_points_of_the_block_as_it_was_sent() -> None:
    reading = read("😀\u00a0Rain fell. The ministry said no.")
    assert explain(reading, 1, OFFICIAL, LABELLED).evidence == (
        Evidence("source", Span(0, 13, 25)),
        Evidence("cue", Span(0, 26, 30)),
    )


def test_a_line_break_in_the_text_is_a_space_in_names_and_reasons() -> None:
    broken = (
        "Jane\nHollis, the\nmayor, said the bridge was closed.",
        "The transport\nministry said it held.",
    )
    whole = [block.replace("\n", " ") for block in broken]
    for index in (0, 1):
        said = explain(read(*broken), index, OFFICIAL, LABELLED)
        assert said == explain(read(*whole), index, OFFICIAL, LABELLED)
        assert said.speaker is not None and "\n" not in said.speaker.name
    assert pointed_to(read(*broken), 0, OFFICIAL)[0] == ("source", 0, "Jane\nHollis, the\nmayor")


def test_evidence_of_a_pronoun_is_the_mention_that_names_the_person_blocks_earlier() -> None:
    reading = read("Rain fell.", "Jane Hollis lives by the river.", "“We ran,” she said.")
    assert pointed_to(reading, 2, EYEWITNESS) == [("source", 1, "Jane Hollis"), ("cue", 2, "said")]


def test_evidence_of_a_continued_quotation_is_where_its_speaker_was_named() -> None:
    reading = read("The minister, Tom Reed, said: “We ran.", "“It was dark.”")
    assert pointed_to(reading, 1, OFFICIAL) == [("source", 0, "The minister, Tom Reed")]


def test_evidence_of_a_surname_is_the_mention_in_the_sentence_itself() -> None:
    reading = read("Jane Hollis, the mayor, said no.", "Hollis told reporters the lights were off.")
    assert pointed_to(reading, 1, OFFICIAL) == [("source", 1, "Hollis"), ("cue", 1, "told reporters")]
    speaker = explain(reading, 1, OFFICIAL, LABELLED).speaker
    assert speaker is not None
    assert (speaker.name, speaker.named) == ("Jane Hollis", True)


def test_narration_has_no_evidence_and_no_speaker() -> None:
    reading = read("Rain fell on the market.")
    assert explain(reading, 0, OFFICIAL, LABELLED).evidence == ()
    assert explain(reading, 0, OFFICIAL, LABELLED).speaker is None


def test_a_source_without_a_name_is_described_and_not_named() -> None:
    speaker = explain(read("A military source said tanks moved."), 0, ANONYMOUS, LABELLED).speaker
    assert speaker is not None
    assert (speaker.name, speaker.named) == ("A military source", False)


def test_a_label_that_says_that_no_name_is_given_never_rests_on_a_name() -> None:
    reading = read("Jane Hollis said that an official, who asked not to be named, had fled.")

    assert explain(reading, 0, ANONYMOUS, LABELLED).speaker == Speaker("an official", False)
    assert ("source", 0, "Jane Hollis") not in pointed_to(reading, 0, ANONYMOUS)
    assert "Hollis" not in explain(reading, 0, ANONYMOUS, LABELLED).reason
    assert explain(reading, 0, ANONYMOUS, LABELLED).reason.endswith(
        "points to a source that the text does not name."
    )


@pytest.mark.parametrize(
    ("blocks", "index", "reason"),
    [
        (["Jane Hollis said no."], 0, "“said” gives these words to Jane Hollis."),
        (
            ["Jane Hollis lives here.", "“We ran,” she said."],
            1,
            "“said” gives these words to “she”, read here as Jane Hollis.",
        ),
        (
            ["Jane Hollis said: “We ran. We got home.”"],
            1,
            "Part of a longer quotation, read here as Jane Hollis speaking.",
        ),
        (
            ["“We ran. We got home,” said Jane Hollis."],
            0,
            "A quotation whose speaker is named after it: Jane Hollis.",
        ),
        (
            ["“We ran,” said Jane Hollis. “We got home.”"],
            1,
            "A quotation in the same paragraph as the words of Jane Hollis.",
        ),
        (
            ["“We ran,” said Jane Hollis.", "“We got home.”"],
            1,
            "Goes on from the sentence before it, read here as the account of Jane Hollis.",
        ),
        (
            ["Rain fell on the market."],
            0,
            "No source is named in it, but its wording is that of a report of somebody's words.",
        ),
    ],
    ids=["own", "pronoun", "quotation", "closed later", "same block", "previous", "wording"],
)
def test_the_reason_of_a_mark_says_how_it_was_found(blocks: list[str], index: int, reason: str) -> None:
    assert explain(read(*blocks), index, OFFICIAL, LABELLED).reason == reason


def test_a_reason_says_how_the_article_introduced_a_speaker_elsewhere() -> None:
    reading = read("Jane Hollis, a neighbour, said the wall fell.", "“It was loud,” Hollis said.")

    assert explain(reading, 0, EYEWITNESS, LABELLED).reason == "“said” gives these words to Jane Hollis."
    assert explain(reading, 1, EYEWITNESS, LABELLED).reason == (
        "“said” gives these words to Jane Hollis, introduced as “neighbour”."
    )


def test_a_reason_tells_a_description_from_whom_it_is_read_as() -> None:
    reading = read("Jane Hollis, the mayor, opened the bridge.", "The mayor said it was safe.")

    assert explain(reading, 1, OFFICIAL, LABELLED).reason == (
        "“said” gives these words to “The mayor”, read here as Jane Hollis, introduced as “mayor”."
    )
    assert pointed_to(reading, 1, OFFICIAL)[0] == ("source", 1, "The mayor")


def test_a_sentence_marked_without_a_cue_rests_on_whom_it_is_about() -> None:
    reading = read("Jane Hollis has visited the quay.")

    assert explain(reading, 0, OFFICIAL, LABELLED).speaker == Speaker("Jane Hollis", True)
    assert explain(reading, 0, OFFICIAL, LABELLED).reason == (
        "No source is named beside it; read here as the account of Jane Hollis, whom it is about."
    )
    assert explain(reading, 0, None, NONE).reason.startswith("No source found")


def test_speaker_evidence_and_reason_come_from_one_reading() -> None:
    reading = read("Hollis said no.")
    assert explain(reading, 0, OFFICIAL, LABELLED) == Explanation(
        explain(reading, 0, OFFICIAL, LABELLED).speaker,
        explain(reading, 0, OFFICIAL, LABELLED).evidence,
        explain(reading, 0, OFFICIAL, LABELLED).reason,
    )


@pytest.mark.parametrize(
    ("speaker", "inside"),
    [
        ("The ministry", "the ministry"),
        ("Two officials", "two officials"),
        ("Police", "Police"),
        ("Hollis", "Hollis"),
    ],
)
def test_an_article_is_written_small_inside_a_reason_and_a_name_is_not(speaker: str, inside: str) -> None:
    reason = explain(read(f"{speaker} said no."), 0, OFFICIAL, LABELLED).reason
    assert reason == f"“said” gives these words to {inside}."


@pytest.mark.parametrize(
    ("sentence", "state", "reason"),
    [
        ("Rain fell.", NONE, "No source found: it reads as the reporter's own narration."),
        ("the minister said no.", NONE, "The minister may be speaking, but neither for a body, nor unnamed"),
        ("The minister said no.", UNSURE, "Not sure: the text does not say clearly enough who stands behind"),
    ],
)
def test_what_is_not_marked_has_a_reason_too(sentence: str, state: str, reason: str) -> None:
    assert explain(read(sentence), 0, None, state).reason.startswith(reason)


@given(strategies.lists(strategies.sampled_from(SENTENCES), min_size=1, max_size=6), strategies.data())
@settings(max_examples=60)
def test_no_reason_and_no_evidence_is_ever_invented(
    sentences: list[str], data: strategies.DataObject
) -> None:
    cut = data.draw(strategies.integers(0, len(sentences)))
    blocks = [" ".join(part) for part in (sentences[:cut], sentences[cut:]) if part]
    reading = read(*blocks)

    for index in range(len(reading.sentences)):
        for label, state in STATES:
            reason = explain(reading, index, label, state).reason
            assert reason.endswith(".")
            assert reason.count(". ") == 0
            assert "None" not in reason and "{" not in reason
            speaker = explain(reading, index, label, LABELLED).speaker
            if speaker is not None:
                assert any(speaker.name in block for block in blocks)
                if state == LABELLED:
                    # an article at its start is written small inside a sentence
                    assert speaker.name[1:] in reason
            for kind, _, words in pointed_to(reading, index, label or OFFICIAL):
                assert kind in ("source", "cue")
                assert words and words == words.strip()
