"""Articles become workshops: suggested or chosen sentences, whatever the article is like."""

from collections import Counter
from dataclasses import replace
import json
from pathlib import Path

import msgspec
import pytest

from sourcemark.labeler import LONGEST_BLOCK, Labeler
from sourcemark.labels import LABEL_IDS, NONE, UNSURE
from sourcemark.workshop.errors import PlanError
from sourcemark.workshop.plan import BANDS, NOT_CHECKED, NOT_SURE, TOOL_STATES, Plan, PlannedArticle
from sourcemark.workshop.planning import MOST_SENTENCES, candidates, plan_of
from sourcemark.workshop.store import Store
from sourcemark.workshop.suggestion import SUGGESTED, suggest
from unit.training import SEEDS
from unit.workshop.workshops import plan_with

ARTICLES = [
    PlannedArticle(article["title"], tuple(article["paragraphs"]), article["outlet"], "CC0 1.0")
    for article in map(json.loads, SEEDS.read_text(encoding="utf-8").splitlines())
]
FLOOD = (
    "The ministry of defence said on Tuesday that two bridges had been closed to all traffic.",
    "“I saw the water come over the wall of the mill,” said Ana Ruiz, who lives beside the river. “We ran.”",
    "A military source, who asked not to be named, said that more rain was expected on Friday.",
)


def test_every_sentence_of_every_seed_article_can_be_chosen(fast: Labeler) -> None:
    for article in ARTICLES:
        found = candidates(fast, [article])
        assert [sentence.number for sentence in found.sentences] == list(range(1, len(found.sentences) + 1))
        for sentence in found.sentences:
            assert article.blocks[sentence.block][sentence.start : sentence.end] == sentence.text
            assert sentence.state in TOOL_STATES
            assert sentence.band in BANDS
            assert (sentence.band == NOT_SURE) == (sentence.state == UNSURE)
            assert (sentence.label is None) == (sentence.state in (NONE, UNSURE))
            assert all(any(words in block for block in article.blocks) for words in sentence.words)


