"""Deadlines as a calendar (RFC 5545), for a programme and for a list of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from funding.deadlines import Round

#: Value of the parameter ``format``.
FORMAT = "ics"
CONTENT_TYPE = "text/calendar; charset=utf-8"
#: Octets of a line, without its end (RFC 5545, 3.1).
_LINE = 75
#: People are reminded so many days before.
_REMIND = 7


class Programme(Protocol):
    """What a calendar needs to know of a programme."""

    pk: int
    title: str
    funder: str
    last_published_at: datetime | None

    @property
    def all_rounds(self) -> list[Round]:
        """Its rounds of applications, in any order."""

    @property
    def is_over(self) -> bool:
        """Whether one can no longer apply, whatever its rounds say."""

    def get_full_url(self, request: HttpRequest | None = None) -> str | None:
        """Its address with scheme and host."""


def response(request: HttpRequest, programmes: Sequence[Programme], name: str) -> HttpResponse:
    """The rounds that are not over of programmes that are not, as a file for calendars.

    Args:
        request: the current request.
        programmes: in any order.
        name: of the calendar.
    """
    now = timezone.now()
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{request.get_host()}//Foerderung//DE",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for programme in programmes:
        for entry in programme.all_rounds:
            if not (programme.is_over or entry.is_over(now)):
                lines += _event(request, programme, entry)
    lines.append("END:VCALENDAR")
    text = "".join(f"{folded}\r\n" for line in lines for folded in fold(line))
    answer = HttpResponse(text, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="fristen.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _event(request: HttpRequest, programme: Programme, entry: Round) -> Iterator[str]:
    host = request.get_host().partition(":")[0]
    stamp = programme.last_published_at or timezone.now()
    url = programme.get_full_url(request) or ""
    yield "BEGIN:VEVENT"
    # The same for as long as the round has its day, so that no calendar shows it twice.
    yield f"UID:foerderung-{programme.pk}-{entry.closes_on:%Y%m%d}@{host}"
    yield f"DTSTAMP:{_utc(stamp)}"
    if entry.closes_at:
        yield f"DTSTART:{_utc(entry.over_from)}"
        yield "DURATION:PT0S"
    else:
        yield f"DTSTART;VALUE=DATE:{_day(entry.closes_on)}"
        yield f"DTEND;VALUE=DATE:{_day(entry.closes_on + timedelta(days=1))}"
    summary = _("Deadline: %(title)s") % {"title": programme.title}
    yield f"SUMMARY:{_text(summary)}"
    note = _("Funder: %(funder)s. Please check the deadline there.") % {"funder": programme.funder}
    yield f"DESCRIPTION:{_text(note)}"
    yield f"URL:{url}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(programme.title)}")
    yield from (f"TRIGGER:-P{_REMIND}D", "END:VALARM", "END:VEVENT")


def fold(line: str) -> Iterable[str]:
    """A line in pieces of at most 75 octets, never inside of a letter (RFC 5545, 3.1)."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += octets
    yield piece


def _text(value: str) -> str:
    """A value of the type TEXT (RFC 5545, 3.3.11)."""
    for char in ("\\", ";", ","):
        value = value.replace(char, f"\\{char}")
    return " ".join(value.splitlines())


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _day(value: date) -> str:
    return f"{value:%Y%m%d}"
