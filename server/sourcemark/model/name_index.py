"""Number a hundred thousand names without keeping them, and look thousands up at once."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sourcemark.model.groups import PREFIXES, Group

_BITS = 20
"""Leading bits of a hash by which it is looked up: a million places, so that few hashes share one."""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Knows names by their hashes of 64 bits, in a fifth of a dictionary's memory.

    The hash of a whole name is made of the prefix's and the rest's, so that a word is hashed once whatever
    stands before it. Python draws its hash function anew for each process, so an index is never stored.
    """

    hashes: NDArray[np.uint64]
    """In order, with some at the end that are none."""
    columns: NDArray[np.int32]
    """The number of the name of each."""
    places: NDArray[np.int32]
    """Where the hashes start that begin with the bits of the index."""
    most: int
    """How many hashes begin alike at most."""

    @classmethod
    def of(cls, names: Sequence[str]) -> Self:
        """Return the index of sorted names; the number of a name is its place."""
        hashes = np.concatenate(list(_hashes_of(names)))
        columns = np.argsort(hashes).astype(np.int32)
        beginnings = np.bincount(hashes >> np.uint64(64 - _BITS), minlength=1 << _BITS)
        most = max(1, int(beginnings.max()))
        return cls(
            np.append(hashes[columns], np.zeros(most, dtype=np.uint64)),
            np.append(columns, np.full(most, -1, dtype=np.int32)),
            (np.cumsum(beginnings) - beginnings).astype(np.int32),
            most,
        )

    def find(self, groups: Collection[Group]) -> NDArray[np.int32]:
        """Return the numbers of the names of several groups, one after another; -1 for those unknown."""
        sizes = [len(group.names) for group in groups]
        hashes = _hashes(chain.from_iterable(group.names for group in groups), sum(sizes))
        hashes ^= np.repeat(_hashes((group.prefix for group in groups), len(sizes)), sizes)
        places = self.places[hashes >> np.uint64(64 - _BITS)]
        columns = np.where(self.hashes[places] == hashes, self.columns[places], -1)
        for step in range(1, self.most):
            # few are left: most hashes have a place of their own
            left = np.flatnonzero(columns < 0)
            further = places[left] + step
            columns[left] = np.where(self.hashes[further] == hashes[left], self.columns[further], -1)
        return columns


def _hashes(names: Iterator[str], number: int) -> NDArray[np.uint64]:
    return np.fromiter(map(hash, names), dtype=np.int64, count=number).view(np.uint64)


def _hashes_of(names: Sequence[str]) -> Iterator[NDArray[np.uint64]]:
    """Yield the hashes of sorted names, in order, those of one prefix at a time."""
    end = 0
    for prefix in sorted(PREFIXES):
        first = bisect_left(names, prefix, end)
        yield _hashes(iter(names[end:first]), first - end)
        end = bisect_left(names, prefix[:-1] + chr(ord(prefix[-1]) + 1), first)
        length = len(prefix)
        rests = _hashes((name[length:] for name in names[first:end]), end - first)
        yield rests ^ _hashes(iter([prefix]), 1)
    yield _hashes(iter(names[end:]), len(names) - end)
