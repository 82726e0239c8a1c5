"""The date that is shown with a hit: the next one of what is not over."""

import datetime

import pytest

from search.dates import Edge, Period, soonest, stored
from tests.search.factories import TODAY

#: First and last day of a period, in days from today.
Days = tuple[int | None, int | None]


def day(number: int | None) -> datetime.date | None:
    """The day ``number`` days from today."""
    return None if number is None else TODAY + datetime.timedelta(days=number)


@pytest.mark.parametrize(
    ("periods", "last_day"),
    [
        ([(None, -5), (None, 10)], 10),
        ([(None, 20), (None, 10)], 10),
        ([(None, 0)], 0),
        ([(None, -5)], None),
        ([(1, None)], None),
        ([], None),
    ],
)
def test_next_deadline_is_the_first_last_day_that_is_not_over(
    periods: list[Days], last_day: int | None
) -> None:
    assert _soonest(periods, Edge.END) == day(last_day)


@pytest.mark.parametrize(
    ("periods", "first_day"),
    [
        ([(2, 2)], 2),
        ([(-3, 1)], -3),
        ([(-9, -8)], None),
        ([(0, None)], 0),
        ([(-1, None)], None),
        ([(None, 1)], None),
    ],
)
def test_what_has_begun_and_is_not_over_shows_its_beginning(
    periods: list[Days], first_day: int | None
) -> None:
    assert _soonest(periods, Edge.START) == day(first_day)


def _soonest(periods: list[Days], edge: Edge) -> datetime.date | None:
    found = stored({"frist": [Period(day(first), day(last)) for first, last in periods]})
    return soonest(found.get("frist", ()), edge, TODAY)
