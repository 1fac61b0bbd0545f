"""How the figures of a card look. Needs matplotlib.

The background is opaque, so that they can be read on light and on dark pages. Text stays text in the files,
which keeps them small.
"""

from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import PercentFormatter

from sourcemark.labels import ANONYMOUS, EYEWITNESS, NONE, OFFICIAL

# the colours and lines of extension/content/highlights.css; never the colour alone tells labels apart
COLOURS: Final = {OFFICIAL: "#0072b2", ANONYMOUS: "#d55e00", EYEWITNESS: "#009e73", NONE: "#595959"}
LINES: Final = {OFFICIAL: "-", ANONYMOUS: "--", EYEWITNESS: ":", NONE: "-."}
MARKERS: Final = {OFFICIAL: "o", ANONYMOUS: "s", EYEWITNESS: "^", NONE: "D"}

QUIET: Final = "#6e6e6e"
FAINT: Final = "#e4e4e4"
SHADES: Final = LinearSegmentedColormap.from_list("shades", ["#ffffff", COLOURS[OFFICIAL], "#003a5c"])
DARK: Final = 0.46
"""Share of the shades from which white letters read better on them than black ones."""

FEW: Final = 30
"""Sentences below which a share is mostly chance; its marker is drawn hollow."""

WIDTH: Final = 8
"""Inches; at the 800 pixels that a card is usually read at, letters are about 14 pixels high."""

STYLE: Final[dict[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": QUIET,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "#ffffff",
    "figure.titlesize": 11,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
    "font.size": 10,
    "grid.color": FAINT,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "svg.fonttype": "none",
    # the ids in the file come from this, not from chance
    "svg.hashsalt": "sourcemark",
}
"""Settings that differ from matplotlib's own."""


def line(score_id: str) -> dict[str, Any]:
    """Return the colour and style of a score's line."""
    return {"color": COLOURS[score_id], "linestyle": LINES[score_id]}


def point(axes: Axes, score_id: str, x: float, y: float, sentences: int) -> None:
    """Draw a score's marker at a share that rests on so many sentences."""
    colour = COLOURS[score_id]
    axes.plot(
        x,
        y,
        color=colour,
        marker=MARKERS[score_id],
        markersize=6,
        markerfacecolor="#ffffff" if sentences < FEW else colour,
        # whole even at 0 and 1
        clip_on=False,
        zorder=3,
    )


def percent_axes(axes: Axes) -> None:
    """Give both axes the range of shares."""
    axes.set_xlim(0, 1.01)
    axes.set_ylim(0, 1.01)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    axes.grid(True)


def percent(share: float) -> str:
    """Return a share as whole per cent, as words and numbers in a figure have it."""
    return f"{100 * share:.0f} %"


def two_lines(name: str) -> str:
    """Return a name broken after its first word, for a narrow place."""
    return name.replace(" ", "\n", 1)
