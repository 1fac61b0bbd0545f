"""Write the figures of evaluations as Markdown tables. A figure that an evaluation lacks is left out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from sourcemark.labels import LABELS, SCORE_IDS
from sourcemark.model.captions import ANNOTATED, SHOWN_AS
from sourcemark.model.confusion import SHOWN

Figures: TypeAlias = Mapping[str, Any]
"""What sourcemark.model.metrics.measure returns, or less."""

_MISSING = "–"


def comparison(rows: Sequence[tuple[str, str, Figures]]) -> str:
    """Return a table with a line for each evaluation: model, what it was measured on, chief figures."""
    titles = [title for title in _CHIEF if any(_CHIEF[title](figures) != _MISSING for *_, figures in rows)]
    return table(
        ["model", "measured on", *titles],
        ([model, place, *(_CHIEF[title](figures) for title in titles)] for model, place, figures in rows),
    )


def figures_table(figures: Figures) -> str:
    """Return the figures of an evaluation in full."""
    parts = [_summary(figures), _labels(figures), _confusion(figures)]
    if len(figures.get("by_corpus") or ()) > 1:
        parts.append(_groups("corpus", figures["by_corpus"]))
    return "\n\n".join(parts)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; the cells are Markdown already."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def escaped(text: str) -> str:
    """Return plain text as Markdown that shows it unchanged, in a table too."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>|~#" else character for character in text)


def _summary(figures: Figures) -> str:
    size = f"{figures['sentences']:,} sentences"
    if figures.get("articles"):
        size += f" of {figures['articles']:,} articles"
    parts = [
        size,
        f"Macro-F1 of the three labels as shown: {_macro_f1(figures)}",
        f"Precision of the marks: {_estimate(figures, 'precision_of_marks', _percent)}",
        f"Something definite said of {_estimate(figures, 'coverage', _percent)} of all sentences",
        f"Expected calibration error: {_number(figures['calibration_error'])}",
    ]
    by_label = figures.get("calibration_error_by_label")
    if by_label:
        listed = (f"{SHOWN_AS[score_id].lower()} {_number(by_label[score_id])}" for score_id in SCORE_IDS)
        parts[-1] += f" (of single scores: {', '.join(listed)})"
    if figures.get("speaker_match") is not None:
        parts.append(
            f"Speaker right in {_percent(figures['speaker_match'])} of the {figures['speakers']:,} sentences "
            "that are rightly marked and have one"
        )
    if figures.get("macro_f1_without_doubtful") is not None:
        parts.append(
            f"Macro-F1 without the sentences the annotator doubted: "
            f"{_number(figures['macro_f1_without_doubtful'])}"
        )
    return f"{'. '.join(parts)}."


def _labels(figures: Figures) -> str:
    intervals = (figures.get("intervals") or {}).get("labels") or {}
    return table(
        ["label", "precision", "recall", "F1", "sentences"],
        (
            [
                label.name,
                _number(row["precision"]),
                _number(row["recall"]),
                _number(row["f1"]) + _between(intervals.get(label.id), _number),
                f"{row['support']:,}",
            ]
            for label in LABELS
            for row in [figures["labels"][label.id]]
        ),
    )


def _confusion(figures: Figures) -> str:
    return table(
        ["annotated, below; shown, right", *(SHOWN_AS[name] for name in SHOWN)],
        (
            [ANNOTATED[score_id], *(f"{figures['confusion'][score_id][name]:,}" for name in SHOWN)]
            for score_id in SCORE_IDS
        ),
    )


def _groups(title: str, groups: Mapping[str, Figures]) -> str:
    return table(
        [
            title,
            "sentences",
            "macro-F1",
            *(f"F1, {label.name.lower()}" for label in LABELS),
            "precision of marks",
        ],
        (
            [
                escaped(name),
                f"{row['sentences']:,}",
                _number(row["macro_f1"]),
                *(_number(row["labels"][label.id]["f1"]) for label in LABELS),
                _percent(row["precision_of_marks"]),
            ]
            for name, row in groups.items()
        ),
    )


def _macro_f1(figures: Figures) -> str:
    return _estimate(figures, "macro_f1", lambda value: f"**{value:.3f}**", _number)


def _estimate(
    figures: Figures,
    name: str,
    show: Callable[[float], str],
    show_end: Callable[[float], str] | None = None,
) -> str:
    value = figures.get(name)
    if value is None:
        return _MISSING
    return show(value) + _between((figures.get("intervals") or {}).get(name), show_end or show)


def _between(interval: Sequence[float] | None, show: Callable[[float], str]) -> str:
    """Return a 95 % interval as it stands behind its figure."""
    return "" if interval is None else f" ({show(interval[0])} to {show(interval[1])})"


def _number(value: float | None) -> str:
    return _MISSING if value is None else f"{value:.3f}"


def _percent(share: float | None) -> str:
    return _MISSING if share is None else f"{100 * share:.1f} %"


_CHIEF: Final[Mapping[str, Callable[[Figures], str]]] = {
    "macro-F1": _macro_f1,
    "precision of marks": lambda figures: _estimate(figures, "precision_of_marks", _percent),
    "coverage": lambda figures: _estimate(figures, "coverage", _percent),
    "calibration error": lambda figures: _number(figures.get("calibration_error")),
    "shown differently": lambda figures: _percent(figures.get("flips")),
    "speaker right": lambda figures: _percent(figures.get("speaker_match")),
}
