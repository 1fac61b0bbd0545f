"""Swapped names change who the people are, and nothing else."""

import csv
import re

import pytest

from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.labels import OFFICIAL
from sourcemark.model.corpus import read_corpus
from sourcemark.model.names import swap_names
from sourcemark.model.person_names import people_of
from sourcemark.resources import folder
from unit.annotating import article_of
from unit.training import SEEDS

ARTICLES = read_corpus(SEEDS)


def column(path: str, kind: str | None = None) -> set[str]:
    """Return the first column of a list under seeds/, of one kind where it has kinds."""
    with (folder("seeds") / path).open(encoding="utf-8", newline="") as file:
        return {row[0] for row in list(csv.reader(file))[1:] if kind is None or row[1] == kind}


SURNAMES = column("names/surnames.csv")
MEN, WOMEN = column("names/given.csv", "he"), column("names/given.csv", "she")


def swapped(*blocks: str, seed: int = 0) -> list[str]:
    return list(swap_names(article_of(*blocks), seed).article.blocks)


def test_given_names_keep_their_gender_and_surnames_become_surnames() -> None:
    text, both = swapped("Susan Vrontis met Peter Orlik.", "Susan and Peter left.")
    woman, surname, man, other = re.match(r"(\w+) (\w+) met (\w+) (\w+)\.$", text).groups()  # type: ignore[union-attr]
    assert woman in WOMEN
    assert man in MEN
    assert {surname, other} <= SURNAMES
    assert both == f"{woman} and {man} left."


def test_a_name_is_replaced_alike_wherever_it_stands() -> None:
    first, second, third, fourth = swapped(
        "Susan Vrontis spoke.",
        "Mrs. Vrontis left.",
        "The Vrontis campaign closed.",
        "VRONTIS-backed plans failed.",
    )
    surname = first.split()[1]
    assert surname != "Vrontis"
    assert second == f"Mrs. {surname} left."
    assert third == f"The {surname} campaign closed."
    assert fourth == f"{surname.upper()}-backed plans failed."


def test_relatives_go_on_sharing_their_surname() -> None:
    susan, peter = swapped("Susan Vrontis spoke.", "Peter Vrontis left.")
    assert susan.split()[1] == peter.split()[1]
    assert susan.split()[0] != peter.split()[0]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("Susan Vrontis’ car burned.", r"\w+ \w+s’ car burned\."),
        ("Susan Orlik’s car burned.", r"\w+ \w+[^s]’s car burned\."),
        ("Susan M. Orlik left.", r"\w+ M\. \w+ left\."),
        ("Susan bin Orlik left.", r"\w+ bin \w+ left\."),
        ("Prof Sir Peter Orlik KC left.", r"Prof Sir \w+ \w+ KC left\."),
        ("It was an Adbury plan, Mr Adbury said.", r"It was an [AEIOU]\w+ plan, Mr \w+ said\."),
    ],
)
def test_possessives_initials_titles_and_articles_stay(text: str, pattern: str) -> None:
    (new,) = swapped(text)
    assert new != text
    assert re.fullmatch(pattern, new)


def test_a_name_that_is_a_word_too_is_replaced_only_where_it_must_be_a_name() -> None:
    name, title, month = swapped("Susan May spoke.", "Mrs May left.", "In May it rained.")
    surname = name.split()[1]
    assert surname != "May"
    assert title == f"Mrs {surname} left."
    assert month == "In May it rained."


def test_the_title_of_the_article_and_its_speakers_are_renamed_too() -> None:
    text = "Susan Vrontis said no."
    article = article_of(text, title="Vrontis says no", speakers={text: (OFFICIAL, "Susan Vrontis")})
    renamed = swap_names(article, 0)
    name = renamed.article.blocks[0].removesuffix(" said no.")
    assert renamed.sentences[0].speaker == name
    assert renamed.article.title == f"{name.split()[1]} says no"


def test_an_article_without_people_stays_as_it_is() -> None:
    article = article_of("The river rose.", "Police said so.")
    assert swap_names(article, 0) == article


def test_the_same_seed_gives_the_same_names_and_another_one_others() -> None:
    text = "Susan Vrontis met Peter Orlik."
    assert swapped(text) == swapped(text)
    assert swapped(text) != swapped(text, seed=1)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_every_sentence_of_a_whole_article_keeps_its_place_and_its_other_words(article: object) -> None:
    original = next(each for each in ARTICLES if each is article)
    renamed = swap_names(original, 0)
    people = {word for name in people_of(original, load_lexicon()) for word in name}
    assert renamed.article != original.article
    for old, new in zip(original.sentences, renamed.sentences, strict=True):
        assert (old.label, old.doubtful) == (new.label, new.doubtful)
        before, after = original.article.text(old.span), renamed.article.text(new.span)
        words = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*(?:-[^\W\d_]+)*")
        assert words.sub("", before) == words.sub("", after)
        for one, other in zip(words.findall(before), words.findall(after), strict=True):
            assert one == other or one in people


def test_the_invented_given_names_are_known_with_the_same_gender() -> None:
    for kind, invented in (("he", MEN), ("she", WOMEN)):
        assert {name.lower() for name in invented} <= column("lexicons/names.csv", kind)


def test_no_invented_surname_means_anything_else() -> None:
    lexicon = load_lexicon()
    assert not {name for name in SURNAMES if name.lower() in lexicon.lengths}
    assert len(SURNAMES) >= 400
    assert len(MEN) + len(WOMEN) >= 300
    assert sum(name.endswith("s") for name in SURNAMES) >= 50
