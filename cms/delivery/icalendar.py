"""Calendar files (RFC 5545): days and moments, each with a reminder."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse
from django.utils.http import content_disposition_header

CONTENT_TYPE = "text/calendar; charset=utf-8"
#: Octets of a line, without its end (RFC 5545, 3.1).
_LINE = 75


@dataclass(frozen=True)
class Event:
    """A day, or a moment, in a calendar.

    Args:
        uid: the same for as long as it is the same, so that no calendar shows it twice.
        stamp: when it was last changed.
        start: a day; a datetime for a moment of it.
        summary: its title.
        note: what else there is to know.
        url: where it stands.
        remind_days: people are reminded so many days before.
    """

    uid: str
    stamp: datetime
    start: date
    summary: str
    note: str = ""
    url: str = ""
    remind_days: int = 7

    def lines(self) -> Iterator[str]:
        """The event as unfolded lines."""
        yield "BEGIN:VEVENT"
        yield f"UID:{self.uid}"
        yield f"DTSTAMP:{_utc(self.stamp)}"
        if isinstance(self.start, datetime):
            yield f"DTSTART:{_utc(self.start)}"
            yield "DURATION:PT0S"
        else:
            yield f"DTSTART;VALUE=DATE:{_day(self.start)}"
            if self.start < date.max:  # without an end it is of one day (RFC 5545, 3.6.1)
                yield f"DTEND;VALUE=DATE:{_day(self.start + timedelta(days=1))}"
        yield f"SUMMARY:{_text(self.summary)}"
        if self.note:
            yield f"DESCRIPTION:{_text(self.note)}"
        if self.url:
            yield f"URL:{self.url}"
        yield "TRANSP:TRANSPARENT"
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(self.summary)}")
        yield from (f"TRIGGER:-P{self.remind_days}D", "END:VALARM", "END:VEVENT")


def calendar_response(
    product: str, name: str, events: Iterable[Event], filename: str
) -> HttpResponse:
    """A calendar as a file to download, in no index.

    Args:
        product: who made it (``PRODID``).
        name: of the calendar.
        events: in any order.
        filename: as which it is saved.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{product}", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += event.lines()
    lines.append("END:VCALENDAR")
    text = "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Robots-Tag"] = "noindex"
    return response


def _fold(line: str) -> Iterator[str]:
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
