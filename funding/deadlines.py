"""Until when one can apply: deadlines as data, asked at reading time.

Nothing here rewrites rows when a day is over: whoever asks gives the moment. Days and hours are
those of Germany, whatever the server's clock says. No database, no settings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from itertools import pairwise
from zoneinfo import ZoneInfo

from funding.choices import DeadlineKind

GERMAN_TIME = ZoneInfo("Europe/Berlin")
#: The end of what was never open: before everything that is asked for.
LONG_OVER = datetime(2000, 1, 1, tzinfo=UTC)

_WITH_ROUNDS = frozenset({DeadlineKind.ONE_OFF, DeadlineKind.ROUNDS})
#: Kinds for which rounds are extra information; they stay open when the last one is over.
_ALWAYS_OPEN = frozenset({DeadlineKind.PERMANENT, DeadlineKind.ROLLING})


@dataclass(frozen=True)
class Round:
    """One round of applications.

    Args:
        closes_on: its last day.
        closes_at: the hour of that day at which it ends; the end of the day without one.
        opens_on: its first day; open all along without one.
    """

    closes_on: date
    closes_at: time | None = None
    opens_on: date | None = None

    @property
    def over_from(self) -> datetime:
        """The first moment that is too late.

        An hour that the clock skips or has twice means the earlier moment: who is told that it is
        over asks, who is told that it is not loses the money.
        """
        if self.closes_at is None:
            return end_of(self.closes_on)
        hour = datetime.combine(self.closes_on, self.closes_at, tzinfo=GERMAN_TIME)
        # PEP 495: of an hour that is skipped, not the first but the second reading is the earlier.
        return min(hour, hour.replace(fold=1), key=_instant)

    @property
    def opens(self) -> datetime | None:
        """The first moment at which one can apply."""
        return _day_begins(self.opens_on) if self.opens_on else None

    def is_over(self, now: datetime) -> bool:
        """Whether it is too late at ``now`` (aware)."""
        return _instant(now) >= _instant(self.over_from)

    def is_ahead(self, now: datetime) -> bool:
        """Whether it is too early at ``now`` (aware)."""
        return self.opens is not None and _instant(now) < _instant(self.opens)


class State(Enum):
    """What can be done now."""

    OPEN = auto()
    OPENS_LATER = auto()
    ANNOUNCED = auto()
    OVER = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Status:
    """How a programme stands at one moment.

    Args:
        state: what can be done.
        round: the round that is open or opens next; of what is over, the last one that has been.
        days_left: days until its last day in Germany, 0 on that day; ``None`` without one.
    """

    state: State
    round: Round | None = None
    days_left: int | None = None


def status(kind: str, rounds: Sequence[Round], now: datetime) -> Status:
    """How a programme stands.

    Args:
        kind: one of :class:`funding.choices.DeadlineKind`.
        rounds: in any order.
        now: the moment, aware.
    """
    ordered = sorted(rounds, key=lambda entry: _instant(entry.over_from))
    if kind == DeadlineKind.CLOSED:
        past = [entry for entry in ordered if entry.is_over(now)]
        return Status(State.OVER, past[-1] if past else None)
    if kind == DeadlineKind.PERMANENT:
        return Status(State.OPEN)
    if kind == DeadlineKind.UNKNOWN:
        return Status(State.UNKNOWN)
    current = next((entry for entry in ordered if not entry.is_over(now)), None)
    if current is None:
        return _without_round(kind, ordered)
    if kind == DeadlineKind.ROLLING:
        return Status(State.OPEN, current, _days_left(current, now))
    if current.is_ahead(now):
        return Status(State.OPENS_LATER, current)
    if kind == DeadlineKind.ANNOUNCED and current.opens_on is None:
        return Status(State.ANNOUNCED, current)
    return Status(State.OPEN, current, _days_left(current, now))


def _without_round(kind: str, ordered: Sequence[Round]) -> Status:
    """The status when no round is open or to come."""
    if kind == DeadlineKind.ROLLING:
        return Status(State.OPEN)
    if ordered:
        return Status(State.OVER, ordered[-1])
    if kind == DeadlineKind.UNTIL_SPENT:
        return Status(State.OPEN)
    if kind == DeadlineKind.ANNOUNCED:
        return Status(State.ANNOUNCED)
    return Status(State.UNKNOWN)


def over_from(kind: str, rounds: Sequence[Round]) -> datetime | None:
    """The first moment at which a programme no longer belongs into lists, in UTC.

    Returns:
        ``None`` without an end.
    """
    if kind == DeadlineKind.CLOSED:
        return LONG_OVER
    if kind in _ALWAYS_OPEN or kind == DeadlineKind.UNKNOWN:
        return None
    return max((entry.over_from.astimezone(UTC) for entry in rounds), default=None)


class Problem(Enum):
    """What can be wrong with deadlines that somebody entered."""

    ENDS_BEFORE_START = auto()
    MIDNIGHT = auto()
    TWICE = auto()
    OVERLAP = auto()
    ROUND_MISSING = auto()
    ONE_ROUND_ONLY = auto()
    NO_ROUNDS_HERE = auto()


def problems(kind: str, rounds: Sequence[Round]) -> list[Problem]:
    """What is wrong, each kind of problem once, in the order of the list above."""
    found = {problem for entry in rounds for problem in _problems_of(entry)}
    if len({entry.closes_on for entry in rounds}) < len(rounds):
        found.add(Problem.TWICE)
    ordered = sorted(rounds, key=lambda entry: entry.closes_on)
    for earlier, later in pairwise(ordered):
        if later.opens_on and later.opens_on <= earlier.closes_on < later.closes_on:
            found.add(Problem.OVERLAP)
    if kind in _WITH_ROUNDS and not rounds:
        found.add(Problem.ROUND_MISSING)
    if kind == DeadlineKind.ONE_OFF and len(rounds) > 1:
        found.add(Problem.ONE_ROUND_ONLY)
    if kind in (DeadlineKind.PERMANENT, DeadlineKind.UNKNOWN) and rounds:
        found.add(Problem.NO_ROUNDS_HERE)
    return sorted(found, key=lambda problem: problem.value)


def _problems_of(entry: Round) -> list[Problem]:
    found = []
    if entry.opens_on and entry.opens_on > entry.closes_on:
        found.append(Problem.ENDS_BEFORE_START)
    if entry.closes_at == time(0):
        # The beginning of the day; whoever writes it means its end.
        found.append(Problem.MIDNIGHT)
    return found


def _days_left(entry: Round, now: datetime) -> int:
    return (entry.closes_on - now.astimezone(GERMAN_TIME).date()).days


def end_of(day: date) -> datetime:
    """The first moment after a day in Germany; of the last day there is, its last moment."""
    if day == date.max:
        return datetime.combine(day, time.max, tzinfo=GERMAN_TIME)
    return _day_begins(day + timedelta(days=1))


def _day_begins(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=GERMAN_TIME)


def _instant(moment: datetime) -> float:
    """Comparable across a change of the clock: within one zone Python compares what clocks show."""
    return moment.timestamp()
