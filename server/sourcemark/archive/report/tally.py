"""Count what is shown of the sentences, so that the articles they stand in are not forgotten."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sourcemark.model.confusion import SHOWN

Counts = NDArray[np.int64]

_KINDS: Final = len(SHOWN)


@dataclass(slots=True)
class Tally:
    """Sums over the articles of a group: all that shares and their intervals need, whatever its size."""

    articles: int = 0
    sentences: int = 0
    squares: int = 0
    """Sum of the squared numbers of sentences of the articles."""
    shown: Counts = field(default_factory=lambda: np.zeros(_KINDS, dtype=np.int64))
    """Sentences by what is shown of them, as `SHOWN`."""
    shown_squares: Counts = field(default_factory=lambda: np.zeros(_KINDS, dtype=np.int64))
    """Sums of the articles' squared numbers of such sentences."""
    products: Counts = field(default_factory=lambda: np.zeros(_KINDS, dtype=np.int64))
    """Sums of the articles' numbers of such sentences times their numbers of sentences."""

    def add(self, articles: Counts) -> None:
        """Add articles, given how often each outcome is shown in them: shape (n_articles, 5)."""
        sizes = articles.sum(axis=1)
        self.articles += len(articles)
        self.sentences += int(sizes.sum())
        self.squares += int((sizes**2).sum())
        self.shown += articles.sum(axis=0)
        self.shown_squares += (articles**2).sum(axis=0)
        self.products += (articles * sizes[:, None]).sum(axis=0)

    def merge(self, other: "Tally") -> None:
        """Add the articles of another tally."""
        self.articles += other.articles
        self.sentences += other.sentences
        self.squares += other.squares
        self.shown += other.shown
        self.shown_squares += other.shown_squares
        self.products += other.products
