"""*Reports → Publishing calendar*: a month of one's houses, or of all of them."""

import calendar
import datetime
import re
from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.accounts.requests import SignedInRequest
from cms.editing.titled_view import TitledView
from workflows.calendar.events import Event, events_between
from workflows.calendar.scope import NATION, scope_of

ICON = "date"
#: In the address: the month as ``2026-12``, and the house.
MONTH, HOUSE = "monat", "haus"
YEARS = range(2000, 2100)


@dataclass(frozen=True)
class Day:
    """A day of the grid.

    Args:
        date: the day.
        events: what happens.
        is_of_month: whether it belongs to the month, not to the weeks around it.
        is_today: whether it is today.
    """

    date: datetime.date
    events: list[Event]
    is_of_month: bool
    is_today: bool


class CalendarView(TitledView, View):
    """A month: a grid, on a narrow screen the list of the days on which something happens."""

    request: SignedInRequest

    template_name = "admin/publishing_calendar.html"
    page_title = gettext_lazy("Publishing calendar")
    header_icon = ICON

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a month.

        Raises:
            PermissionDenied: for somebody who works for no house and not for the desk.
        """
        scope = scope_of(self.request.user, request.GET.get(HOUSE, ""))
        if scope is None:
            raise PermissionDenied
        month = self._month()
        weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
        last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        events = events_between(scope, month, last)
        context = self.get_context_data(
            month=month,
            weeks=_grid(weeks, month, events),
            weekdays=[WEEKDAYS[number] for number in range(7)],
            total=len(events),
            scope=scope,
            nation=NATION,
            previous=_address(month - datetime.timedelta(days=1), scope.chosen),
            next=_address(last + datetime.timedelta(days=1), scope.chosen),
            today=_address(timezone.localdate(), scope.chosen),
        )
        return self.render_to_response(context)

    def _month(self) -> datetime.date:
        """The first day of the month that is asked for; of this one if it is none."""
        today = timezone.localdate().replace(day=1)
        asked = self.request.GET.get(MONTH, "")
        match = re.fullmatch(r"(\d{4})-(\d{1,2})", asked, re.ASCII)
        if match and int(match[1]) in YEARS and 1 <= int(match[2]) <= 12:
            return datetime.date(int(match[1]), int(match[2]), 1)
        if asked:
            shown = {"month": date_format(today, "YEAR_MONTH_FORMAT")}
            text = _("There is no such month in this calendar. You see %(month)s.") % shown
            messages.warning(self.request, text)
        return today


def _grid(
    weeks: list[list[datetime.date]], month: datetime.date, events: list[Event]
) -> list[list[Day]]:
    by_day: dict[datetime.date, list[Event]] = defaultdict(list)
    for event in events:
        by_day[event.day].append(event)
    today = timezone.localdate()
    return [
        [Day(day, by_day[day], day.month == month.month, day == today) for day in week]
        for week in weeks
    ]


def _address(day: datetime.date, house: str) -> str:
    """The query of the month of ``day``."""
    address = f"?{MONTH}={day:%Y-%m}"
    return f"{address}&{HOUSE}={house}" if house else address


class CalendarLink(Component):
    """The way there from the start page, below all sections."""

    name = "publishing-calendar"
    template_name = "admin/dashboard/calendar_link.html"
    order = 910


MENU_ITEM = MenuItem(
    gettext_lazy("Publishing calendar"),
    reverse_lazy("publishing_calendar"),
    name="publishing-calendar",
    icon_name=ICON,
    order=90,
)
