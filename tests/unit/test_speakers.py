"""Every sentence is given to the one who speaks in it, over paragraphs, names and pronouns."""

import pytest

from sourcemark.article import Article
from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import Reading, read_article
from sourcemark.attribution.speakers import (
    CLOSED_LATER,
    NO_SPEAKER,
    OWN,
    PREVIOUS,
    PRONOUN,
    QUOTATION,
    SAME_BLOCK,
)


def read(*blocks: str) -> Reading:
    return read_article(Article(blocks), load_lexicon())


def turns(*blocks: str) -> list[tuple[str | None, str]]:
    """Return who was read as the speaker of each sentence, and how that was found."""
    return [(turn.speaker.label if turn.speaker else None, turn.link) for turn in read(*blocks).turns]


@pytest.mark.parametrize(
    ("introduction", "pronoun", "speaker"),
    [
        # by given names
        ("Jane Hollis and Tom Reed live by the river.", "He", "Tom Reed"),
        ("Jane Hollis and Tom Reed live by the river.", "She", "Jane Hollis"),
        # by titles
        ("Mr. Hollis met Ms. Green.", "He", "Hollis"),
        ("Mr. Hollis met Ms. Green.", "She", "Green"),
        ("Dame Hollis met Sir Green.", "She", "Hollis"),
        ("Dame Hollis met Sir Green.", "He", "Green"),
    ],
)
def test_a_pronoun_means_the_person_whose_name_or_title_fits(
    introduction: str, pronoun: str, speaker: str
) -> None:
    assert turns(introduction, f"{pronoun} said the bridge was closed.")[1] == (speaker, PRONOUN)


def test_a_pronoun_means_the_one_who_spoke_last_among_those_who_fit() -> None:
    assert turns("Ana Ruiz said no.", "Tom Reed said yes.", "She said maybe.", "He said never.")[2:] == [
        ("Ana Ruiz", PRONOUN),
        ("Tom Reed", PRONOUN),
    ]
    assert turns("Ana Ruiz said no.", "Jane Hollis said yes.", "She said maybe.")[2] == (
        "Jane Hollis",
        PRONOUN,
    )


def test_a_pronoun_reaches_no_further_than_six_paragraphs() -> None:
    rain = "Rain fell on the market."
    assert turns("Ana Ruiz said no.", *[rain] * 5, "She said maybe.")[-1] == ("Ana Ruiz", PRONOUN)
    assert turns("Ana Ruiz said no.", *[rain] * 6, "She said maybe.")[-1] == (None, NO_SPEAKER)


def test_a_pronoun_that_nobody_fits_has_no_speaker() -> None:
    assert turns("In the morning the siren rang.", "“It was loud,” he said.")[1] == (None, NO_SPEAKER)
    assert turns("Tom Reed lives by the river.", "“It was loud,” she said.")[1] == (None, NO_SPEAKER)


def test_a_surname_goes_back_to_the_full_name() -> None:
    reading = read(
        "Jane Hollis, the mayor, said the bridge was closed.",
        "“It was dark,” Hollis said.",
        "Hollis later told reporters the lights were off.",
    )
    assert {turn.speaker.label for turn in reading.turns if turn.speaker} == {"Jane Hollis"}
    assert reading.turns[1].speaker is reading.turns[0].speaker
    assert reading.turns[2].speaker is reading.turns[0].speaker


def test_a_person_the_narration_named_speaks_under_the_full_name() -> None:
    assert turns("The fire began near Jane Hollis.", "Hollis said she ran.")[1] == ("Jane Hollis", OWN)


def test_an_acronym_goes_back_to_the_name_it_is_made_of() -> None:
    assert turns("The National Transport Board said trains stopped.", "The NTB said buses would run.")[1] == (
        "The National Transport Board",
        OWN,
    )


def test_an_unnamed_source_is_recognised_when_it_comes_back() -> None:
    reading = read(
        "A military source said the attack was near.", "“They move at night,” the source said. The end came."
    )
    assert reading.turns[1].speaker is reading.turns[0].speaker
    assert reading.turns[0].speaker is not None
    assert reading.turns[0].speaker.name == ()


def test_it_means_a_body_and_they_means_a_group() -> None:
    ministry, residents = "The transport ministry", "Three residents"
    introduction = (f"{ministry} said the bridge was closed.", f"{residents} said that it shook.")

    assert turns(*introduction, "It said buses would run.")[2] == (ministry, PRONOUN)
    assert turns(*introduction, "They said it was loud.")[2] == (residents, PRONOUN)
    assert turns("Ana Ruiz said no.", "It said buses would run.")[1] == (None, NO_SPEAKER)
    assert turns("Ana Ruiz said no.", "They said it was loud.")[1] == (None, NO_SPEAKER)


def test_a_quotation_goes_to_the_speaker_named_behind_it() -> None:
    assert turns("“We heard a bang. We ran. Nobody looked back,” said Ana Ruiz.") == [
        ("Ana Ruiz", CLOSED_LATER),
        ("Ana Ruiz", QUOTATION),
        ("Ana Ruiz", OWN),
    ]


def test_the_speaker_behind_a_quotation_beats_the_one_before_it() -> None:
    assert turns("Tom Reed said no.", "“We heard a bang. We ran,” said Ana Ruiz.")[1:] == [
        ("Ana Ruiz", CLOSED_LATER),
        ("Ana Ruiz", OWN),
    ]


def test_a_second_quotation_in_a_paragraph_stays_with_its_speaker() -> None:
    assert turns("“We ran,” said Ana Ruiz. “It was dark. Nobody spoke.”") == [
        ("Ana Ruiz", OWN),
        ("Ana Ruiz", SAME_BLOCK),
        ("Ana Ruiz", QUOTATION),
    ]


