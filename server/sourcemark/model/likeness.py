"""Say whether labelled sentences look like those a model was made for, without a word of their text.

Three things are compared with a reference: how sure the model is, what it shows, and how long sentences are.
How unlike two are is the Jensen-Shannon divergence of their shares (Lin 1991, Divergence measures based on
the Shannon entropy), in bits: 0 where they are the same, 1 where nothing is in both; unlike the population
stability index, it stays finite where a bin is empty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from sourcemark.model.confusion import SHOWN
from sourcemark.model.manifest import ModelError

FILE: Final = "reference.json"
FORMAT: Final = 1

SURE, MIX, LENGTH = "sure", "shown", "length"
SURE_EDGES: Final = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Where bins of a sentence's highest score end; the last has no end."""
LENGTH_EDGES: Final = (25, 50, 75, 100, 150, 200, 300)
"""Where bins of a sentence's length in code points end; the last has no end."""
BINS: Final = {SURE: len(SURE_EDGES) + 1, MIX: len(SHOWN), LENGTH: len(LENGTH_EDGES) + 1}

MOST: Final = 0.05
"""Divergence, in bits, above which sentences count as unlike.

Measured with outlets that the fast model had not been trained on: of 16 only sports news is above it (0.059,
and there a third of the marks were wrong). What is no news report is: recipes, poems and opinion (0.27),
licences (0.24), descriptions of software (0.24), headlines by themselves (0.41).
"""
FEWEST_ARTICLES: Final = 50
"""Articles below which chance alone leads above it too often."""

Bins = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a model does with articles like those it was made for."""

    articles: int
    sentences: int
    bins: Mapping[str, Bins]


class _Entry(msgspec.Struct):
    articles: int
    sentences: int
    bins: dict[str, list[int]]


class _File(msgspec.Struct):
    format: int
    models: dict[str, _Entry]


def empty_bins() -> dict[str, Bins]:
    """Return bins without a sentence, by what they count."""
    return {name: np.zeros(size, dtype=np.int64) for name, size in BINS.items()}


def bins_of(
    highest: NDArray[np.floating[Any]], shown: Bins, lengths: NDArray[np.integer[Any]]
) -> dict[str, Bins]:
    """Return how many sentences are in each bin, by what is counted.

    Parameters
    ----------
    highest : ndarray of shape (n_sentences,)
        The highest of each sentence's four scores.
    shown : ndarray of shape (n_sentences,)
        Places in `SHOWN` of what is shown of each.
    lengths : ndarray of shape (n_sentences,)
        Code points of each.
    """
    places = {
        SURE: np.searchsorted(SURE_EDGES, highest, side="right"),
        MIX: shown,
        LENGTH: np.searchsorted(LENGTH_EDGES, lengths, side="right"),
    }
    return {name: np.bincount(own, minlength=BINS[name]).astype(np.int64) for name, own in places.items()}


def divergence(first: Bins, second: Bins) -> float:
    """Return the Jensen-Shannon divergence of two histograms, in bits. Neither may be empty."""
    shares = [bins / bins.sum() for bins in (first, second)]
    middle = (shares[0] + shares[1]) / 2
    parts = (share[share > 0] * np.log2(share[share > 0] / middle[share > 0]) for share in shares)
    # rounding can lead below nothing
    return max(0.0, float(sum(part.sum() for part in parts)) / 2)


def read_reference(place: Path, model: str) -> Reference | None:
    """Return the reference of a model by its id, or None where its folder has none. Raises ModelError."""
    entry = _read(place / FILE).models.get(model)
    if entry is None:
        return None
    bins = {name: np.array(entry.bins[name], dtype=np.int64) for name in BINS}
    return Reference(entry.articles, entry.sentences, bins)


def write_reference(place: Path, model: str, reference: Reference, models: Iterable[str]) -> None:
    """Write the reference of a model beside those of the other `models`, ids all, that the folder has.

    Raises ModelError.
    """
    file = _read(place / FILE)
    bins = {name: own.tolist() for name, own in reference.bins.items()}
    entries = {id: file.models[id] for id in models if id in file.models}
    entries[model] = _Entry(reference.articles, reference.sentences, bins)
    content = msgspec.json.encode(_File(FORMAT, dict(sorted(entries.items()))))
    (place / FILE).write_bytes(msgspec.json.format(content) + b"\n")


def _read(path: Path) -> _File:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        return _File(FORMAT, {})
    except msgspec.DecodeError as error:
        raise ModelError(
            f"{path} is damaged or something else ({error}). Restore it, or move it away: a report then does "
            "not say whether an archive is like the articles that the model was made for."
        ) from error
