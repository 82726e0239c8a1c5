"""Opening hours, written as text and understood: weekly, with exceptions for days and holidays.

One rule a line, in German or English::

    Montag bis Mittwoch 9–12 und 14–17 Uhr (offene Sprechstunde)
    24.12.–1.1. geschlossen
    Fronleichnam 9–12 Uhr
    und nach Vereinbarung

On public holidays of the state (:mod:`cms.working_days`) it is closed unless a line says otherwise.
A line without weekday, day and time is a note; so is one in brackets.
"""

import datetime
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.working_days import STATES, public_holidays

#: How far ahead the next opening is looked for, in days: longer than any closed weeks.
HORIZON_DAYS = 60
_MINUTES = 24 * 60
_DAY_NAMES = (
    ("montags?", "mo", "mondays?", "mon"),
    ("dienstags?", "di", "tuesdays?", "tue"),
    ("mittwochs?", "mi", "wednesdays?", "wed"),
    ("donnerstags?", "do", "thursdays?", "thu"),
    ("freitags?", "fr", "fridays?", "fri"),
    ("samstags?", "sonnabends?", "sa", "saturdays?", "sat"),
    ("sonntags?", "so", "sundays?", "sun"),
)
_WEEKDAY = "|".join(f"(?P<d{n}>(?:{'|'.join(names)})\\b\\.?)" for n, names in enumerate(_DAY_NAMES))
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?(?:\s*(?:Uhr|h)\b)?"
_TO = r"\s*(?:–|—|-|\bbis\b|\bto\b)\s*"
_AND = r"\s*(?:,|;|\bund\b|\bsowie\b|\band\b|&|\s)\s*"
_SPAN = re.compile(rf"(?:(?:von|from)\s+)?{_CLOCK}{_TO}{_CLOCK}", re.IGNORECASE)
_DATE = r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?"
_DATES = re.compile(rf"(?:(?:am|vom|from|on)\s+)?{_DATE}(?:{_TO}{_DATE})?\s*:?\s*", re.IGNORECASE)
_DAY = re.compile(_WEEKDAY, re.IGNORECASE)
_DAILY = re.compile(r"(täglich|daily)\b\s*:?", re.IGNORECASE)
_EVERY_HOLIDAY = re.compile(
    r"(?:an\s+|on\s+)?(?:gesetzlichen\s+)?(?:Feiertagen?|(?:public\s+)?holidays)\b", re.IGNORECASE
)
_ORDINALS = {
    "1. Mai": "Erster Mai",
    "1. Weihnachts": "Erster Weihnachts",
    "2. Weihnachts": "Zweiter Weihnachts",
    "Weihnachtsfeiertag": "Weihnachtstag",
}
_CLOSED = re.compile(r"\W*(?:geschlossen|closed)\W*", re.IGNORECASE)
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, order=True)
class Span:
    """From one time of a day to another, in minutes after midnight; ``end`` is at most 1440."""

    start: int
    end: int


@dataclass(frozen=True)
class DatedRule:
    """What holds on some days instead of the week's hours.

    Args:
        first: first day as (year, month, day); year 0 stands for every year.
        last: last day, the same; may lie in the year after where every year is meant.
        spans: when it is open; none where it is closed.
    """

    first: tuple[int, int, int]
    last: tuple[int, int, int]
    spans: tuple[Span, ...]

    def covers(self, day: datetime.date) -> bool:
        """Whether the rule holds on ``day``."""
        here = (day.year if self.first[0] else 0, day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True)
class State:
    """Whether it is open, until when, and why not.

    Args:
        is_open: at the moment that was asked about.
        changes_at: when that ends; ``None`` if it is open for more than a day from then on, or does
            not open within :data:`HORIZON_DAYS`.
        holiday: the public holiday for which it is closed today.
    """

    is_open: bool
    changes_at: datetime.datetime | None
    holiday: str = ""