def test_the_suggestion_is_a_mix_spread_over_the_article(fast: Labeler) -> None:
    for article in ARTICLES:
        found = candidates(fast, [article])
        chosen = [sentence for sentence in found.sentences if sentence.number in found.suggested]
        assert len(chosen) == SUGGESTED
        kinds = Counter(sentence.label or sentence.state for sentence in chosen)
        there = Counter(sentence.label or sentence.state for sentence in found.sentences)
        assert kinds[NONE] >= min(3, there[NONE])
        assert kinds[UNSURE] >= min(1, there[UNSURE])
        assert all(kinds[label] >= min(1, there[label]) for label in LABEL_IDS)
        # a sentence or more in every quarter
        quarters = {(sentence.number - 1) * 4 // len(found.sentences) for sentence in chosen}
        assert quarters == {0, 1, 2, 3}
        assert candidates(fast, [article]) == found


def test_the_sentence_nearest_to_two_labels_is_suggested_and_very_short_ones_are_not() -> None:
    plan = plan_with(*[NONE] * 60)
    sentences = [
        replace(sentence, text="He agreed.") if sentence.number % 3 else sentence
        for sentence in plan.sentences
    ]
    seconds = [0.4 if sentence.number == 33 else 0.01 for sentence in sentences]
    suggested = suggest(sentences, seconds)
    assert 33 in suggested
    assert len(suggested) == SUGGESTED
    assert {number % 3 for number in suggested} == {0}


def test_chosen_sentences_are_numbered_from_one_in_the_order_of_the_text(fast: Labeler) -> None:
    found = candidates(fast, ARTICLES[:1])
    plan = plan_of(fast, ARTICLES[:1], [17, 3, 9], goals=["Tell who speaks."])
    assert [sentence.number for sentence in plan.sentences] == [1, 2, 3]
    assert [sentence.text for sentence in plan.sentences] == [found.sentences[n - 1].text for n in (3, 9, 17)]
    assert (plan.title, plan.goals) == (ARTICLES[0].title, ("Tell who speaks.",))
    assert plan.model.startswith("en ")


def test_two_articles_share_the_sentences(fast: Labeler) -> None:
    plan = plan_of(fast, ARTICLES[1:3], title="One fire, two stories")
    assert [len(plan.of_article(index)) for index in (0, 1)] == [7, 7]
    assert [sentence.number for sentence in plan.sentences] == list(range(1, 15))
    assert plan.sentence(8) == plan.of_article(1)[0]
    assert plan.sentence(0) is plan.sentence(15) is None


def test_an_article_of_three_hundred_sentences(fast: Labeler, tmp_path: Path) -> None:
    blocks = FLOOD * 75
    found = candidates(fast, [PlannedArticle("A long week", blocks)])
    assert len(found.sentences) == 300
    plan = plan_of(fast, [PlannedArticle("A long week", blocks)])
    assert len(plan.sentences) == SUGGESTED
    assert plan.sentences[-1].block > 150 > 75 > plan.sentences[0].block
    with pytest.raises(PlanError, match=f"You chose 300 sentences. Choose {MOST_SENTENCES} at most"):
        plan_of(fast, [PlannedArticle("A long week", blocks)], range(1, 301))
    store = Store(tmp_path / "workshop.sqlite")
    store.open(plan)
    state = store.state()
    assert state is not None and state.plan == plan


def test_an_article_without_any_label(fast: Labeler) -> None:
    article = PlannedArticle("A walk", ("The path leads along the river and over a bridge.",) * 5)
    plan = plan_of(fast, [article])
    assert {sentence.label for sentence in plan.sentences} == {None}
    assert len(plan.sentences) == 5


def test_paragraphs_that_the_tool_does_not_read_can_be_labelled_by_the_room(fast: Labeler) -> None:
    german = (
        "Das Ministerium teilte am Dienstag mit, dass zwei Brücken gesperrt wurden. Gründe nannte es nicht."
    )
    blocks = (FLOOD[0], german, "word " * (LONGEST_BLOCK // 5 + 1))
    found = candidates(fast, [PlannedArticle("Flut", blocks)])
    assert [sentence.block for sentence in found.sentences] == [0, 1, 1, 2]
    assert [(s.state, s.band, s.label) for s in found.sentences[1:]] == [(NOT_CHECKED, None, None)] * 3
    assert plan_of(fast, [PlannedArticle("Flut", (german,))]).sentences[1].text == "Gründe nannte es nicht."


@pytest.mark.parametrize("blocks", [(), ("",), ("  \n", "\u200b"[:0])])
def test_an_article_without_a_sentence_is_no_workshop(fast: Labeler, blocks: tuple[str, ...]) -> None:
    with pytest.raises(PlanError, match="“Empty” has no sentence to label"):
        plan_of(fast, [PlannedArticle("Empty", blocks)])


@pytest.mark.parametrize(
    ("articles", "numbers", "word"),
    [
        ([], None, "one article, or about two"),
        (ARTICLES[:3], None, "one article, or about two"),
        (ARTICLES[:1], [], "at least one sentence of each"),
        (ARTICLES[:2], [1, 2, 3], "at least one sentence of each"),
        (ARTICLES[:1], [0, 1], "not in the article"),
        (ARTICLES[:1], [1, 9999], "not in the article"),
    ],
)
def test_what_makes_no_workshop_is_said_in_words(
    fast: Labeler, articles: list[PlannedArticle], numbers: list[int] | None, word: str
) -> None:
    with pytest.raises(PlanError, match=word):
        plan_of(fast, articles, numbers)


def test_whatever_stands_in_an_article_can_be_kept_in_the_file(fast: Labeler, tmp_path: Path) -> None:
    nasty = (
        "\ud800<script>alert(1)</script> said =1+1, \x00 the ministry said {{ 7*7 }}, '); DROP TABLE note;--"
    )
    plan = plan_of(fast, [PlannedArticle("\udfff", (nasty,), "\ud800", "\ud800")], title="\ud800")
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan
    store = Store(tmp_path / "workshop.sqlite")
    store.open(plan)
    state = store.state()
    assert state is not None and state.plan == plan
    assert "<script>alert(1)</script>" in state.plan.articles[0].blocks[0]
