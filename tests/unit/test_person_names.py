"""People are found by name where something says that they are people."""

import pytest

from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.labels import EYEWITNESS, OFFICIAL
from sourcemark.model.person_names import people_of
from unit.annotating import article_of


def names(*blocks: str, speakers: dict[str, tuple[str, str]] | None = None) -> list[str]:
    return [" ".join(name) for name in people_of(article_of(*blocks, speakers=speakers), load_lexicon())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He met Susan Vrontis at noon.", "Susan Vrontis"),
        ("He met Mr Vrontis at noon.", "Vrontis"),
        ("He met Mr. Vrontis at noon.", "Vrontis"),
        ("He met Sen. Susan M. Vrontis at noon.", "Susan Vrontis"),
        ("Foreign Minister Ludvo Vrontis left.", "Ludvo Vrontis"),
        ("He met the spokesman Ludvo Vrontis at noon.", "Ludvo Vrontis"),
        ("He met Ludvo Vrontis, 34, at noon.", "Ludvo Vrontis"),
        ("He met Ludvo Vrontis, who waited.", "Ludvo Vrontis"),
        ("He met Ludvo Vrontis, a retired bus driver, at noon.", "Ludvo Vrontis"),
        ("Susan bin Vrontis left.", "Susan Vrontis"),
        ("Susan al-Vrontis left.", "Susan al-Vrontis"),
        ("But Susan O’Vrontis left.", "Susan O’Vrontis"),
        ("He took Susan Vrontis’s car.", "Susan Vrontis"),
        # a surname may be a trade or a country
        ("He met Susan Cook at noon.", "Susan Cook"),
        ("He met Susan Jordan at noon.", "Susan Jordan"),
    ],
)
def test_a_sign_tells_that_a_name_is_a_persons(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "He went to Ludvo Vrontis at noon.",
        "The Republican Party left.",
        "He read the Susan Post at noon.",
        "Susan Vrontis University closed.",
        "He flew to New York at noon.",
        "Susan BBC left.",
        "On Monday Police left.",
        "Susan Vrontis Said That It Was Late And Left",
        "nothing is written with capitals here.",
        "",
    ],
)
def test_what_no_sign_points_to_and_what_is_known_as_something_else_is_no_person(text: str) -> None:
    assert names(text) == []


def test_an_annotated_eyewitness_is_a_person() -> None:
    text = "Ludvo Vrontis heard a bang."
    assert names(text, speakers={text: (EYEWITNESS, "Ludvo Vrontis")}) == ["Ludvo Vrontis"]
    assert names(text, speakers={text: (OFFICIAL, "Ludvo Vrontis")}) == []


def test_a_surname_that_is_a_persons_once_tells_of_its_other_places() -> None:
    assert names("Ludvo Vrontis left.", "Mr Vrontis came back.") == ["Ludvo Vrontis", "Vrontis"]


def test_each_name_is_given_once_in_the_order_of_the_text() -> None:
    assert names("Susan Vrontis met Mr Orlik.", "Susan Vrontis left.") == ["Susan Vrontis", "Orlik"]
