"""A paragraph that is not English is told from one that is, and a short one is left to its article."""

import json
from pathlib import Path

import pytest

from sourcemark.model.corpus import AnnotatedArticle, read_corpus
from sourcemark.resources import folder
from sourcemark.text.language import FunctionWords, are_english
from unit.training import SEEDS

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "languages.json").read_text(encoding="utf-8"))
OTHER: dict[str, list[str]] = GOLDEN["other"]
HARD: list[str] = GOLDEN["english"]

ARTICLE = (
    "The ministry said on Tuesday that two bridges over the river had been closed to traffic.",
    "It gave no reason for the closure, and the mayor, who was told in the evening, declined to comment.",
)
FRENCH = OTHER["French"]


@pytest.mark.parametrize("article", read_corpus(SEEDS), ids=lambda article: article.id)
def test_every_paragraph_of_our_own_articles_is_english(article: AnnotatedArticle) -> None:
    assert all(are_english(article.article.blocks))


@pytest.mark.parametrize("block", HARD)
def test_names_headings_and_captions_of_an_english_article_are_english(block: str) -> None:
    assert are_english([*ARTICLE, block]) == [True, True, True]


@pytest.mark.parametrize("block", HARD)
def test_what_says_nothing_of_its_language_is_english(block: str) -> None:
    assert are_english([block]) == [True]


@pytest.mark.parametrize("language", OTHER)
def test_an_article_in_another_language_is_not_english(language: str) -> None:
    assert not any(are_english(OTHER[language]))


def test_nearly_every_paragraph_of_another_language_stands_out_in_an_english_article() -> None:
    blocks = [block for blocks in OTHER.values() for block in blocks]
    found = [are_english([*ARTICLE, block]) for block in blocks]
    assert all(verdicts[:2] == [True, True] for verdicts in found)
    # what is missed is short, and its article is English
    assert sum(verdicts[2] for verdicts in found) <= 0.05 * len(blocks)


@pytest.mark.parametrize("heading", ["Camille Ferrand", "Photo : Mairie", "1.", "Sport", "L'essentiel"])
def test_a_heading_counts_as_what_its_article_is(heading: str) -> None:
    assert are_english([*FRENCH, heading])[-1] is False
    assert are_english([*ARTICLE, heading])[-1] is True


def test_white_space_is_of_no_other_language() -> None:
    assert are_english([*FRENCH, "", " \n\u00a0"])[-2:] == [True, True]
    assert are_english([]) == []


def test_an_english_paragraph_may_quote_another_language() -> None:
    block = "“Nous avons tout perdu,” she said as she stood with the children in what had been the kitchen."
    assert are_english([block]) == [True]


def test_capitalised_words_say_nothing() -> None:
    assert are_english(["Die Welt, Der Spiegel, Le Monde, El País, La Repubblica, Dagens Nyheter"]) == [True]


def test_no_word_speaks_for_english_and_against_it() -> None:
    words = FunctionWords.load()
    assert not words.english & words.other
    assert all(word == word.lower() and word.isascii() for word in words.english | words.other)


def test_the_words_of_other_languages_do_not_occur_in_english_prose() -> None:
    other = FunctionWords.load().other
    found = {
        word
        for article in read_corpus(SEEDS)
        for block in article.article.blocks
        for word in block.split()
        if word in other
    }
    assert not found


def test_the_list_has_a_row_for_each_language_and_each_word_once() -> None:
    rows = (folder("seeds") / "function-words.csv").read_text(encoding="utf-8").splitlines()[1:]
    languages = [row.split(",")[0] for row in rows]
    assert languages == ["English", *sorted(languages[1:])]
    for row in rows:
        words = row.split(",")[1].split()
        assert words == sorted(set(words))


@pytest.mark.parametrize(
    "code",
    [
        "for (let i = 0; i < rows.length; i += 1) { if (rows[i].said === null) continue; }",
        '<p class="lead">According to <b>{{ source }}</b>, {{ claim }}.</p>',
        'assert speaker.name == "the mayor", f"expected a name, got {speaker!r}"',
    ],
)
def test_code_is_no_english_though_its_words_are(code: str) -> None:
    assert are_english([code, "The mayor said that the bridge = closed < open."]) == [False, True]
