"""Name the figures of a card, and say in words what each shows, for those who do not see it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sourcemark.labels import LABELS, NONE, SCORE_IDS, UNSURE

SHOWN_AS: Final = {label.id: label.name for label in LABELS} | {NONE: "No source found", UNSURE: "Not sure"}
"""What readers call everything that can be shown of a sentence, by id."""
ANNOTATED: Final = SHOWN_AS | {NONE: "None of them"}
"""What the annotation of a sentence is called, by id."""

_ENOUGH = 30
"""Annotated sentences from which an outlet's F1 is worth a word."""


def file_name(name: str, kind: str) -> str:
    """Return the name of the file that holds one kind of figure of the model `name`."""
    return f"{name}-{kind}.svg"


def kind_of(file: str, name: str) -> str:
    """Return the kind of a figure of the model `name` from the name of its file."""
    return file.removeprefix(f"{name}-").removesuffix(".svg")


def caption(kind: str, figures: Mapping[str, Any], learning_curve: Sequence[Sequence[float]] = ()) -> str:
    """Return the text that stands for a figure of this kind, made from what its drawing was.

    A kind that is not known has its own name for a text.
    """
    match kind:
        case "confusion":
            return f"Annotated label against what is shown. {_rows(figures['confusion'])}"
        case "reliability":
            return f"Score against the share annotated so. {_errors(figures['calibration_error_by_label'])}"
        case "precision-coverage":
            return (
                "Precision of marks against the share of sentences found, as each label's threshold moves. "
                f"As shown: {_shown(figures['labels'])}"
            )
        case "outlets":
            return (
                f"F1 of each label by corpus and by outlet, with intervals. {_ranges(figures['by_outlet'])}"
            )
        case "learning-curve":
            points = (f"{score:.3f} with {articles:,.0f}" for articles, score in learning_curve)
            return f"Macro-F1 against training articles: {', '.join(points)}."
        case _:
            return kind


def _rows(confusion: Mapping[str, Mapping[str, int]]) -> str:
    rows = []
    for score_id in SCORE_IDS:
        row = confusion[score_id]
        whole = max(1, sum(row.values()))
        shares = (
            f"{100 * count / whole:.0f} % {SHOWN_AS[shown].lower()}"
            for shown, count in row.items()
            if count > whole / 200
        )
        rows.append(f"{ANNOTATED[score_id]}: {', '.join(shares) or 'no sentence'}.")
    return " ".join(rows)


def _errors(errors: Mapping[str, float]) -> str:
    listed = (f"{SHOWN_AS[score_id].lower()} {errors[score_id]:.3f}" for score_id in SCORE_IDS)
    return f"Expected calibration error: {', '.join(listed)}."


def _shown(labels: Mapping[str, Mapping[str, float]]) -> str:
    listed = (
        f"{label.name.lower()} {100 * labels[label.id]['precision']:.0f} % right and "
        f"{100 * labels[label.id]['recall']:.0f} % found"
        for label in LABELS
    )
    return f"{', '.join(listed)}."


def _ranges(by_outlet: Mapping[str, Mapping[str, Any]]) -> str:
    texts = []
    for label in LABELS:
        own = {
            outlet: row["labels"][label.id]["f1"]
            for outlet, row in by_outlet.items()
            if row["labels"][label.id]["support"] >= _ENOUGH
        }
        if len(own) > 1:
            low, high = min(own, key=own.__getitem__), max(own, key=own.__getitem__)
            texts.append(f"{label.name}: from {own[low]:.2f} ({low}) to {own[high]:.2f} ({high}).")
    return " ".join(texts) or "No outlet has enough sentences to compare."
