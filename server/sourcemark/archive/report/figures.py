"""Draw the plots of a report as SVG that stands in the page itself. Needs matplotlib."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator
import numpy as np
from numpy.typing import NDArray

from sourcemark.archive.report.periods import distance_of_names, name_at, places
from sourcemark.archive.report.shares import Share
from sourcemark.archive.report.svg import drawing, svg
from sourcemark.figure_style import COLOURS, FEW, LINES, QUIET, WIDTH, point
from sourcemark.labels import LABEL_IDS, LABELS, NONE, UNSURE
from sourcemark.model.captions import SHOWN_AS
from sourcemark.model.confusion import SHOWN

HATCHES: Final = {**dict(zip(LABEL_IDS, ("", "///", "..."), strict=True)), NONE: "", UNSURE: "xxx"}
"""What bars are filled with beside their colour, so that they differ in grey."""
_FILLS: Final = {**COLOURS, NONE: "#d9d9d9", UNSURE: "#ffffff"}

_MANY: Final = 40
"""Periods from which intervals are drawn as one band."""

Shares = Mapping[str, Share]
Comparison = tuple[str, Sequence[str], Sequence[float], Sequence[float]]


def draw_shown(shares: Shares) -> str:
    """Draw the share of everything that can be shown, with intervals."""
    with drawing():
        figure = Figure(figsize=(WIDTH, 2.7))
        axes = figure.subplots()
        for row, shown in enumerate(SHOWN):
            share = shares[shown]
            _bar(axes, row, share.value, shown)
            _interval(axes, share, row, "#000000")
            axes.annotate(
                f"{100 * share.value:.1f} %",
                (share.high, row),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
            )
        axes.set_yticks(range(len(SHOWN)), [SHOWN_AS[shown] for shown in SHOWN])
        axes.set_ylim(len(SHOWN) - 0.4, -0.6)
        axes.set_xlim(0, min(1.0, 1.18 * max(share.high for share in shares.values())))
        axes.tick_params(axis="y", length=0)
        _percent(axes.xaxis)
        axes.grid(True, axis="x")
        axes.set_xlabel("share of the sentences, with 95 % interval")
        return svg(figure, "shown")


def draw_time(periods: Mapping[str, Shares], period: str) -> str:
    """Draw the share of each label over time, one panel a label, each with its own scale."""
    at = places(list(periods), period)
    with drawing():
        figure = Figure(figsize=(WIDTH, 6.6))
        panels = figure.subplots(len(LABELS), 1, sharex=True)
        for axes, label in zip(panels, LABELS, strict=True):
            own = [shares[label.id] for shares in periods.values()]
            _over_time(axes, label.id, at, own)
            axes.set_title(label.name)
            axes.set_ylim(0, 1.08 * max(0.01, *_highs(own)))
            _percent(axes.yaxis)
            axes.grid(True)
        margin = max(0.6, 0.02 * (at[-1] - at[0]))
        panels[-1].set_xlim(at[0] - margin, at[-1] + margin)
        panels[-1].xaxis.set_major_locator(MultipleLocator(distance_of_names(at, period)))
        panels[-1].xaxis.set_major_formatter(FuncFormatter(lambda x, _: name_at(round(x), period)))
        panels[-1].set_xlabel(
            f"{period}; share of its sentences with 95 % interval, hollow: fewer than {FEW} sentences"
        )
        return svg(figure, "time")


def _over_time(axes: Axes, label: str, at: Sequence[int], own: Sequence[Share]) -> None:
    # a period without articles interrupts the line
    whole = np.full((3, at[-1] - at[0] + 1), np.nan)
    for place, share in zip(at, own, strict=True):
        whole[:, place - at[0]] = share.low, share.value, share.high
    along = np.arange(at[0], at[-1] + 1)
    if len(at) > _MANY:
        axes.fill_between(along, whole[0], whole[2], color=COLOURS[label], alpha=0.22, linewidth=0)
    else:
        axes.vlines(at, [share.low for share in own], [share.high for share in own], QUIET, linewidth=1.2)
    axes.plot(along, whole[1], color=COLOURS[label], linestyle=LINES[label], linewidth=1.4)
    alone = [place for place in at if {place - 1, place + 1}.isdisjoint(at)]
    for place, share in zip(at, own, strict=True):
        if len(at) <= _MANY or place in alone:
            point(axes, label, place, share.value, share.sentences)


def _highs(shares: Sequence[Share]) -> list[float]:
    """Return how high shares reach; an interval of few sentences may leave the plot."""
    enough = [share.high for share in shares if share.sentences >= FEW]
    return [*enough, *(share.value for share in shares)]


def draw_groups(groups: Sequence[tuple[str, Shares]]) -> str:
    """Draw the share of each label by group, one column a label, in the order given."""
    with drawing():
        figure = Figure(figsize=(WIDTH, 1.15 + 0.3 * len(groups)))
        panels = figure.subplots(1, len(LABELS), sharey=True)
        for axes, label in zip(panels, LABELS, strict=True):
            own = [shares[label.id] for _, shares in groups]
            for row, share in enumerate(own):
                _interval(axes, share, row, COLOURS[label.id])
                point(axes, label.id, share.value, row, share.sentences)
            axes.set_title(label.name)
            axes.set_xlim(0, 1.08 * max(0.01, *_highs(own)))
            axes.set_ylim(len(groups) - 0.4, -0.6)
            axes.xaxis.set_major_locator(MaxNLocator(3))
            _percent(axes.xaxis)
            axes.tick_params(axis="y", length=0)
            axes.grid(True)
        panels[0].set_yticks(range(len(groups)), [_short(name) for name, _ in groups])
        figure.supxlabel(
            f"share of sentences with 95 % interval, hollow: fewer than {FEW} sentences", fontsize=10
        )
        return svg(figure, "groups")


def draw_speakers(speakers: Sequence[tuple[str, NDArray[np.int64]]]) -> str:
    """Draw how many sentences rest on each speaker, by label."""
    with drawing():
        figure = Figure(figsize=(WIDTH, 1.2 + 0.3 * len(speakers)))
        axes = figure.subplots()
        for row, (_, counts) in enumerate(speakers):
            left = 0
            for label, count in zip(LABEL_IDS, counts[:-1].tolist(), strict=True):
                _bar(axes, row, count, label, left)
                left += count
            axes.annotate(f"{left:,}", (left, row), xytext=(5, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(speakers)), [_short(name) for name, _ in speakers])
        axes.set_ylim(len(speakers) - 0.4, -0.6)
        axes.margins(x=0.1)
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        axes.tick_params(axis="y", length=0)
        axes.grid(True, axis="x")
        axes.set_xlabel("sentences")
        legend = [Patch(label=SHOWN_AS[label], **_fill(label)) for label in LABEL_IDS]
        figure.legend(handles=legend, loc="outside upper left", ncols=len(LABEL_IDS), handlelength=2.5)
        return svg(figure, "speakers")


def draw_likeness(panels: Sequence[Comparison]) -> str:
    """Draw histograms of the archive beside those of the reference.

    Each panel is what it counts, the names of its bins, and the shares of both, archive first.
    """
    with drawing():
        figure = Figure(figsize=(WIDTH, 6.9))
        for axes, (title, names, archive, reference) in zip(
            figure.subplots(len(panels), 1), panels, strict=True
        ):
            at = np.arange(len(names))
            ours = {"color": "#404040", "edgecolor": "#000000", "linewidth": 0.6}
            theirs = {"color": "#ffffff", "edgecolor": "#000000", "hatch": "///", "linewidth": 0.6}
            axes.bar(at - 0.2, archive, 0.38, label="this archive", **ours)
            axes.bar(at + 0.2, reference, 0.38, label="articles like those it was made for", **theirs)
            axes.set_xticks(at, names, fontsize=9)
            axes.tick_params(axis="x", length=0)
            axes.set_title(title)
            _percent(axes.yaxis)
            axes.grid(True, axis="y")
        handles, texts = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, texts, loc="outside upper left", ncols=2, handlelength=2.5)
        return svg(figure, "likeness")


def _bar(axes: Axes, row: int, width: float, shown: str, left: float = 0) -> None:
    axes.barh(row, width, 0.62, left=left, **_fill(shown))


def _fill(shown: str) -> dict[str, Any]:
    # the lines of a hatch have the edge's colour
    edge = "#000000" if shown in {NONE, UNSURE} else "#ffffff"
    return {"facecolor": _FILLS[shown], "hatch": HATCHES[shown], "edgecolor": edge, "linewidth": 0.6}


def _interval(axes: Axes, share: Share, row: float, colour: str) -> None:
    axes.plot([share.low, share.high], [row, row], color=colour, linewidth=1.5, marker="|", markersize=6)


def _percent(axis: Any) -> None:
    axis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:.3g} %"))


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31]}…"
