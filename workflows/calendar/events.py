"""What happens to pages on which day, in a number of queries that does not grow with them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState

from cms.working_days import midnight
from search.models import Entry
from search.registry import dates
from workflows.calendar.scope import Scope
from workflows.dashboard.open_reviews import about
from workflows.due_dates import due_steps
from workflows.freshness import dated_pages


class Kind(TextChoices):
    """What happens: the name of Wagtail's icon, and the words."""

    GOES_PUBLIC = "upload", _("goes public")
    EXPIRES = "download", _("is taken down")
    LEAVES_LISTS = "view", _("last day in lists")
    CHECK = "calendar-check", _("to be checked again")
    REVIEW = "clipboard-list", _("review is due")
    NAMED = "calendar", ""


@dataclass(frozen=True)
class Event:
    """One thing that happens to a page.

    Args:
        day: when.
        kind: what.
        title: of the page as it is in the latest version.
        page_id: its id.
        house: the name of its house; empty where it goes without saying.
        time: of the day, as text; empty for whole days.
        name: what the day is, of a date that the page itself names.
    """

    day: datetime.date
    kind: Kind
    title: str
    page_id: int
    house: str = ""
    time: str = ""
    name: object = ""

    @property
    def label(self) -> object:
        """What happens, in words."""
        return self.name or self.kind.label

    @property
    def icon(self) -> str:
        """The name of the icon beside it."""
        return self.kind.value

    @property
    def url(self) -> str:
        """Where the page is edited."""
        return reverse("wagtailadmin_pages:edit", args=[self.page_id])


def events_between(scope: Scope, first: datetime.date, last: datetime.date) -> list[Event]:
    """What happens from ``first`` to ``last``, both included, in order."""
    found = [
        *_scheduled(scope, first, last),
        *_expiring(scope, first, last),
        *_fresh(scope, first, last),
        *_in_review(scope, first, last),
        *_named(scope, first, last),
    ]
    return sorted(found, key=lambda event: (event.day, event.time, event.title, event.page_id))


def _moments(
    first: datetime.date, last: datetime.date
) -> tuple[datetime.datetime, datetime.datetime]:
    """The first moment of ``first``, and that after the end of ``last``."""
    return midnight(first), midnight(last + datetime.timedelta(days=1))


def _at(moment: datetime.datetime, kind: Kind, page: Page, scope: Scope) -> Event:
    local = timezone.localtime(moment)
    title, house = page.get_admin_display_title(), scope.house_of(page.path)
    return Event(local.date(), kind, title, page.pk, house, time_format(local, "TIME_FORMAT"))


def _scheduled(scope: Scope, first: datetime.date, last: datetime.date) -> Iterator[Event]:
    """Approved texts that go public by themselves."""
    start, end = _moments(first, last)
    planned = Revision.page_revisions.filter(
        approved_go_live_at__gte=start, approved_go_live_at__lt=end
    )
    times = {
        int(key): when for key, when in planned.values_list("object_id", "approved_go_live_at")
    }
    for page in Page.objects.filter(scope.pages, pk__in=times) if times else ():
        yield _at(times[page.pk], Kind.GOES_PUBLIC, page, scope)


def _expiring(scope: Scope, first: datetime.date, last: datetime.date) -> Iterator[Event]:
    """Public pages that are taken down by themselves."""
    start, end = _moments(first, last)
    pages = Page.objects.filter(scope.pages, live=True, expire_at__gte=start, expire_at__lt=end)
    for page in pages:
        if page.expire_at:
            yield _at(page.expire_at, Kind.EXPIRES, page, scope)


def _fresh(scope: Scope, first: datetime.date, last: datetime.date) -> Iterator[Event]:
    """Public pages to be checked again, or on their last day in lists."""
    for page in dated_pages(scope.pages, first, last):
        house = scope.house_of(page.path)
        for kind, day in (
            (Kind.CHECK, page.check_again_on),
            (Kind.LEAVES_LISTS, page.expires_on),
        ):
            if day and first <= day <= last:
                yield Event(day, kind, page.title, page.pk, house)


def _in_review(scope: Scope, first: datetime.date, last: datetime.date) -> Iterator[Event]:
    """Pages on which somebody is to decide by then."""
    steps = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    if not scope.is_everything:
        steps = about(steps, Page.objects.filter(scope.pages), "workflow_state__")
    for item in due_steps(steps.select_related("workflow_state", "task")):
        if first <= item.due <= last:
            title = item.page.get_admin_display_title()
            house = scope.house_of(item.page.path)
            yield Event(item.due, Kind.REVIEW, title, item.page.pk, house)


def _named(scope: Scope, first: datetime.date, last: datetime.date) -> Iterator[Event]:
    """Dates that public pages name themselves: deadlines, events."""
    shown = dates()
    entries = Entry.objects.filter(scope.entries, removed=False).exclude(dates={})
    rows = entries.values_list("page_id", "dates")
    found = [
        (datetime.date.fromisoformat(day), page_id, shown[name].label)
        for page_id, periods in rows
        for name, pairs in periods.items()
        if name in shown
        for day in {pair[shown[name].date.edge == "end"] for pair in pairs}
        if day and first.isoformat() <= day <= last.isoformat()
    ]
    ids = {page_id for _day, page_id, _label in found}
    pages = Page.objects.in_bulk(ids) if ids else {}
    for day, page_id, label in found:
        if page := pages.get(page_id):
            title, house = page.get_admin_display_title(), scope.house_of(page.path)
            yield Event(day, Kind.NAMED, title, page_id, house, name=label)
