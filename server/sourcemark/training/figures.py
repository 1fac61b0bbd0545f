"""Draw the figures of a model's card. Needs matplotlib, which the product itself never does."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.style import context

from sourcemark.figure_style import (
    COLOURS,
    DARK,
    FAINT,
    FEW,
    MARKERS,
    QUIET,
    SHADES,
    STYLE,
    WIDTH,
    line,
    percent,
    percent_axes,
    point,
    two_lines,
)
from sourcemark.labels import LABEL_IDS, OFFICIAL, SCORE_IDS
from sourcemark.model.captions import ANNOTATED, SHOWN_AS, file_name
from sourcemark.model.confusion import SHOWN
from sourcemark.model.decision import PRECISION
from sourcemark.model.metrics import ScoredSentence
from sourcemark.training.figure_data import Estimate, f1_by_group, reliability, shown_trade, trades


def draw(
    directory: Path,
    name: str,
    sentences: Sequence[ScoredSentence],
    figures: Mapping[str, Any],
    learning_curve: Sequence[tuple[int, float]] = (),
) -> list[Path]:
    """Draw the figures of the model `name` into `directory`, as `<name>-<kind>.svg`; return their paths.

    `figures` are what sourcemark.model.metrics.measure made of the same sentences. `learning_curve` pairs
    numbers of training articles with the macro-F1 they lead to. A figure without data is not drawn, and the
    one that an earlier training drew is removed. The same data gives the same bytes.
    """
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    # whatever this machine's own settings are
    with context(STYLE, after_reset=True):
        drawn = {
            "confusion": _confusion(figures["confusion"]),
            "reliability": _reliability(sentences, figures["calibration_error_by_label"]),
            "precision-coverage": _precision_coverage(sentences),
            "outlets": _outlets(sentences),
            "learning-curve": _learning_curve(learning_curve) if len(learning_curve) > 1 else None,
        }
        for kind, figure in drawn.items():
            path = directory / file_name(name, kind)
            if figure is None:
                path.unlink(missing_ok=True)
            else:
                # no date, and no version of matplotlib
                figure.savefig(path, metadata={"Date": None, "Creator": None})
                paths.append(path)
    return paths


def _confusion(counts: Mapping[str, Mapping[str, int]]) -> Figure:
    figure = Figure(figsize=(WIDTH, 4.2))
    axes = figure.subplots()
    shares = [[counts[row][name] / max(1, sum(counts[row].values())) for name in SHOWN] for row in SCORE_IDS]
    axes.pcolormesh(shares, cmap=SHADES, vmin=0, vmax=1, edgecolors="#d0d0d0", linewidth=0.5)
    for y, row in enumerate(SCORE_IDS):
        for x, column in enumerate(SHOWN):
            axes.text(
                x + 0.5,
                y + 0.5,
                f"{100 * shares[y][x]:.1f} %\n{counts[row][column]:,}",
                ha="center",
                va="center",
                color="#ffffff" if shares[y][x] > DARK else "#000000",
                fontweight="bold" if row == column else "normal",
            )
    axes.invert_yaxis()
    axes.set_xticks([x + 0.5 for x in range(len(SHOWN))], [two_lines(SHOWN_AS[name]) for name in SHOWN])
    axes.set_yticks(
        [y + 0.5 for y in range(len(SCORE_IDS))], [two_lines(ANNOTATED[row]) for row in SCORE_IDS]
    )
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel("shown")
    axes.set_ylabel("annotated")
    axes.set_title("What is shown for the sentences of each label (each row adds up to 100 %)")
    return figure


def _reliability(sentences: Sequence[ScoredSentence], errors: Mapping[str, float]) -> Figure:
    figure = Figure(figsize=(WIDTH, 7.6))
    panels = figure.subplots(2, 2, sharex=True, sharey=True).flat
    for axes, score_id in zip(panels, SCORE_IDS, strict=True):
        bins = reliability(sentences, score_id)
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1)
        axes.plot([b.score for b in bins], [b.share for b in bins], **line(score_id))
        for b in bins:
            point(axes, score_id, b.score, b.share, b.sentences)
        axes.set_title(f"{SHOWN_AS[score_id]}: ECE {errors[score_id]:.3f}")
        percent_axes(axes)
        axes.set_aspect("equal")
    title = f"As often right as it is sure? On the thin line, yes. Hollow: fewer than {FEW} sentences."
    figure.suptitle(title, x=0.01, ha="left")
    figure.supxlabel("score", fontsize=10)
    figure.supylabel("share of sentences annotated so", fontsize=10)
    return figure


def _precision_coverage(sentences: Sequence[ScoredSentence]) -> Figure:
    figure = Figure(figsize=(WIDTH, 4.8))
    axes = figure.subplots()
    lowest = PRECISION
    for label_id in LABEL_IDS:
        curve = trades(sentences, label_id)
        axes.plot([trade.found for trade in curve], [trade.precision for trade in curve], **line(label_id))
        lowest = min([lowest, *(trade.precision for trade in curve)])
        chosen = shown_trade(sentences, label_id)
        text = SHOWN_AS[label_id]
        if chosen is not None:
            text += f": {percent(chosen.precision)} right, {percent(chosen.found)} found"
        axes.plot(
            [] if chosen is None else [chosen.found],
            [] if chosen is None else [chosen.precision],
            marker=MARKERS[label_id],
            markersize=10,
            markeredgecolor="#000000",
            label=text,
            **line(label_id),
        )
    axes.axhline(PRECISION, color=QUIET, linewidth=1)
    axes.annotate(f"goal {percent(PRECISION)}", (0.005, PRECISION), color=QUIET, va="bottom", fontsize=9)
    percent_axes(axes)
    axes.set_ylim(int(10 * lowest) / 10, 1.02)
    axes.set_xlabel("share of the label's sentences that are marked with it")
    axes.set_ylabel("share of marks that are right")
    axes.set_title("What moving a label's threshold gives and costs; large markers: as shown to readers")
    axes.legend(loc="lower left", handlelength=3.5)
    return figure


def _outlets(sentences: Sequence[ScoredSentence]) -> Figure | None:
    grouped = {
        "by corpus": f1_by_group(sentences, [sentence.corpus for sentence in sentences]),
        "by outlet": f1_by_group(sentences, [sentence.outlet for sentence in sentences]),
    }
    grouped = {title: groups for title, groups in grouped.items() if groups}
    if not grouped:
        return None
    rows = [len(groups) for groups in grouped.values()]
    figure = Figure(figsize=(WIDTH, 1.6 + 0.42 * sum(rows)))
    panels = figure.subplots(len(rows), 1, sharex=True, squeeze=False, height_ratios=rows)[:, 0]
    for axes, (title, groups) in zip(panels, grouped.items(), strict=True):
        for row, estimates in enumerate(groups.values()):
            for label_id, estimate in estimates.items():
                # one above the other, so that no interval hides another
                _estimate(axes, label_id, row + 0.22 * (LABEL_IDS.index(label_id) - 1), estimate)
        axes.hlines([row + 0.5 for row in range(len(groups) - 1)], 0, 1, color=FAINT, linewidth=0.8)
        axes.set_yticks(range(len(groups)), list(groups))
        axes.set_ylim(len(groups) - 0.5, -0.5)
        axes.set_xlim(-0.01, 1.01)
        axes.tick_params(axis="y", length=0)
        axes.grid(True, axis="x")
        axes.set_title(title)
    for label_id in LABEL_IDS:
        panels[0].plot([], [], label=SHOWN_AS[label_id], marker=MARKERS[label_id], **line(label_id))
    figure.legend(loc="outside upper left", ncols=len(LABEL_IDS), handlelength=3.5)
    panels[-1].set_xlabel(f"F1 with 95 % interval over articles; hollow: fewer than {FEW} sentences")
    return figure


def _estimate(axes: Axes, label_id: str, y: float, estimate: Estimate) -> None:
    if estimate.interval is not None:
        axes.plot(estimate.interval, [y, y], **line(label_id) | {"linewidth": 1.5})
    point(axes, label_id, estimate.f1, y, estimate.sentences)


def _learning_curve(points: Sequence[tuple[int, float]]) -> Figure:
    figure = Figure(figsize=(WIDTH, 3.6))
    axes = figure.subplots()
    articles, scores = zip(*sorted(points), strict=True)
    axes.plot(articles, scores, color=COLOURS[OFFICIAL], marker="o")
    for x, y in zip(articles, scores, strict=True):
        axes.annotate(f"{y:.3f}", (x, y), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=9)
    axes.set_xlim(0, 1.06 * articles[-1])
    axes.margins(y=0.2)
    axes.set_xticks(articles, [f"{count:,}" for count in articles])
    axes.grid(True)
    axes.set_xlabel("training articles")
    axes.set_ylabel("macro-F1")
    axes.set_title("What more articles give")
    return figure
