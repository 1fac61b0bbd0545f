"""The tables behind the plots, as CSV for spreadsheets and programs."""

from collections.abc import Iterable, Mapping, Sequence
import csv
import io
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sourcemark.archive.report.shares import Share
from sourcemark.archive.report.tally import Tally
from sourcemark.labels import LABEL_IDS
from sourcemark.model.confusion import SHOWN

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a cell a formula; see https://owasp.org/www-community/attacks/CSV_Injection."""

_OF_A_SHARE: Final = ("", "_share", "_low", "_high", "_design_effect")

Row = Sequence[str | int | float]


def shares_csv(first: str, rows: Iterable[tuple[str, Tally, Mapping[str, Share]]]) -> bytes:
    """Return a row for each group, named in the column `first`: counts, shares, intervals, design effects."""
    header = [first, "articles", "sentences", *(f"{shown}{end}" for shown in SHOWN for end in _OF_A_SHARE)]
    return _csv(
        header,
        (
            [
                _cell(name),
                tally.articles,
                tally.sentences,
                *(value for shown in SHOWN for value in _values(shares[shown])),
            ]
            for name, tally, shares in rows
        ),
    )


def speakers_csv(speakers: Iterable[tuple[str, NDArray[np.int64]]]) -> bytes:
    """Return a row for each speaker: sentences, those of each label, and articles."""
    header = ["speaker", "sentences", *LABEL_IDS, "articles"]
    return _csv(
        header, ([_cell(name), int(counts[:-1].sum()), *counts.tolist()] for name, counts in speakers)
    )


def unread_csv(read: int, skipped: Mapping[str, int]) -> bytes:
    """Return how many blocks were read, and how many were not for each reason."""
    return _csv(["blocks", "count"], [("read", read), *skipped.items()])


def likeness_csv(rows: Iterable[Row]) -> bytes:
    """Return the bins of what is compared with the reference."""
    return _csv(["compared", "bin", "archive_share", "reference_share"], rows)


def _values(share: Share) -> Row:
    figures = (share.value, share.low, share.high, share.design_effect)
    return [share.count, *(round(figure, 6) for figure in figures)]


def _csv(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    # with a byte order mark, without which Excel breaks accents
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
