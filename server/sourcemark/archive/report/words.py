"""Say in words what a report's numbers are: formats, names of bins, and texts for plots that are not seen."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
import unicodedata

import numpy as np
from numpy.typing import NDArray

from sourcemark.archive.report.shares import Share, wilson
from sourcemark.article import DEADLINE, NOT_ENGLISH, TOO_LONG
from sourcemark.labels import LABEL_IDS, LABELS, SCORE_IDS
from sourcemark.model.captions import SHOWN_AS
from sourcemark.model.confusion import SHOWN
from sourcemark.model.likeness import LENGTH, LENGTH_EDGES, MIX, SURE, SURE_EDGES

LONGEST_NAME: Final = 80

NOT_READ: Final = {
    TOO_LONG: "too long for one paragraph",
    NOT_ENGLISH: "not in English",
    DEADLINE: "no time was left",
}
"""Why blocks were not read, by reason."""

COMPARED: Final = {
    SURE: "How sure the program is: highest score of a sentence",
    MIX: "What is shown of a sentence",
    LENGTH: "How long a sentence is, in characters",
}
"""What is compared with the reference, by what `BINS` counts."""

BIN_NAMES: Final = {
    SURE: (f"below {SURE_EDGES[0]}", *(f"from {edge}" for edge in SURE_EDGES)),
    MIX: tuple(SHOWN_AS[shown] for shown in SHOWN),
    LENGTH: (f"below {LENGTH_EDGES[0]}", *(f"from {edge}" for edge in LENGTH_EDGES)),
}

_EVALUATIONS: Final = {
    "dev": "articles kept apart, which the program never learned from",
    "held_out": "articles of its training, each judged by a version of the program that had not seen it",
}


def percent(share: float) -> str:
    """Return a share as "12.3 %", with another digit where it is small."""
    digits = 2 if 0 < share < 0.01 else 1
    return f"{100 * share:.{digits}f} %"


def interval(low: float, high: float) -> str:
    """Return the two ends of an interval as "11.0 to 13.7 %"."""
    digits = 2 if 0 < high < 0.01 else 1
    return f"{100 * low:.{digits}f} to {100 * high:.{digits}f} %"


def clean(name: str) -> str:
    """Return a name on one line, without signs that cannot be seen, and not longer than a line."""
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in name)
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def shown_in_words(shares: Mapping[str, Share]) -> str:
    """Say what the plot of all that is shown says."""
    listed = (f"{SHOWN_AS[shown].lower()} {percent(shares[shown].value)}" for shown in SHOWN)
    return f"Bars: {', '.join(listed)}."


def time_in_words(periods: Mapping[str, Mapping[str, Share]]) -> str:
    """Say what the plot over time says."""
    names = list(periods)
    told = []
    for label in LABELS:
        lowest, highest = (pick(names, key=lambda name: periods[name][label.id].value) for pick in (min, max))
        ends = (f"{percent(periods[name][label.id].value)} in {name}" for name in (lowest, highest))
        told.append(f"{label.name}: from {' to '.join(ends)}.")
    return f"One panel a label, {names[0]} to {names[-1]}. {' '.join(told)}"


def groups_in_words(groups: Sequence[tuple[str, Mapping[str, Share]]]) -> str:
    """Say what the plot by group says."""
    told = []
    for label in LABELS:
        values = [shares[label.id].value for _, shares in groups]
        told.append(f"{label.name}: from {percent(min(values))} to {percent(max(values))}.")
    return f"One column a label, {len(groups)} rows, most sentences first. {' '.join(told)}"


def speakers_in_words(speakers: Sequence[tuple[str, NDArray[np.int64]]]) -> str:
    """Say what the plot of speakers says."""
    listed = (f"{name} {int(counts[:-1].sum()):,}" for name, counts in speakers)
    return f"Sentences of each speaker: {', '.join(listed)}."


def likeness_in_words(divergences: Mapping[str, float]) -> str:
    """Say what the plot of the comparison says."""
    listed = (f"{COMPARED[name]}: divergence {value:.3f} bits." for name, value in divergences.items())
    return f"Bars of this archive beside those of articles like its training. {' '.join(listed)}"


def measured(manifest: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return what is known of how often a model is right, from its manifest, or None."""
    metrics = (manifest or {}).get("metrics", {})
    name = next((name for name in _EVALUATIONS if name in metrics), None)
    if name is None:
        return None
    figures = metrics[name]
    table = figures["confusion"]
    rows = []
    for label in LABELS:
        right = table[label.id][label.id]
        marks = sum(table[annotated][label.id] for annotated in SCORE_IDS)
        rows.append((label.name, *_rate(right, marks), *_rate(right, sum(table[label.id].values()))))
    over = (figures.get("intervals") or {}).get("precision_of_marks")
    return {
        "articles": figures["articles"],
        "sentences": figures["sentences"],
        "on": _EVALUATIONS[name],
        "rows": rows,
        "all": percent(figures["precision_of_marks"]) if figures["precision_of_marks"] is not None else None,
        "all_interval": interval(*over) if over else None,
    }


def _rate(right: int, whole: int) -> tuple[str, str, int]:
    if not whole:
        return "not measured", "", 0
    return percent(right / whole), interval(*wilson(right / whole, whole)), whole


def label_counts(counts: NDArray[np.int64]) -> dict[str, int]:
    """Return a speaker's sentences by label id."""
    return dict(zip(LABEL_IDS, counts[:-1].tolist(), strict=True))