def test_a_quotation_over_three_paragraphs_stays_with_its_speaker() -> None:
    assert turns(
        "Ana Ruiz said: “We ran.", "“It was dark. Nobody spoke.", "“We got home.”", "The river fell at night."
    ) == [
        ("Ana Ruiz", OWN),
        ("Ana Ruiz", QUOTATION),
        ("Ana Ruiz", QUOTATION),
        ("Ana Ruiz", QUOTATION),
        (None, NO_SPEAKER),
    ]


def test_a_quotation_of_its_own_goes_on_from_the_paragraph_before() -> None:
    assert turns("“We ran,” Ana Ruiz said.", "“It was dark.”")[1] == ("Ana Ruiz", PREVIOUS)


def test_narration_in_a_paragraph_of_its_own_is_nobodys() -> None:
    assert turns("The minister said no.", "The river fell at night.", "The bridge stood empty.")[1:] == [
        (None, NO_SPEAKER),
        (None, NO_SPEAKER),
    ]
    assert turns("Jane Hollis and Tom Reed live by the river.") == [(None, NO_SPEAKER)]


def test_the_distance_counts_the_sentences_to_the_words_that_decided() -> None:
    reading = read("“We heard a bang. We ran,” said Ana Ruiz. “It was dark. Nobody spoke.”")
    assert [(turn.link, turn.distance) for turn in reading.turns] == [
        (CLOSED_LATER, 1),
        (OWN, 0),
        (SAME_BLOCK, 1),
        (QUOTATION, 2),
    ]


def test_no_blocks_and_empty_blocks_have_no_sentences() -> None:
    assert turns() == turns("", " ") == []


@pytest.mark.parametrize(
    "introduction",
    [
        "The Board for Harbour Affairs (BHA) opened the quay.",
        "Boats came to the Board for Harbour Affairs (BHA) at night.",
    ],
)
def test_initials_stand_for_the_name_that_is_written_before_them(introduction: str) -> None:
    assert turns(introduction, "The BHA said the quay was safe.")[1] == (
        "Board for Harbour Affairs (BHA)",
        OWN,
    )


def test_a_surname_finds_the_full_name_that_stands_further_down() -> None:
    assert turns("“We ran,” Hollis said.", "Jane Hollis lives by the river.")[0] == ("Jane Hollis", OWN)


def test_a_surname_that_two_people_share_is_filled_up_with_neither() -> None:
    assert turns("Hollis said no.", "Jane Hollis and Tom Hollis live by the river.")[0] == ("Hollis", OWN)


@pytest.mark.parametrize(
    ("introduction", "description"),
    [
        ("Senator Jane Hollis opened the bridge.", "The senator"),
        ("Sen. Jane Hollis opened the bridge.", "The senator"),
        ("Jane Hollis, the mayor of Fenn, opened the bridge.", "The mayor"),
    ],
)
def test_a_description_means_the_person_who_was_introduced_by_it(introduction: str, description: str) -> None:
    assert turns(introduction, f"{description} said it was safe.")[1] == ("Jane Hollis", OWN)


def test_a_lead_may_describe_whom_the_article_names_further_down() -> None:
    assert turns("The road must close, a mayor has said.", "Jane Hollis, the mayor, spoke to the paper.")[
        0
    ] == (
        "Jane Hollis",
        OWN,
    )


def test_words_for_people_whose_names_are_held_back_are_never_filled_up() -> None:
    blocks = ("A senior official said the road was closed.", "Jane Hollis, a senior official, left.")
    assert turns(*blocks)[0] == ("A senior official", OWN)


def test_the_company_is_the_one_that_was_named() -> None:
    assert turns("Fenn Ferries Group said boats would stop.", "The company said fares would fall.")[1] == (
        "Fenn Ferries Group",
        OWN,
    )


def test_a_pronoun_means_the_subject_and_not_who_else_is_named() -> None:
    assert turns("In the wake of Tom Reed's speech, Paul Green asked him to go.", "He said it was over.")[
        1
    ] == (
        "Paul Green",
        PRONOUN,
    )
    assert turns("Jane Hollis joined Ana Ruiz at the bridge.", "She said it was over.")[1] == (
        "Jane Hollis",
        PRONOUN,
    )


@pytest.mark.parametrize("place", ["Wall Street", "Fenn County", "New Harbour Project"])
def test_a_capitalised_place_is_nobody_a_pronoun_can_mean(place: str) -> None:
    assert turns(f"Tom Reed lives near the {place}.", "“It was loud,” he said.")[1] == ("Tom Reed", PRONOUN)


def test_anonymity_holds_for_everything_else_that_its_speaker_says() -> None:
    reading = read(
        "A driver, who spoke on condition of anonymity, said buses would stop.",
        "“Nobody told us,” the driver said.",
    )
    assert reading.turns[1].speaker is reading.turns[0].speaker
    assert reading.turns[1].speaker is not None and reading.turns[1].speaker.withheld


def test_a_sentence_without_a_cue_tells_whom_it_is_about_and_links_nobody() -> None:
    reading = read("Jane Hollis has visited the quay.")
    assert reading.turns[0].speaker is None
    assert reading.turns[0].subject is not None
    assert reading.turns[0].subject.label == "Jane Hollis"


def test_what_somebody_responds_by_saying_names_no_speaker() -> None:
    (turn,) = read("An official responded by saying Japan should be careful.").turns
    assert turn.speaker is not None
    assert turn.speaker.label == "An official"
