"""Deadlines as a calendar, for a programme and for a list of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.delivery.icalendar import Event, calendar_response
from funding.deadlines import Round

#: Value of the parameter ``format``.
FORMAT = "ics"


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
    product = f"-//{request.get_host()}//Foerderung//DE"
    return calendar_response(product, name, _events(request, programmes), "fristen.ics")


def _events(request: HttpRequest, programmes: Sequence[Programme]) -> Iterator[Event]:
    host = request.get_host().partition(":")[0]
    now = timezone.now()
    note = _("Funder: %(funder)s. Please check the deadline there.")
    for programme in programmes:
        for entry in programme.all_rounds:
            if programme.is_over or entry.is_over(now):
                continue
            yield Event(
                uid=f"foerderung-{programme.pk}-{entry.closes_on:%Y%m%d}@{host}",
                stamp=programme.last_published_at or now,
                start=entry.over_from if entry.closes_at else entry.closes_on,
                summary=_("Deadline: %(title)s") % {"title": programme.title},
                note=note % {"funder": programme.funder},
                url=programme.get_full_url(request) or "",
            )
