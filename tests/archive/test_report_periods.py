"""Dates as archives write them, and periods that a plot has room for."""

from datetime import date, timedelta

import numpy as np
import pytest

from sourcemark.archive.report.periods import by_month, by_period, choose_period, name_at, period_of, places
from sourcemark.archive.report.tally import Tally


def tally(sentences: int) -> Tally:
    made = Tally()
    made.add(np.array([[sentences, 0, 0, 0, 0]]))
    return made


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024-03-01", "2024-03-01"),
        (" 2024-03-01T23:10:00Z ", "2024-03-01"),
        ("2024-03-01T23:10:00.123+02:00", "2024-03-01"),
        ("2024-03-01 23:10", "2024-03-01"),
        ("20240301", "2024-03-01"),
        ("Fri, 01 Mar 2024 23:10:00 +0100", "2024-03-01"),
        ("1 Mar 2024 23:10:00 GMT", "2024-03-01"),
        ("2024-03", "2024-03"),
        ("1887", "1887"),
        ("0000", None),
        ("2024-13", None),
        ("2024-02-30", None),
        ("03/01/2024", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("9" * 5000, None),
        ("Fri, 99999999999999999999 Mar 2024 23:10:00 +0100", None),
    ],
)
def test_dates_are_read_as_they_are_written(text: str | None, period: str | None) -> None:
    assert period_of(text) == period


@pytest.mark.parametrize(
    ("days", "period"), [(1, "day"), (62, "day"), (63, "month"), (3600, "month"), (3700, "year")]
)
def test_the_period_follows_from_the_range(days: int, period: str) -> None:
    ends = (date(2014, 1, 1), date(2014, 1, 1) + timedelta(days=days - 1))
    assert choose_period({day.isoformat(): tally(5) for day in ends}) == period


def test_dates_that_mostly_say_no_more_than_the_year_are_shown_by_year() -> None:
    dates = {"2024": tally(10), "2024-03-01": tally(4), "2024-03": tally(5)}
    assert choose_period(dates) == "year"
    joined, vague = by_period(dates, "year")
    assert (list(joined), vague.sentences) == (["2024"], 0)
    assert joined["2024"].sentences == 19


def test_a_date_that_is_not_exact_enough_is_told_apart() -> None:
    dates = {"2024-03-02": tally(10), "2024-03-01": tally(4), "2024": tally(3)}
    assert choose_period(dates) == "day"
    joined, vague = by_period(dates, "day")
    assert (list(joined), vague.sentences) == (["2024-03-01", "2024-03-02"], 3)


def test_periods_stand_at_even_distances_and_have_their_names_back() -> None:
    for period, names in {
        "day": ["2024-02-28", "2024-03-01"],
        "month": ["2023-12", "2024-02"],
        "year": ["1899", "1901"],
    }.items():
        at = places(names, period)
        assert at[1] - at[0] == 2
        assert [name_at(place, period) for place in at] == names


def test_days_are_joined_to_months_where_they_are_too_many() -> None:
    joined = by_month({"2024-03-01": tally(1), "2024-03-02": tally(2), "2024": tally(4)})
    assert {name: each.sentences for name, each in joined.items()} == {"2024-03": 3, "2024": 4}
