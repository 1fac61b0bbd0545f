"""Count what was shown against what was annotated, and the rates that follow from such counts.

A table has a row for each annotation (`SCORE_IDS`) and a column for each thing shown (`SHOWN`). The rates
take one table or an array of them, the last two axes being the table's: the bootstrap asks for a thousand.
"""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import LABEL_IDS, SCORE_IDS, UNSURE

Counts: TypeAlias = NDArray[np.int64]
Rates: TypeAlias = NDArray[np.float64]
Rate: TypeAlias = Callable[[Counts], Rates]
"""One of the functions below."""

SHOWN: Final = (*SCORE_IDS, UNSURE)
"""The columns of a table: what readers are shown of a sentence."""

_LABELS = len(LABEL_IDS)
_ROW = {name: index for index, name in enumerate(SCORE_IDS)}
_COLUMN = {name: index for index, name in enumerate(SHOWN)}


def tabulate(pairs: Iterable[tuple[str, str]]) -> Counts:
    """Return the table of (annotated, shown) pairs, of shape (4, 5)."""
    table = np.zeros((len(SCORE_IDS), len(SHOWN)), dtype=np.int64)
    for gold, shown in pairs:
        table[_ROW[gold], _COLUMN[shown]] += 1
    return table


def support(tables: Counts) -> Counts:
    """Return how many sentences are annotated with each label, shape (..., 3)."""
    return np.asarray(tables.sum(axis=-1)[..., :_LABELS])


def precision(tables: Counts) -> Rates:
    """Return the share of each label's marks that is right, shape (..., 3); 0 where there is none."""
    return _share(_right(tables), _marks(tables))


def recall(tables: Counts) -> Rates:
    """Return the share of each label's sentences that is marked so, shape (..., 3); 0 where there is none."""
    return _share(_right(tables), support(tables))


def f1(tables: Counts) -> Rates:
    """Return each label's F1 as shown, shape (..., 3): a sentence left unsure counts as without a label."""
    return _share(2 * _right(tables), _marks(tables) + support(tables))


def macro_f1(tables: Counts) -> Rates:
    """Return the mean F1 of the three labels, shape (...)."""
    return np.asarray(f1(tables).mean(axis=-1))


def precision_of_marks(tables: Counts) -> Rates:
    """Return the share of all marks that is right, shape (...); NaN where nothing is marked."""
    return _share(_right(tables).sum(axis=-1), _marks(tables).sum(axis=-1), empty=np.nan)


def coverage(tables: Counts) -> Rates:
    """Return the share of sentences for which something definite is said, shape (...); NaN without any."""
    whole = tables.sum(axis=(-2, -1))
    return _share(whole - tables[..., _COLUMN[UNSURE]].sum(axis=-1), whole, empty=np.nan)


def coverage_of_attributed(tables: Counts) -> Rates:
    """Return the same share of the sentences that are annotated with a label, shape (...)."""
    return coverage(tables[..., :_LABELS, :])


def detection(tables: Counts) -> Rates:
    """Return precision, recall and F1 of having any of the three labels, whichever, shape (..., 3)."""
    found = tables[..., :_LABELS, :_LABELS].sum(axis=(-2, -1))
    marks, wanted = _marks(tables).sum(axis=-1), support(tables).sum(axis=-1)
    return np.stack([_share(found, marks), _share(found, wanted), _share(2 * found, marks + wanted)], axis=-1)


def _right(tables: Counts) -> Counts:
    return np.diagonal(tables, axis1=-2, axis2=-1)[..., :_LABELS]


def _marks(tables: Counts) -> Counts:
    return np.asarray(tables.sum(axis=-2)[..., :_LABELS])


def _share(part: Counts, whole: Counts, empty: float = 0.0) -> Rates:
    blank = np.full(np.shape(whole), empty)
    return np.asarray(np.divide(part, whole, out=blank, where=np.asarray(whole) > 0))
