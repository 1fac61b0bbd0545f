"""Labels one shard. A pure function: the same items and model give the same rows, wherever it runs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import msgspec

from sourcemark.archive.cutting import Shard
from sourcemark.archive.inputs.options import InputError
from sourcemark.archive.items import ArchiveArticle, Item, Rejected, Source
from sourcemark.archive.rows import Row, rows_of
from sourcemark.article import LabelledArticle
from sourcemark.labeler import Labeler

POOL_ARTICLES: Final = 64
POOL_CHARACTERS: Final = 400_000
"""So many articles, and so many code points of text, are labelled with one prediction at most."""

Numbered: TypeAlias = tuple[int, ArchiveArticle]


class Refused(msgspec.Struct, frozen=True):
    """A line of rejected.jsonl: an item that there are no labels for, and why."""

    number: int
    where: str
    id: str | None
    reason: str


@dataclass(slots=True)
class LabelledShard:
    """What a shard came to. Its items are its articles and those that were refused."""

    articles: int = 0
    rows: list[Row] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    """How many sentences have each label, or the state that stands where there is none."""
    skipped_blocks: Counter[str] = field(default_factory=Counter)
    """How many blocks were left out, by reason."""

    def add(self, article: Numbered, labelled: LabelledArticle, with_text: bool) -> None:
        """Add an article that is labelled. Raises UnicodeEncodeError where it is no text that can be kept."""
        rows = list(rows_of(*article, labelled, with_text))
        # half a surrogate pair is a string to Python, and to no file
        msgspec.json.encode((article[1].id, dict(article[1].kept), rows))
        self.rows += rows
        self.articles += 1
        self.labels.update(sentence.label or sentence.state for sentence in labelled.sentences)
        self.skipped_blocks.update(block.reason for block in labelled.skipped)

    def refuse(self, number: int, what: ArchiveArticle | Rejected | Item, reason: str) -> None:
        """Add an item that there are no labels for."""
        identity = None if isinstance(what, Item) else what.id
        self.refused.append(Refused(number, what.where, identity, reason))


def label_shard(shard: Shard, source: Source, labeler: Labeler, with_text: bool = False) -> LabelledShard:
    """Label the articles of a shard, many with one prediction.

    An article that cannot be read or labelled is refused, with a reason that repeats nothing of its text,
    and is in no other article's way.
    """
    result = LabelledShard()
    articles = list(_articles(shard, source, result))
    for pool in _pools(articles):
        _label(pool, labeler, with_text, result)
    result.refused.sort(key=lambda refused: refused.number)
    return result


def _articles(shard: Shard, source: Source, result: LabelledShard) -> Iterator[Numbered]:
    for number, item in enumerate(shard.items, start=shard.first):
        if isinstance(item, Rejected):
            result.refuse(number, item, item.reason)
            continue
        try:
            read = source.read(item)
        except (InputError, MemoryError):
            # what this computer lacks is no fault of the item
            raise
        except Exception as error:
            result.refuse(number, item, f"could not be read: {type(error).__name__}")
            continue
        if isinstance(read, Rejected):
            result.refuse(number, read, read.reason)
        else:
            yield number, read


def _pools(articles: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    pool: list[Numbered] = []
    size = 0
    for numbered in articles:
        length = sum(map(len, numbered[1].article.blocks))
        if pool and (len(pool) == POOL_ARTICLES or size + length > POOL_CHARACTERS):
            yield pool
            pool, size = [], 0
        pool.append(numbered)
        size += length
    if pool:
        yield pool


def _label(pool: Sequence[Numbered], labeler: Labeler, with_text: bool, result: LabelledShard) -> None:
    try:
        labelled = labeler.label_many([article.article for _, article in pool])
    except MemoryError:
        # says something of the machine, nothing of the article
        raise
    except Exception as error:
        if len(pool) > 1:
            for each in pool:
                _label([each], labeler, with_text, result)
        else:
            result.refuse(*pool[0], f"could not be labelled: {type(error).__name__}")
        return
    for numbered, article in zip(pool, labelled, strict=True):
        try:
            result.add(numbered, article, with_text)
        except (UnicodeEncodeError, ValueError) as error:
            result.refuse(*numbered, f"could not be labelled: {type(error).__name__}")
