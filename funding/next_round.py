"""The next round of a programme, from those it has had. No database."""

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import MAXYEAR, date

from funding.choices import DeadlineKind
from funding.deadlines import Round

_MONTHS_OF_A_YEAR = 12
#: Older rounds say nothing of the next one.
_MOST_MONTHS = 20 * _MONTHS_OF_A_YEAR
#: Average days of a month in the Gregorian calendar.
_DAYS_OF_A_MONTH = 30.44


def with_next_round(
    kind: str, rounds: Sequence[Round], today: date
) -> tuple[str, list[Round]] | None:
    """The kind of the deadlines and all rounds, the next one last.

    It comes after as many months as lay between the last two rounds, or a year later if there was
    one only, and again until its last day is still to come. A single deadline that is over is
    replaced; beside one that is still open there are several rounds.

    Args:
        kind: one of :class:`DeadlineKind`.
        rounds: in any order.
        today: the day in Germany.

    Returns:
        ``None`` where nothing says when the next round could be.
    """
    if not rounds or kind == DeadlineKind.CLOSED:
        return None
    ordered = sorted(rounds, key=lambda entry: entry.closes_on)
    last = ordered[-1]
    if last.closes_on.year + _MOST_MONTHS // _MONTHS_OF_A_YEAR > MAXYEAR:
        # „31.12.9999“ means that there is no end.
        return None
    between = _months_between(ordered[-2].closes_on, last.closes_on) if ordered[1:] else 0
    step = between or _MONTHS_OF_A_YEAR
    steps = (_later(last, months) for months in range(step, _MOST_MONTHS, step))
    following = next((entry for entry in steps if entry.closes_on >= today), None)
    if following is None:
        return None
    if kind != DeadlineKind.ONE_OFF:
        return kind, [*ordered, following]
    if last.closes_on < today:
        return kind, [following]
    return DeadlineKind.ROUNDS, [*ordered, following]


def _months_between(earlier: date, later: date) -> int:
    return round((later - earlier).days / _DAYS_OF_A_MONTH)


def _later(entry: Round, months: int) -> Round:
    opens_on = entry.opens_on and _months_later(entry.opens_on, months)
    return replace(entry, closes_on=_months_later(entry.closes_on, months), opens_on=opens_on)


def _months_later(day: date, months: int) -> date:
    """The same day some months later; the last day of a month stays one."""
    year, month = divmod(day.year * _MONTHS_OF_A_YEAR + day.month - 1 + months, _MONTHS_OF_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))
