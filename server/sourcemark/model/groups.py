"""Groups of named features: what a sample is made of before its names are numbered."""

from collections.abc import Collection, Iterable, Sequence
from math import sqrt
from typing import Final, TypeAlias

from msgspec import Struct

PREFIXES: Final = (
    *("lead:", "quoted:", "word:", "pair:", "class:", "described:"),
    *("-1b|", "-1p|", "-1|", "1b|", "1p|", "1|"),
)
"""What the names of a group can start with, if with anything; none starts with another."""


class Group(Struct, frozen=True, gc=False):
    """Features whose names start alike and that weigh alike.

    Samples may share a group: what an article starts with, or what is told of a speaker. None of a sample's
    groups has a name of another.
    """

    prefix: str
    names: Collection[str]
    """The names behind the prefix, each once."""
    weight: float = 1.0


Sample: TypeAlias = Sequence[Group]


def unit(prefix: str, names: Collection[str]) -> Group:
    """Return a group whose weights have the length 2 together, so that many names count as few do."""
    return Group(prefix, names, 2 / sqrt(max(1, len(names))))


def names_of(sample: Sample) -> Iterable[str]:
    """Return the whole names of a sample's features."""
    return (group.prefix + name for group in sample for name in group.names)
