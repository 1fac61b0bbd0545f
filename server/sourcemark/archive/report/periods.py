"""Read dates as archives write them, and choose the periods that a plot has room for."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
import re
from typing import Final

from sourcemark.archive.report.tally import Tally

DAY, MONTH, YEAR = "day", "month", "year"
LENGTHS: Final = {DAY: 10, MONTH: 7, YEAR: 4}
"""Letters of a period's name: 2024-03-01, 2024-03, 2024."""

_MOST_DAYS: Final = 62
_MOST_MONTHS: Final = 120
_MOST_NAMES: Final = 8
_DISTANCES: Final = {
    DAY: (1, 2, 7, 14),
    MONTH: (1, 2, 3, 6, 12, 24),
    YEAR: (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000),
}
_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d\d))?")


def period_of(text: str | None) -> str | None:
    """Return the day of a date as "2024-03-01", or as much of it as the text names; None where it has none.

    Reads ISO 8601 ("2024", "2024-03", "2024-03-01", "2024-03-01T23:10:00Z") and the dates of mails and feeds
    (RFC 5322: "Fri, 01 Mar 2024 23:10:00 +0100"). The day is the one that is written, whatever the time zone.
    """
    text = (text or "").strip()
    partial = _PARTIAL.fullmatch(text)
    if partial:
        year, month = partial.groups()
        return text if int(year) and (month is None or 1 <= int(month) <= 12) else None
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return None


def choose_period(tallies: Mapping[str, Tally]) -> str:
    """Return the shortest period of which a plot has room for all, and which most sentences have a date for.

    `tallies` go by what `period_of` returns.
    """
    years = sorted(int(name[:4]) for name in tallies)
    months = sorted(_month(name) for name in tallies if len(name) >= LENGTHS[MONTH])
    days = sorted(date.fromisoformat(name).toordinal() for name in tallies if len(name) == LENGTHS[DAY])
    sentences = sum(tally.sentences for tally in tallies.values())
    for period, found, most in ((DAY, days, _MOST_DAYS), (MONTH, months, _MOST_MONTHS)):
        known = sum(tally.sentences for name, tally in tallies.items() if len(name) >= LENGTHS[period])
        # years that nothing shorter is known of count too
        fits = 12 * (years[-1] - years[0]) <= _MOST_MONTHS
        if found and fits and found[-1] - found[0] < most and 2 * known >= sentences:
            return period
    return YEAR


def by_period(tallies: Mapping[str, Tally], period: str) -> tuple[dict[str, Tally], Tally]:
    """Return the tally of each period, in order, and that of the dates which are not exact enough for one."""
    length = LENGTHS[period]
    joined: dict[str, Tally] = {}
    vague = Tally()
    for name in sorted(tallies):
        place = joined.setdefault(name[:length], Tally()) if len(name) >= length else vague
        place.merge(tallies[name])
    return joined, vague


def places(periods: Sequence[str], period: str) -> list[int]:
    """Return where periods stand on an axis on which each has the same width; gaps keep their width."""
    if period == DAY:
        return [date.fromisoformat(name).toordinal() for name in periods]
    return [_month(name) if period == MONTH else int(name) for name in periods]


def distance_of_names(at: Sequence[int], period: str) -> int:
    """Return how many periods apart names stand below an axis from the first to the last place.

    Such that there are few, and months are named from January on.
    """
    whole = at[-1] - at[0]
    return next((each for each in _DISTANCES[period] if whole <= _MOST_NAMES * each), _DISTANCES[period][-1])


def name_at(place: int, period: str) -> str:
    """Return the name of the period at a place of the axis."""
    if period == DAY:
        return date.fromordinal(place).isoformat()
    if period == MONTH:
        return f"{place // 12:04}-{place % 12 + 1:02}"
    return f"{place:04}"


def by_month(tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    """Return the tallies with days joined to months, where there are too many days to hold."""
    joined: dict[str, Tally] = {}
    for name, tally in tallies.items():
        joined.setdefault(name[: LENGTHS[MONTH]], Tally()).merge(tally)
    return joined


def _month(name: str) -> int:
    return 12 * int(name[:4]) + int(name[5:7]) - 1
