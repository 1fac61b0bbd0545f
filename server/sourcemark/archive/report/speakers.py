"""Count who is quoted most, by name, in memory that stays small whatever the archive's size.

Manku & Motwani 2002, Approximate frequency counts over data streams: when there are too many names the rarest
are forgotten, and how often one of them was met bounds how much any count can be too low.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
import pyarrow as pa
import pyarrow.compute as pc

from sourcemark.labels import LABEL_IDS

NAMES: Final = 100_000
"""Names that are held at most; half of them are left when the rarest are forgotten."""


@dataclass(slots=True)
class Speakers:
    """Sentences and articles of each named speaker, as the articles write the name."""

    most: int = NAMES
    sentences: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    """By name: labelled sentences of each label, as `LABEL_IDS`, and last the articles they stand in."""
    error: int = 0
    """How many sentences a count can be too low by; 0 where every name was held."""

    def add(self, table: Any) -> None:
        """Add the labelled sentences of a table that have a speaker with a name."""
        named = table.filter(pc.and_(pc.is_valid(table["label"]), pc.fill_null(table["named"], False)))
        named = named.filter(pc.is_valid(named["speaker"]))
        counted = named.group_by(["speaker", "label"], use_threads=False).aggregate([([], "count_all")])
        places = pc.index_in(counted["label"], pa.array(LABEL_IDS)).to_pylist()
        for name, place, count in zip(
            counted["speaker"].to_pylist(), places, counted["count_all"].to_pylist(), strict=True
        ):
            self._of(name)[place] += count
        pairs = named.group_by(["speaker", "number"], use_threads=False).aggregate([])
        for each in pc.value_counts(pairs["speaker"].combine_chunks()).to_pylist():
            self._of(each["values"])[-1] += each["counts"]
        if len(self.sentences) > self.most:
            self._forget()

    def top(self, number: int) -> list[tuple[str, NDArray[np.int64]]]:
        """Return the most quoted, most sentences first; equal ones by name."""
        return self._ordered()[:number]

    def _of(self, name: str) -> NDArray[np.int64]:
        return self.sentences.setdefault(name, np.zeros(len(LABEL_IDS) + 1, dtype=np.int64))

    def _ordered(self) -> list[tuple[str, NDArray[np.int64]]]:
        return sorted(self.sentences.items(), key=lambda item: (-int(item[1][:-1].sum()), item[0]))

    def _forget(self) -> None:
        ordered = self._ordered()
        kept, gone = ordered[: self.most // 2], ordered[self.most // 2 :]
        self.error += int(gone[0][1][:-1].sum())
        self.sentences = dict(kept)
