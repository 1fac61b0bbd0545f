"""What the page about the labels says of the running model: its measured figures, in words."""

from collections.abc import Mapping
from typing import Any, Final

from sourcemark.labels import LABELS
from sourcemark.model.artifact import SHIPPED, Model
from sourcemark.model.card_text import CORPORA

NOT_MEASURED: Final = "not measured"

# what the model never saw comes first; where nothing else is there, what each part of it has not seen
_EVALUATIONS: Final = {
    "dev": "articles kept apart, which the model never learned from",
    "held_out": "articles of its training, each judged by a version of the model that had not seen it",
}


def about_labels(model: Model) -> dict[str, Any]:
    """Return what the page shows: labels with their figures, and where those come from.

    A figure that the model's manifest does not hold is said to be not measured.
    """
    metrics: Mapping[str, Any] = model.manifest.get("metrics") or {}
    measured_on = next((name for name in _EVALUATIONS if metrics.get(name)), None)
    figures: Mapping[str, Any] = metrics[measured_on] if measured_on else {}
    by_label: Mapping[str, Any] = figures.get("labels") or {}
    return {
        "labels": LABELS,
        "shown": {label.id: in_words(by_label.get(label.id, {}).get("precision")) for label in LABELS},
        "found": {label.id: in_words(by_label.get(label.id, {}).get("recall")) for label in LABELS},
        "annotated": {label.id: by_label.get(label.id, {}).get("support") for label in LABELS},
        "marks": in_words(figures.get("precision_of_marks")),
        "definite": in_words(figures.get("coverage")),
        "sentences": figures.get("sentences"),
        "articles": figures.get("articles"),
        "measured_on": _EVALUATIONS.get(measured_on or ""),
        "sources": [CORPORA[name] for name in figures.get("by_corpus") or {} if name in CORPORA],
        "model": model,
        "date": model.manifest.get("date"),
        "is_shipped": model.name in SHIPPED.values(),
    }


def in_words(share: float | None) -> str:
    """Return a share between 0 and 1 as a person says it: "about 9 in 10"."""
    if share is None:
        return NOT_MEASURED
    if share >= 0.975:
        return "more than 19 in 20"
    if share < 0.025:
        return "fewer than 1 in 20"
    # "10 in 10" and "0 in 10" would promise too much
    tenths = round(10 * share)
    if 0.075 <= share < 0.925 and tenths:
        return f"about {tenths} in 10"
    return f"about {round(20 * share)} in 20"
