"""The log is deleted after 24 months (docs/adr/0013): it holds personal data."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.jobs.registry import register as register_work

YEARS = 2
BATCH = 500


def two_years_before(moment: datetime.datetime) -> datetime.datetime:
    """The same moment two years before; 28 February for a leap day."""
    try:
        return moment.replace(year=moment.year - YEARS)
    except ValueError:
        return moment.replace(year=moment.year - YEARS, day=28)


def delete_old(now: datetime.datetime | None = None) -> str:
    """Delete entries of both logs older than 24 months, with their rows in the trail.

    Pages, versions and reviews stay; so does what the publish gate asks for.

    Returns:
        How many entries were deleted.
    """
    limit, count = two_years_before(now or timezone.now()), 0
    for model in (PageLogEntry, ModelLogEntry):
        old = model.objects.filter(timestamp__lt=limit).order_by("pk")
        while ids := list(old.values_list("pk", flat=True)[:BATCH]):
            model.objects.filter(pk__in=ids).delete()
            count += len(ids)
    return _("%(count)d deleted") % {"count": count}


def register() -> None:
    """Register the deletion as periodic work."""
    every = datetime.timedelta(hours=12)
    register_work("trail.retention", every, delete_old, gettext_lazy("Deleting old log entries"))
