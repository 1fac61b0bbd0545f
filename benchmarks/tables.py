"""Print measurements as rows, each beside its multiple of the fast model's and its limit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_NAME = 22


@dataclass(frozen=True, slots=True)
class Column:
    """A measurement: its heading, by system its value and the limit it is held to.

    `most` tells whether the limit is one not to exceed, or one to reach.
    """

    heading: str
    values: Mapping[str, float]
    limits: Mapping[str, float]
    most: bool = True


def table(columns: Sequence[Column]) -> list[str]:
    """Return the lines of a table, one row a system. The first system is the one that ratios refer to."""
    names = list(columns[0].values)
    lines = [" " * _NAME + "".join(f"{c.heading:>22}{'ratio':>8}{'limit':>8}" for c in columns)]
    for name in names:
        lines.append(f"{name:{_NAME}}" + "".join(_cells(column, name, names[0]) for column in columns))
    return lines


def _cells(column: Column, name: str, first: str) -> str:
    value, limit = column.values[name], column.limits.get(name)
    missed = limit is not None and (value > limit if column.most else value < limit)
    shown = "" if limit is None else f"{limit:g}{'!' if missed else ''}"
    return f"{value:22.{0 if value >= 100 else 2}f}{value / column.values[first]:8.2f}{shown:>8}"


def busy(cpu: Sequence[float], wall: Sequence[float]) -> str:
    """Return a line that says how far the clock can be trusted."""
    share = sum(cpu) / sum(wall)
    note = "" if share > 0.9 else ": it is busy with something else, so trust the ratios only"
    return f"The machine gave {share:.0%} of a core{note}. Times are the processor's; ! marks a missed limit."
