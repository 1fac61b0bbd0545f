"""The ready-made workshops hold sentences of our own articles, from easy to hard."""

from collections import Counter
from pathlib import Path
import shutil

import pytest

from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS, NONE
from sourcemark.model.corpus import read_corpus
from sourcemark.resources import folder
from sourcemark.workshop import ready_made
from sourcemark.workshop.planning import plan_of
from sourcemark.workshop.ready_made import ReadyMade, ReadyMadeError, read_ready_made

WORKSHOPS = read_ready_made()
DOES_WELL = "What does this story do well?"

each_workshop = pytest.mark.parametrize("workshop", WORKSHOPS, ids=lambda workshop: workshop.id)


def test_there_are_six_in_the_order_of_their_difficulty() -> None:
    assert [workshop.id[:2] for workshop in WORKSHOPS] == ["1-", "2-", "3-", "4-", "5-", "6-"]
    # a harder one has at least as much to read
    lengths = [len(workshop.sentences) for workshop in WORKSHOPS]
    assert lengths == sorted(lengths)


def test_the_last_one_sets_two_articles_side_by_side() -> None:
    assert [len(workshop.articles) for workshop in WORKSHOPS] == [1, 1, 1, 1, 1, 2]


@each_workshop
def test_it_has_goals_and_questions_and_the_last_asks_what_the_story_does_well(workshop: ReadyMade) -> None:
    assert workshop.title
    assert workshop.about
    assert len(workshop.goals) >= 3
    assert len(workshop.questions) >= 4
    assert [question.startswith(DOES_WELL) for question in workshop.questions].index(True) == (
        len(workshop.questions) - 1
    )


@each_workshop
def test_it_has_10_to_15_sentences_numbered_from_one(workshop: ReadyMade) -> None:
    assert 10 <= len(workshop.sentences) <= 15
    assert [s.number for s in workshop.sentences] == list(range(1, len(workshop.sentences) + 1))


@each_workshop
def test_every_sentence_stands_in_its_article_where_it_is_said_to(workshop: ReadyMade) -> None:
    for each in workshop.articles:
        for sentence in each.sentences:
            block = each.article.blocks[sentence.span.block]
            assert block[sentence.span.start : sentence.span.end] == sentence.text


@each_workshop
def test_every_label_occurs_and_three_sentences_have_none(workshop: ReadyMade) -> None:
    labels = {
        (article.article.title, article.article.text(sentence.span)): sentence.label
        for article in read_corpus(folder("seeds") / "articles.jsonl")
        for sentence in article.sentences
    }
    counts = Counter(
        labels[each.article.title, sentence.text] for each in workshop.articles for sentence in each.sentences
    )
    assert counts[NONE] >= 3
    assert all(counts[label] for label in LABEL_IDS)


@each_workshop
def test_a_workshop_is_opened_on_the_very_sentences_that_were_chosen(
    workshop: ReadyMade, fast: Labeler
) -> None:
    plan = plan_of(
        fast,
        [each.article for each in workshop.articles],
        [sentence.candidate for sentence in workshop.sentences],
    )
    assert [s.text for s in plan.sentences] == [s.text for s in workshop.sentences]
    assert [s.number for s in plan.sentences] == [s.number for s in workshop.sentences]


def test_an_article_says_that_it_is_invented_and_free_to_copy() -> None:
    for workshop in WORKSHOPS:
        for each in workshop.articles:
            assert each.article.source.endswith("(invented)")
            assert each.article.licence == "CC0 1.0"


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with the articles and one workshop, to be changed."""
    shutil.copy(folder("seeds") / "articles.jsonl", tmp_path)
    (tmp_path / "workshops").mkdir()
    shutil.copy(folder("seeds") / "workshops" / "1-after-the-flood.toml", tmp_path / "workshops")
    monkeypatch.setattr(ready_made, "folder", lambda name: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("seed-river-flood", "seed-of-doubt", "there is no article “seed-of-doubt”"),
        ("The dam was built in 1961", "The dam was built in 1962", "is no sentence of seed-river-flood"),
        ('title = "After the flood"', 'title = "After the flood', "1-after-the-flood.toml"),
        ("questions = [", "puzzles = [", "puzzles"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_words(seeds: Path, old: str, new: str, told: str) -> None:
    file = seeds / "workshops" / "1-after-the-flood.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ReadyMadeError, match="cannot be read") as raised:
        read_ready_made()
    assert told in str(raised.value)


def test_sentences_out_of_order_are_told_in_words(seeds: Path) -> None:
    file = seeds / "workshops" / "1-after-the-flood.toml"
    head, *rest = file.read_text(encoding="utf-8").split("[[articles.sentences]]")
    file.write_text("[[articles.sentences]]".join([head, *reversed(rest)]), encoding="utf-8")
    with pytest.raises(ReadyMadeError, match="or out of order"):
        read_ready_made()


def test_an_installation_without_seeds_has_no_ready_made_workshop(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Path:
        raise FileNotFoundError(name)

    monkeypatch.setattr(ready_made, "folder", missing)
    assert read_ready_made() == ()