@dataclass(frozen=True)
class OpeningHours:
    """What a text of opening hours means.

    Args:
        week: spans of each weekday, Monday first.
        dated: exceptions by date.
        holidays: exceptions by name of a public holiday, casefolded; an empty name is all others.
        land: state whose public holidays count.
    """

    week: tuple[tuple[Span, ...], ...]
    dated: tuple[DatedRule, ...]
    holidays: tuple[tuple[str, tuple[Span, ...]], ...]
    land: str

    def spans_on(self, day: datetime.date) -> tuple[Span, ...]:
        """When it is open on a day; a date goes before a holiday, a holiday before the week."""
        for rule in self.dated:
            if rule.covers(day):
                return rule.spans
        name = public_holidays(self.land).get(day)
        if name is None:
            return self.week[day.weekday()]
        by_name = dict(self.holidays)
        return next((by_name[n] for n in (*_names(name), "") if n in by_name), ())

    def state_at(self, moment: datetime.datetime) -> State | None:
        """Whether it is open at ``moment``; ``None`` where no hours are stated.

        Hours are those of the clock on the wall: they stay when the clock is put forward.
        """
        if not any(self.week) and not self.dated and not self.holidays:
            return None
        now = timezone.localtime(moment)
        current = next((end for start, end in self._spans_from(now) if start <= now < end), None)
        if current:
            # Of more than a day ahead, a time alone would be read as today's.
            is_soon = current - now <= datetime.timedelta(days=1)
            return State(True, current if is_soon else None)
        upcoming = next((start for start, _end in self._spans_from(now) if start > now), None)
        closed_today = bool(self.week[now.weekday()]) and not self.spans_on(now.date())
        holiday = public_holidays(self.land).get(now.date(), "") if closed_today else ""
        return State(False, upcoming, holiday)

    def _spans_from(
        self, now: datetime.datetime
    ) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
        """Spans of today and later; those that meet at midnight are one."""
        before: tuple[datetime.datetime, datetime.datetime] | None = None
        for offset in range(HORIZON_DAYS):
            day = now.date() + datetime.timedelta(days=offset)
            for span in self.spans_on(day):
                start, end = _at(day, span.start), _at(day, span.end)
                if before and before[1] == start:
                    before = before[0], end
                    continue
                if before:
                    yield before
                before = start, end
        if before:
            yield before


def parse(text: str, land: str = "") -> OpeningHours:
    """Understand opening hours.

    Args:
        text: one rule a line.
        land: name of the state whose public holidays count.

    Raises:
        ValidationError: with a message for each line that is not understood.
    """
    return _Reader(land).read(text)


class _Reader:
    """Reads lines, and collects what is wrong with them."""

    def __init__(self, land: str) -> None:
        self.land = land
        self.week: list[list[Span]] = [[] for _day in range(7)]
        self.dated: list[DatedRule] = []
        self.holidays: dict[str, tuple[Span, ...]] = {}

    def read(self, text: str) -> OpeningHours:
        errors: list[str] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            try:
                self._line(_REMARK.sub("", line).strip())
            except ValueError as error:
                errors.append(_("“%(line)s”: %(error)s") % {"line": line, "error": error})
        if errors:
            raise ValidationError(errors)
        week = tuple(tuple(sorted(spans)) for spans in self.week)
        # What is said of one year goes before what is said of every year.
        dated = sorted(self.dated, key=lambda rule: rule.first[0] == 0)
        return OpeningHours(week, tuple(dated), tuple(self.holidays.items()), self.land)

    def _line(self, line: str) -> None:
        if dates := _DATES.match(line):
            # "9.30" is a time of day, "9.3." a date.
            self._dated(dates, line[dates.end() :])
        elif daily := _DAILY.match(line):
            self._weekdays(set(range(7)), line[daily.end() :])
        elif _DAY.match(line):
            days, rest = _weekdays(line)
            self._weekdays(days, rest)
        elif every := _EVERY_HOLIDAY.match(line):
            self._add_holiday("", line[every.end() :])
        elif name := _holiday_at_start(named := _written_out(line)):
            self._holiday(named[: len(name)], named[len(name) :])
        elif _SPAN.search(line) or _CLOSED.search(line):
            raise ValueError(_("We miss the weekday, the date or the public holiday."))

    def _weekdays(self, days: set[int], rest: str) -> None:
        spans = _spans(rest)
        for day in sorted(days):
            _refuse_overlap([*self.week[day], *spans])
            self.week[day] += spans

    def _dated(self, dates: re.Match[str], rest: str) -> None:
        first = _day_of(dates[1], dates[2], dates[3])
        last = _day_of(dates[4], dates[5], dates[6]) if dates[4] else first
        if last[0] and not first[0]:
            first = (last[0] - (first[1:] > last[1:]), *first[1:])
        if bool(first[0]) != bool(last[0]) or (first[0] and last < first):
            raise ValueError(_("The last day is before the first one."))
        rule = DatedRule(first, last, _spans(rest))
        if any(_share_a_day(rule, other) for other in self.dated):
            raise ValueError(_("Another line says something about the same day already."))
        self.dated.append(rule)

    def _holiday(self, name: str, rest: str) -> None:
        if self.land in STATES and name.casefold() not in _holiday_names(self.land):
            words = {"name": name, "land": self.land}
            raise ValueError(_("%(name)s is no public holiday in %(land)s.") % words)
        self._add_holiday(name.casefold(), rest)

    def _add_holiday(self, name: str, rest: str) -> None:
        if name in self.holidays:
            raise ValueError(_("Another line says something about the same day already."))
        self.holidays[name] = _spans(rest)


