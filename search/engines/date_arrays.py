"""The periods of a name as arrays, a line per period."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from search.dates import DateRange, Edge

#: Stands for a day that there is not.
NO_DAY = -1
#: After every day.
NEVER = date.max.toordinal()


def _empty() -> np.ndarray:
    return np.empty(0, dtype=np.int32)


@dataclass(frozen=True)
class Periods:
    """First and last day (proleptic ordinals) of each period, and the row that has it."""

    rows: np.ndarray = field(default_factory=_empty)
    starts: np.ndarray = field(default_factory=_empty)
    ends: np.ndarray = field(default_factory=_empty)

    def mask(self, wanted: DateRange, size: int) -> np.ndarray:
        """Which of ``size`` rows have a period in a range."""
        days = self._days(wanted.date.edge)
        inside = days != NO_DAY
        if wanted.first:
            inside &= days >= wanted.first.toordinal()
        if wanted.last:
            inside &= days <= wanted.last.toordinal()
        found = np.zeros(size, dtype=bool)
        found[self.rows[inside]] = True
        return found

    def soonest(self, edge: Edge, today: date, size: int) -> np.ndarray:
        """The first day of each row among its periods that are not over; :data:`NEVER` for none.

        A period without a last day is over with its first.
        """
        days = self._days(edge)
        last = np.where(self.ends == NO_DAY, self.starts, self.ends)
        counts = (days != NO_DAY) & (last >= today.toordinal())
        found = np.full(size, NEVER, dtype=np.int32)
        np.minimum.at(found, self.rows[counts], days[counts])
        return found

    def extended(self, pairs: Sequence[tuple[int, Sequence[str | None]]]) -> "Periods":
        """These periods and more pairs of a row and the two days of a period."""

        def joined(old: np.ndarray, new: list[int]) -> np.ndarray:
            return np.concatenate([old, np.array(new, dtype=np.int32)])

        return Periods(
            joined(self.rows, [row for row, _ in pairs]),
            joined(self.starts, [_ordinal(days[0]) for _, days in pairs]),
            joined(self.ends, [_ordinal(days[1]) for _, days in pairs]),
        )

    def _days(self, edge: Edge) -> np.ndarray:
        return self.starts if edge == Edge.START else self.ends


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else NO_DAY
