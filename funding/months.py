"""Deadlines by month, as a page shows them beside the list. No database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from funding.deadlines import Round
from funding.wording import until

#: What an address says that shows the deadlines by month instead of the list.
DEADLINES_VIEW = {"ansicht": "fristen"}


class Programme(Protocol):
    """What is asked of a programme."""

    @property
    def all_rounds(self) -> list[Round]:
        """Its rounds of applications, in any order."""

    @property
    def is_over(self) -> bool:
        """Whether one can no longer apply, whatever its rounds say."""


Kind = TypeVar("Kind", bound=Programme)


@dataclass(frozen=True)
class Deadline(Generic[Kind]):
    """The last day of a round of a programme, with the address of that."""

    round: Round
    programme: Kind
    url: str

    @property
    def text(self) -> str:
        """The day, with the hour where one is stated."""
        return until(self.round)


@dataclass(frozen=True)
class Month(Generic[Kind]):
    """A month and its deadlines, soonest first.

    Args:
        first_day: of the month.
        deadlines: at least one.
    """

    first_day: date
    deadlines: Sequence[Deadline[Kind]]


def by_month(
    programmes: Iterable[Kind], now: datetime, address: Callable[[Kind], str]
) -> list[Month[Kind]]:
    """The rounds that are not over of programmes that are not, by month.

    Args:
        programmes: in any order.
        now: the moment, aware.
        address: of a programme.
    """
    ahead = [
        Deadline(entry, programme, address(programme))
        for programme in programmes
        if not programme.is_over
        for entry in programme.all_rounds
        if not entry.is_over(now)
    ]
    ahead.sort(key=lambda deadline: deadline.round.over_from.timestamp())
    months = groupby(ahead, key=lambda deadline: deadline.round.closes_on.replace(day=1))
    return [Month(first_day, list(deadlines)) for first_day, deadlines in months]


def asks_for_deadlines(parameters: Mapping[str, str]) -> bool:
    """Whether an address shows the deadlines by month."""
    return all(parameters.get(name) == value for name, value in DEADLINES_VIEW.items())
