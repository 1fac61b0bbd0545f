"""Say how large a share is, and how far it could have come out otherwise with other articles.

Sentences of one article resemble each other, so a number of sentences says less than as many sentences drawn
one by one would. How much less is the design effect (Kish 1965, Survey Sampling): the variance of the share
over whole articles, by linearisation of the ratio, over the variance of a share of independent sentences. The
interval is Wilson's (1927) for the number of sentences divided by it, the effective sample size, and made
wider where there are few articles to estimate it from (Korn & Graubard 1998, Survey Methodology 24).
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from scipy.special import stdtrit

from sourcemark.archive.report.tally import Tally
from sourcemark.model.confusion import SHOWN

_QUANTILE: Final = 0.975
_Z: Final = 1.959963984540054
"""The normal distribution's value for intervals of 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the sentences of some articles, with its 95 % interval."""

    count: int
    sentences: int
    low: float
    high: float
    design_effect: float
    """How many sentences of these articles say as much as one sentence drawn by itself."""

    @property
    def value(self) -> float:
        """The share itself."""
        return self.count / self.sentences


def wilson(share: float, sentences: float) -> tuple[float, float]:
    """Return the 95 % interval of a share that rests on as many independent sentences.

    Wilson 1927, Journal of the American Statistical Association 22.
    """
    middle = share + _Z**2 / (2 * sentences)
    half = _Z * sqrt(share * (1 - share) / sentences + _Z**2 / (4 * sentences**2))
    whole = 1 + _Z**2 / sentences
    # where rounding would lead out of the range, or past the share itself
    return min(share, max(0.0, (middle - half) / whole)), max(share, min(1.0, (middle + half) / whole))


def shares(tally: Tally) -> dict[str, Share]:
    """Return the share of everything that can be shown, by its id. The tally must hold a sentence."""
    return {shown: _share(tally, place) for place, shown in enumerate(SHOWN)}


def _share(tally: Tally, place: int) -> Share:
    count = int(tally.shown[place])
    effective = min(_effective(tally, place, count), float(tally.sentences))
    low, high = wilson(count / tally.sentences, effective)
    return Share(count, tally.sentences, low, high, tally.sentences / effective)


def _effective(tally: Tally, place: int, count: int) -> float:
    """Return as how many independent sentences those of the tally count."""
    # one article says nothing of how articles differ, nor do articles that are all alike in this
    if tally.articles < 2 or count in {0, tally.sentences}:
        return float(tally.articles)
    share = count / tally.sentences
    deviations = (
        int(tally.shown_squares[place]) - 2 * share * int(tally.products[place]) + share**2 * tally.squares
    )
    variance = tally.articles / (tally.articles - 1) * deviations / tally.sentences**2
    if variance <= 0:
        return float(tally.sentences)
    few = (_Z / float(stdtrit(tally.articles - 1, _QUANTILE))) ** 2
    return few * share * (1 - share) / variance
