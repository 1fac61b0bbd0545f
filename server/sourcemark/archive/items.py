"""What an archive is made of: items as they are read, and the articles or refusals they turn out to be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sourcemark.article import Article


@dataclass(frozen=True, slots=True)
class Item:
    """One row, file or web record of the input, as it stands there: not yet understood."""

    where: str
    """How a person finds it in the input, such as "news.jsonl.gz:12"; never a word of its text."""
    content: bytes | Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ArchiveArticle:
    """An article of an archive, ready to be labelled."""

    id: str
    where: str
    article: Article
    kept: Mapping[str, str | None]
    """Values of the columns that go into the output beside the labels, by name."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that no article could be made of, and why, in words that repeat nothing of its text."""

    where: str
    id: str | None
    reason: str


class Source(Protocol):
    """An input. Pickled into every worker, so it holds options and names, never an open file."""

    def items(self) -> Iterator[Item | Rejected]:
        """Yield the items in the input's order, the same each time; cheap, and in one process.

        What cannot even be taken apart, such as the rest of a file that breaks off, is rejected here.
        """

    def read(self, item: Item) -> ArchiveArticle | Rejected:
        """Understand one item: decode it, find its text, its id and its columns. Called in the workers."""
