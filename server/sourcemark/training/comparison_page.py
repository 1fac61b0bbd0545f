"""Say in words, and on a page that needs nothing else, whether corrections helped."""

from dataclasses import dataclass
from typing import Any, Final

from sourcemark.labels import LABELS
from sourcemark.model.artifact import CAREFUL
from sourcemark.model.bootstrap import RESAMPLES
from sourcemark.model.captions import ANNOTATED, SHOWN_AS
from sourcemark.model.paired import ALIKE, BETTER, WORSE, Change
from sourcemark.standalone import templates_of
from sourcemark.training.comparison import STARTS, Comparison
from sourcemark.training.settling import ALLOWANCE

_SAID: Final = {
    BETTER: "the corrections helped",
    WORSE: "the corrections did harm",
    ALIKE: "with and without them cannot be told apart",
}
_MOVED: Final = {
    False: {BETTER: "higher", WORSE: "lower", ALIKE: "cannot be told apart"},
    True: {BETTER: "lower, which is better", WORSE: "higher, which is worse", ALIKE: "cannot be told apart"},
}
"""What is said of a figure that is a part of the whole only, by whether a lower one is better."""
_HALF: Final = 240
"""Half of the drawing's width in its own units: from no difference to the largest."""
_ROW: Final = 36


def verdicts(comparison: Comparison) -> list[str]:
    """Return a sentence for the three labels together, and one for each."""
    changes = comparison.changes
    return [
        f"All three labels: {_verdict(changes.macro_f1)}",
        *(f"{label.name}: {_verdict(changes.f1[label.id])}" for label in LABELS),
    ]


def render(comparison: Comparison) -> str:
    """Return the page as HTML: no scripts, nothing loaded from elsewhere, and no sentence of an article."""
    environment = templates_of("sourcemark.training")
    environment.filters |= {
        "figure": _figure,
        "signed": _signed,
        "interval": _interval,
        "moved": lambda change: _MOVED[change.lower_is_better][change.verdict],
        "weight": "{:.2f}".format,
    }
    return environment.get_template("comparison.html").render(
        comparison=comparison,
        changes=comparison.changes,
        verdicts=verdicts(comparison),
        rows=_rows(comparison),
        labels=LABELS,
        drawing=_drawing(comparison),
        shown_as=SHOWN_AS,
        proposed_as=ANNOTATED,
        said=_SAID,
        careful=comparison.model == CAREFUL,
        allowance=ALLOWANCE,
        resamples=RESAMPLES,
        starts=STARTS,
    )


def _verdict(change: Change) -> str:
    return (
        f"{_SAID[change.verdict]}. F1 is {_figure(change.after)} with them and {_figure(change.before)} "
        f"without, a difference of {_signed(change.difference)} ({_interval(change)}). Two trainings without "
        f"corrections, from other starts, differ by up to {_figure(change.chance)}."
    )


def _figure(value: float) -> str:
    return "–" if value != value else f"{value:.3f}"


def _signed(value: float) -> str:
    """Return a difference with its sign; a minus sign, not a hyphen."""
    if value != value:
        return "–"
    rounded = round(value, 3)
    return f"{rounded:+.3f}".replace("-", "−") if rounded else "0.000"


def _interval(change: Change) -> str:
    if change.interval is None:
        return "too few to give an interval"
    low, high = map(_signed, change.interval)
    return f"95 % interval {low} to {high}"


def _rows(comparison: Comparison) -> list[tuple[str, str, Change]]:
    """Return what is compared beside the labels: name, what it says, and how it changed."""
    changes = comparison.changes
    return [
        ("Precision of marks", "share of the marks that are right", changes.precision_of_marks),
        ("Coverage", "share of the sentences of which something definite is said", changes.coverage),
        (
            "Calibration error",
            "how far scores are from the share that is right; lower is better",
            changes.calibration_error,
        ),
        (
            "Log loss",
            "how well the scores fit, whatever the thresholds; lower is better",
            changes.log_loss,
        ),
        (
            "Mean F1, own thresholds",
            "of the three labels, each training with the thresholds it would choose by itself",
            comparison.own_thresholds,
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Line:
    """A difference with its interval, in the units of the drawing."""

    name: str
    y: int
    x: float
    low: float
    high: float


def _drawing(comparison: Comparison) -> dict[str, Any] | None:
    """Return where the differences of F1 and their intervals lie, or None where there are no intervals."""
    changes = comparison.changes
    named = [("All three", changes.macro_f1), *((label.name, changes.f1[label.id]) for label in LABELS)]
    intervals = [change.interval for _, change in named if change.interval is not None]
    if len(intervals) < len(named):
        return None
    # at least a hundredth, so that next to nothing looks like next to nothing
    largest = max(0.01, *(abs(end) for ends in intervals for end in ends))
    lines = [
        _Line(name, (number + 1) * _ROW, *(_HALF * value / largest for value in (change.difference, *ends)))
        for number, ((name, change), ends) in enumerate(zip(named, intervals, strict=True))
    ]
    return {"lines": lines, "half": _HALF, "height": (len(lines) + 1) * _ROW, "largest": largest}
