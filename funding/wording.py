"""Deadlines in words, as lists and pages say them."""

from datetime import date, datetime

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funding.choices import DeadlineKind
from funding.deadlines import Round, State, Status


def deadline_text(kind: str, status: Status, now: datetime) -> str:
    """One line: what can be done, until when, how much time is left.

    Args:
        kind: one of :class:`DeadlineKind`.
        status: how it stands.
        now: the moment, aware.
    """
    if status.state == State.UNKNOWN:
        return _("deadline not known: please check")
    if status.state == State.OVER:
        return _over(status.round)
    if status.state == State.ANNOUNCED:
        return _("announced, not open yet: please check")
    if status.state == State.OPENS_LATER and status.round and status.round.opens_on:
        days = {"opens": day(status.round.opens_on), "closes": until(status.round)}
        return _("opens on %(opens)s, until %(closes)s") % days
    if status.round is None or status.days_left is None:
        return _without_end(kind)
    if kind == DeadlineKind.ROLLING:
        return _("at any time; next decision for applications until %(day)s") % {
            "day": until(status.round)
        }
    if kind == DeadlineKind.UNTIL_SPENT:
        # No days left: the money may be spent before.
        return _("open until the money is spent, at the latest until %(day)s") % {
            "day": until(status.round)
        }
    return _("%(left)s (until %(day)s)") % {
        "left": time_left(status.days_left),
        "day": until(status.round),
    }


def time_left(days: int) -> str:
    """How much time is left in words."""
    if days == 0:
        return _("last day today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def _without_end(kind: str) -> str:
    if kind == DeadlineKind.UNTIL_SPENT:
        return _("open until the money is spent")
    if kind == DeadlineKind.ROLLING:
        return _("at any time; decided on certain days")
    return _("open at any time")


def _over(last: Round | None) -> str:
    if last is None:
        return _("closed: applications are no longer possible")
    return _("closed since %(day)s") % {"day": until(last)}


def until(entry: Round) -> str:
    """The last day of a round, with its hour where one is stated."""
    if entry.closes_at is None:
        return day(entry.closes_on)
    hour = time_format(entry.closes_at, "TIME_FORMAT")
    return _("%(day)s, %(hour)s") % {"day": day(entry.closes_on), "hour": hour}


def day(value: date) -> str:
    """A day as people here write it."""
    return date_format(value, "DATE_FORMAT")
