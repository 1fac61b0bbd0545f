"""Two descriptions of a speaker match where they share a head word."""

from hypothesis import given
from hypothesis import strategies as st
import pytest

from sourcemark.model.speaker_match import any_overlap, heads, same_head


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        # a name ends with its head
        ("Dmytro Kuleba", {"kuleba"}),
        ("Foreign Minister Dmytro Kuleba", {"kuleba"}),
        ("Mr Kuleba", {"kuleba"}),
        ("Dorothy Bain KC", {"bain"}),
        ("John G. Roberts Jr.", {"roberts"}),
        ("Khaled al-Sabah", {"al-sabah"}),
        ("Sears Holdings Corp", {"holdings"}),
        # a noun phrase ends where something narrows it down
        ("a spokesman for the ministry", {"spokesman"}),
        ("Russian defence ministry", {"ministry"}),
        ("Bank of England", {"bank"}),
        ("a person familiar with the matter", {"person"}),
        ("officials briefed on the talks", {"officials"}),
        ("a woman who gave only her first name", {"woman"}),
        ("Unicef's spokesperson in Sri Lanka", {"spokesperson"}),
        ("the company’s", {"company"}),
        ("Jane Hollis, who lives next door", {"hollis"}),
        ("the working group", {"group"}),
        # words that count point to what they count
        ("one of the witnesses", {"witnesses"}),
        ("dozens of residents", {"residents"}),
        ("12 of its officers", {"officers"}),
        ("three officials", {"officials"}),
        ("those involved", {"those"}),
        # appositions and lists have one head each
        ("Jane Hollis, 34, a neighbour", {"hollis", "neighbour"}),
        ("police and prosecutors", {"police", "prosecutors"}),
        ("Ana Ruiz, Tom Reed and the mayor", {"ruiz", "reed", "mayor"}),
        ("aides to Ana Ruiz and Tom Reed", {"aides"}),
        ("World Health Organization (WHO)", {"organization", "who"}),
        # acronyms are no pronouns
        ("the WHO", {"who"}),
        ("U.S.", {"us"}),
        ("IT", {"it"}),
        # no source is named
        ("unnamed (it is thought)", set()),
        ("It is understood", set()),
        ("reportedly", set()),
        ("she", set()),
        ("", set()),
    ],
)
def test_head_words(description: str, expected: set[str]) -> None:
    assert heads(description) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dmytro Kuleba", "Foreign Minister Dmytro Kuleba"),
        ("Dmytro Kuleba", "Kuleba"),
        ("Department of Justice", "the Justice Department"),
        ("A military source", "a senior military SOURCE close to the talks"),
        ("Australian Energy Market Operator (Aemo)", "AEMO"),
    ],
)
def test_the_same_speaker_in_other_words(one: str, other: str) -> None:
    assert same_head(one, other)
    assert same_head(other, one)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("Russian defence ministry", "a spokesman for the Russian defence ministry", True),
        ("Ana Ruiz", "Ana Ruiz's lawyer", True),
        ("Hillary Clinton", "the Clinton campaign", True),
        ("Ana Ruiz", "the minister", False),
        ("a spokesman for the police", "a witness for the defence", False),
        ("it is understood", "it is understood", True),
        ("police", "", False),
    ],
)
def test_another_speaker_may_share_words_but_not_the_head(one: str, other: str, overlap: bool) -> None:
    assert not same_head(one, other)
    assert any_overlap(one, other) is overlap
    assert any_overlap(other, one) is overlap


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared_in_either_order(one: str, other: str) -> None:
    assert same_head(one, other) == same_head(other, one)
    assert any_overlap(one, other) == any_overlap(other, one)