def _weekdays(line: str) -> tuple[set[int], str]:
    """The weekdays a line begins with, and what follows them."""
    days: set[int] = set()
    start: int | None = None
    rest = line
    while found := _DAY.match(rest):
        day = next(n for n in range(7) if found[f"d{n}"])
        if start is None:
            days.add(day)
        else:
            days |= {(start + n) % 7 for n in range((day - start) % 7 + 1)}
        rest = rest[found.end() :]
        to = re.match(_TO, rest, re.IGNORECASE)
        start = day if to and _DAY.match(rest[to.end() :]) else None
        between = to if start is not None else re.match(_AND, rest, re.IGNORECASE)
        if not between or not _DAY.match(rest[between.end() :]):
            break
        rest = rest[between.end() :]
    return days, rest


def _spans(text: str) -> tuple[Span, ...]:
    """The times in what follows the days.

    Raises:
        ValueError: there are none, or something else stands between them.
    """
    if _CLOSED.fullmatch(text):
        return ()
    found = list(_SPAN.finditer(text))
    left = re.sub(
        r"\b(?:und|and|sowie|geöffnet|offen|open|Uhr)\b|[\s,;:.]", "", _SPAN.sub("", text)
    )
    if not found or left:
        raise ValueError(_("We do not understand the times. Write “9–12 Uhr” or “geschlossen”."))
    spans = [_span(match) for match in found]
    _refuse_overlap(spans)
    return tuple(sorted(spans))


def _span(match: re.Match[str]) -> Span:
    from_hour, from_minute, from_half, to_hour, to_minute, to_half = match.groups()
    half = from_half or (to_half if to_half and int(from_hour) < int(to_hour) else "")
    span = Span(_minutes(from_hour, from_minute, half), _minutes(to_hour, to_minute, to_half))
    if span.end <= span.start:
        raise ValueError(_("It closes before it opens."))
    return span


def _minutes(hour: str, minute: str | None, half: str | None) -> int:
    hours = int(hour)
    if half:
        hours = hours % 12 + 12 * (half.lower() == "pm")
    minutes = 60 * hours + int(minute or 0)
    if minutes > _MINUTES or int(minute or 0) > 59:
        raise ValueError(_("%(time)s is no time of day.") % {"time": f"{hour}:{minute or '00'}"})
    return minutes


def _refuse_overlap(spans: list[Span]) -> None:
    ordered = sorted(spans)
    if any(after.start < before.end for before, after in itertools.pairwise(ordered)):
        raise ValueError(_("These hours overlap with others of the same day."))


def _day_of(day: str, month: str, year: str | None) -> tuple[int, int, int]:
    """Year (0 without one), month and day.

    Raises:
        ValueError: there is no such day.
    """
    try:
        # Without a year, 29 February is a day.
        datetime.date(int(year or 2024), int(month), int(day))
    except ValueError:
        written = f"{day}.{month}.{year or ''}"
        raise ValueError(_("%(date)s is no date.") % {"date": written}) from None
    return int(year or 0), int(month), int(day)


def _share_a_day(one: DatedRule, other: DatedRule) -> bool:
    return bool(one.first[0]) == bool(other.first[0]) and any(
        rule.covers(datetime.date(day[0] or 2024, *day[1:]))
        for rule, day in ((one, other.first), (other, one.first))
    )


def _written_out(line: str) -> str:
    """The line with names of holidays as the law has them."""
    for short, name in _ORDINALS.items():
        line = line.replace(short, name)
    return line


def _names(name: str) -> list[str]:
    """Names of the holidays that fall on one day."""
    return [part.strip().casefold() for part in name.split(";")]


@cache
def _holiday_names(land: str) -> frozenset[str]:
    """Names of the public holidays of a state, casefolded."""
    holidays = public_holidays(land)
    first = datetime.date(2026, 1, 1)
    found = (holidays.get(first + datetime.timedelta(days), "") for days in range(365))
    return frozenset(name for names in found for name in _names(names) if name)


def _holiday_at_start(line: str) -> str:
    """The name of a public holiday of any state that a line begins with; the longest one."""
    known = {name for land in STATES for name in _holiday_names(land)}
    low = line.casefold()
    found = [name for name in known if re.match(rf"{re.escape(name)}\b", low)]
    return max(found, key=len, default="")


def _at(day: datetime.date, minutes: int) -> datetime.datetime:
    """A time on the wall of the site's time zone; 1440 minutes are the next midnight."""
    whole, rest = divmod(minutes, _MINUTES)
    time = datetime.time(*divmod(rest, 60))
    moment = datetime.datetime.combine(day + datetime.timedelta(days=whole), time)
    return timezone.make_aware(moment)
