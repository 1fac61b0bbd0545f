"""Hold whole outlets out, to see how a model does on a house whose manner it has never read."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class OutletFold(NamedTuple):
    """Indices of the samples to fit on and of those to measure on, and whose they are."""

    train: NDArray[np.int64]
    test: NDArray[np.int64]
    house: str


def outlet_folds(outlets: Sequence[str]) -> list[OutletFold]:
    """Return a fold for each house that has every sample of that house held out, and no other.

    `outlets` names the outlet of each sample, a sentence or an article. Sections of one house, such as
    `bbc-business` and `bbc-health`, share writers and style: what stands before the first hyphen is the
    house.
    """
    houses = np.array([outlet.partition("-")[0] for outlet in outlets], dtype=str)
    return [
        OutletFold(np.flatnonzero(houses != house), np.flatnonzero(houses == house), str(house))
        for house in np.unique(houses)
    ]
