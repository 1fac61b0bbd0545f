"""Read a labelled archive once, and count what the report needs of it. Needs pyarrow."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
import pyarrow as pa
import pyarrow.compute as pc

from sourcemark.archive.report.archive import LabelledArchive
from sourcemark.archive.report.errors import ReportError
from sourcemark.archive.report.periods import by_month, period_of
from sourcemark.archive.report.sentences import sentence_tables
from sourcemark.archive.report.speakers import Speakers
from sourcemark.archive.report.tally import Tally
from sourcemark.labels import SCORE_IDS
from sourcemark.model.confusion import SHOWN
from sourcemark.model.likeness import Bins, bins_of, empty_bins

MOST_GROUPS: Final = 50_000
"""Different values of a column that articles can be grouped by."""

NO_VALUE: Final = "(no value)"
"""The group of the articles that have nothing in the column."""


@dataclass(slots=True)
class Findings:
    """What was counted. Its size does not grow with the number of articles."""

    whole: Tally = field(default_factory=Tally)
    groups: dict[str, Tally] = field(default_factory=dict)
    """By value of the column that articles are grouped by."""
    dates: dict[str, Tally] = field(default_factory=dict)
    """By day, or by month or year where a date says no more; see `period_of`."""
    undated: Tally = field(default_factory=Tally)
    blocks: int = 0
    """Blocks that a sentence was found in."""
    speakers: Speakers = field(default_factory=Speakers)
    bins: dict[str, Bins] = field(default_factory=empty_bins)


def find(archive: LabelledArchive, by: str | None, time: str | None) -> Findings:
    """Count the sentences of an archive, by a kept column and by the dates in another. Raises ReportError."""
    findings = Findings()
    # in order and once each, should both be the same column
    for table in sentence_tables(archive.parts, list(dict.fromkeys(filter(None, (by, time))))):
        _add(findings, table, by, time)
    if time is not None and findings.whole.articles and not findings.dates:
        raise ReportError(
            f"No date can be read in the column “{time}”. Dates look like 2024-03-01, 2024-03, 2024, "
            "2024-03-01T23:10:00Z or Fri, 01 Mar 2024 23:10:00 +0100."
        )
    return findings


def _add(findings: Findings, table: Any, by: str | None, time: str | None) -> None:
    numbers = table["number"].to_numpy()
    blocks = table["block"].to_numpy()
    begins = np.diff(numbers, prepend=numbers[0] - 1) != 0
    article = np.cumsum(begins) - 1
    shown = _shown(table)
    size = len(SHOWN)
    cells = np.bincount(article * size + shown, minlength=size * int(begins.sum()))
    counts = cells.reshape(-1, size).astype(np.int64)
    findings.whole.add(counts)
    findings.blocks += int((begins | (np.diff(blocks, prepend=-1) != 0)).sum())
    findings.speakers.add(table)
    highest = np.max([table[name].to_numpy() for name in SCORE_IDS], axis=0)
    lengths = table["end"].to_numpy() - table["start"].to_numpy()
    for name, bins in bins_of(highest, shown, lengths).items():
        findings.bins[name] += bins
    first = pa.array(np.flatnonzero(begins))
    if by is not None:
        _add_groups(findings, table[by].take(first).to_pylist(), counts, by)
    if time is not None:
        _add_dates(findings, table[time].take(first).to_pylist(), counts)


def _shown(table: Any) -> NDArray[np.int64]:
    """Return the place in `SHOWN` of what is shown of each sentence."""
    shown = pc.index_in(pc.coalesce(table["label"], table["state"]), pa.array(SHOWN))
    if shown.null_count:
        raise ReportError(
            "A sentence of the archive has a label that this version of Sourcemark does not know. Use the "
            "version that it was labelled with."
        )
    places: NDArray[np.int64] = shown.to_numpy().astype(np.int64)
    return places


def _add_groups(findings: Findings, values: list[str | None], counts: NDArray[np.int64], by: str) -> None:
    for value, rows in _rows_by(values).items():
        findings.groups.setdefault(value or NO_VALUE, Tally()).add(counts[rows])
    if len(findings.groups) > MOST_GROUPS:
        raise ReportError(
            f"The column “{by}” has more than {MOST_GROUPS:,} different values, which is too many to group "
            "articles by. Choose another one for --by."
        )


def _add_dates(findings: Findings, values: list[str | None], counts: NDArray[np.int64]) -> None:
    for period, rows in _rows_by([period_of(value) for value in values]).items():
        tally = findings.undated if period is None else findings.dates.setdefault(period, Tally())
        tally.add(counts[rows])
    if len(findings.dates) > MOST_GROUPS:
        findings.dates = by_month(findings.dates)


def _rows_by(values: list[str | None]) -> dict[str | None, list[int]]:
    rows: dict[str | None, list[int]] = {}
    for row, value in enumerate(values):
        rows.setdefault(value, []).append(row)
    return rows
