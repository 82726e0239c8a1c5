"""Dates of pages that have a name: when an event begins, until when one can apply.

A page has any number of periods under a name („frist“: the rounds of a programme). What is over or
soon is decided by the query on the day it is asked, never by a job that rewrites rows.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

StoredPeriods = dict[str, list[list[str | None]]]
"""Periods by name as entries hold them: pairs of first and last day, ISO 8601."""


class Edge(StrEnum):
    """Which day of a period is meant."""

    START = "start"
    END = "end"


@dataclass(frozen=True)
class NamedDate:
    """The first or the last day of the periods of a name.

    Args:
        name: of the periods.
        edge: the last day is a deadline, the first one the beginning of an event.
    """

    name: str
    edge: Edge = Edge.END


@dataclass(frozen=True)
class Period:
    """Days from ``starts_on`` to ``ends_on``, both included; ``None`` for an open side."""

    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclass(frozen=True)
class DateRange:
    """Pages with a period whose ``date`` lies between two days, both included.

    Args:
        date: what is compared.
        first: the first day; ``None`` for all before.
        last: the last day; ``None`` for all after.
    """

    date: NamedDate
    first: datetime.date | None = None
    last: datetime.date | None = None


def soonest(
    periods: Iterable[Sequence[str | None]], edge: Edge, today: datetime.date
) -> datetime.date | None:
    """The next date among stored periods that are not over; ``None`` where there is none.

    A period without a last day is over with its first.
    """
    days = []
    for start, end in periods:
        day, last = end if edge == Edge.END else start, end or start
        if day and last and last >= today.isoformat():
            days.append(day)
    return datetime.date.fromisoformat(min(days)) if days else None


def stored(periods: Mapping[str, Iterable[Period]]) -> StoredPeriods:
    """``periods`` as entries hold them; those without any day are left out."""
    found = {
        name: [
            [day.isoformat() if day else None for day in (period.starts_on, period.ends_on)]
            for period in of_name
            if period.starts_on or period.ends_on
        ]
        for name, of_name in periods.items()
    }
    return {name: pairs for name, pairs in found.items() if pairs}
