"""A shard is labelled as its articles are, one by one, and no article is in another one's way."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
import hashlib
from typing import Any

import pytest

from archive.archives import NARRATION, STATEMENT, WITNESS, article
from sourcemark.archive import shard as shards
from sourcemark.archive.cutting import SHARD_BYTES, Shard, cut
from sourcemark.archive.items import ArchiveArticle, Item, Rejected
from sourcemark.archive.shard import label_shard
from sourcemark.article import Article, LabelledArticle
from sourcemark.labeler import Labeler


@dataclass(frozen=True)
class Given:
    """A source whose items are articles already; one without paragraphs is none."""

    articles: list[dict[str, Any]]

    def items(self) -> Iterator[Item | Rejected]:
        return (Item(f"line {number}", content) for number, content in enumerate(self.articles))

    def read(self, item: Item) -> ArchiveArticle | Rejected:
        assert isinstance(item.content, dict)
        if not item.content["paragraphs"]:
            return Rejected(item.where, item.content["id"], "has no text")
        blocks = tuple(item.content["paragraphs"])
        return ArchiveArticle(
            item.content["id"], item.where, Article(blocks), {"outlet": item.content["outlet"]}
        )


@dataclass(frozen=True)
class Falling:
    """A labeler that falls over a word. It has the model of another one."""

    labeler: Labeler
    seen: list[int] = field(default_factory=list)

    def label_many(self, articles: list[Article]) -> list[LabelledArticle]:
        self.seen.append(len(articles))
        if any("house number 3." in block for article in articles for block in article.blocks):
            raise RecursionError("house number 3")
        return self.labeler.label_many(articles)


def whole(source: Given, first: int = 0) -> Shard:
    return Shard(0, first, tuple(source.items()))


def test_a_row_says_what_the_labeler_says(fast: Labeler) -> None:
    source = Given([article(0)])
    labelled = label_shard(whole(source, first=40), source, fast, with_text=True)
    alone = fast.label(article(0)["paragraphs"])
    assert [row["text"] for row in labelled.rows] == [
        STATEMENT,
        WITNESS,
        "It was house number 0.",
        NARRATION,
    ]
    for row, sentence in zip(labelled.rows, alone.sentences, strict=True):
        assert (row["number"], row["article"], row["outlet"]) == (40, "a0", "outlet 0")
        assert (row["block"], row["start"], row["end"]) == (sentence.block, sentence.start, sentence.end)
        assert row["digest"] == hashlib.sha256(row["text"].encode()).hexdigest()[:16]
        assert (row["label"], row["state"]) == (sentence.label, sentence.state)
        assert {name: row[name] for name in sentence.scores} == {
            name: round(score, 4) for name, score in sentence.scores.items()
        }
        assert row["speaker"] == (sentence.speaker.name if sentence.speaker else None)
        assert row["named"] == (sentence.speaker.named if sentence.speaker else None)
        assert [(each["kind"], each["block"], each["start"], each["end"]) for each in row["evidence"]] == [
            (each.kind, each.span.block, each.span.start, each.span.end) for each in sentence.evidence
        ]


def test_how_many_are_labelled_at_once_changes_nothing(
    fast: Labeler, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Given([article(number) for number in range(9)])
    pooled = label_shard(whole(source), source, fast)
    monkeypatch.setattr(shards, "POOL_ARTICLES", 2)
    assert label_shard(whole(source), source, fast) == pooled
    monkeypatch.setattr(shards, "POOL_ARTICLES", 100)
    monkeypatch.setattr(shards, "POOL_CHARACTERS", 1)
    assert label_shard(whole(source), source, fast) == pooled


def test_many_articles_are_labelled_with_one_prediction(fast: Labeler) -> None:
    counting = Falling(fast)
    source = Given([article(number) for number in range(10, 110)])
    label_shard(whole(source), source, counting)  # type: ignore[arg-type]
    assert counting.seen == [64, 36]


def test_what_is_no_article_is_refused_in_its_place(fast: Labeler) -> None:
    source = Given([article(0), {**article(1), "paragraphs": []}, article(2)])
    items = (*source.items(), Rejected("line 3", None, "breaks off"))
    labelled = label_shard(Shard(1, 10, items), source, fast)
    assert labelled.articles == 2
    assert [(each.number, each.where, each.id, each.reason) for each in labelled.refused] == [
        (11, "line 1", "a1", "has no text"),
        (13, "line 3", None, "breaks off"),
    ]
    assert {row["number"] for row in labelled.rows} == {10, 12}


def test_an_article_that_the_labeler_falls_over_is_refused_and_no_other(fast: Labeler) -> None:
    source = Given([article(number) for number in range(5)])
    labelled = label_shard(whole(source), source, Falling(fast))  # type: ignore[arg-type]
    assert [(each.id, each.reason) for each in labelled.refused] == [
        ("a3", "could not be labelled: RecursionError")
    ]
    others = Given([article(number) for number in range(5) if number != 3])
    expected = label_shard(whole(others), others, fast)
    assert [row | {"number": 0} for row in labelled.rows] == [row | {"number": 0} for row in expected.rows]


def test_a_source_that_falls_over_an_item_loses_that_item_only(fast: Labeler) -> None:
    source = Given([article(0), {"id": "a1"}, article(2)])
    labelled = label_shard(whole(source), source, fast)
    assert [(each.number, each.id, each.reason) for each in labelled.refused] == [
        (1, None, "could not be read: KeyError")
    ]
    assert labelled.articles == 2


@pytest.mark.parametrize("where", ["id", "outlet"])
def test_text_that_no_file_can_hold_is_refused(where: str, fast: Labeler) -> None:
    source = Given([article(0), {**article(1), where: "half a pair: \ud83d"}])
    labelled = label_shard(whole(source), source, fast)
    assert [each.reason for each in labelled.refused] == ["could not be labelled: UnicodeEncodeError"]
    assert {row["number"] for row in labelled.rows} == {0}


def test_shards_are_cut_by_number_and_by_size() -> None:
    items = [Item(str(number), {"text": "x" * 10, "tags": ["a"]}) for number in range(7)]
    assert [(each.index, each.first, len(each.items)) for each in cut(items, 3)] == [
        (0, 0, 3),
        (1, 3, 3),
        (2, 6, 1),
    ]
    large = [Item("a", b"x" * SHARD_BYTES), Item("b", b"x"), Item("c", b"x")]
    assert [len(each.items) for each in cut(large, 500)] == [1, 2]
    assert list(cut([], 3)) == []


def test_a_digest_tells_any_two_shards_apart() -> None:
    one = Shard(0, 0, (Item("a", {"text": "x", "id": None}), Item("b", b"y"), Rejected("c", None, "why")))
    items = [
        (Item("a", {"text": "x", "id": "None"}), *one.items[1:]),
        (one.items[0], Item("b", {"text": "y"}), one.items[2]),
        (*one.items[:2], Rejected("c", None, "why not")),
        (one.items[1], one.items[0], one.items[2]),
        one.items[:2],
    ]
    digests = [replace(one, items=each).digest() for each in items]
    assert len({one.digest(), *digests}) == 6
    assert one.digest() == Shard(9, 9, tuple(one.items)).digest()
