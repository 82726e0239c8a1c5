"""Deleting enquiries 12 months after they were settled (GDPR, Article 5(1)(e))."""

import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.jobs.registry import register as register_work
from regions.models import Enquiry, EnquiryEvent
from regions.models.enquiry import Status


def a_year_before(moment: datetime.datetime) -> datetime.datetime:
    """The same moment of the year before; 28 February for a leap day."""
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:
        return moment.replace(year=moment.year - 1, day=28)


def delete_settled(now: datetime.datetime | None = None) -> str:
    """Delete what was closed or answered 12 months ago or earlier, with its history.

    Nobody need close what has been answered: it is settled if nothing has come after the answer.

    Returns:
        How many enquiries were deleted; nothing of their content.
    """
    limit = a_year_before(now or timezone.now())
    later = EnquiryEvent.objects.filter(enquiry=OuterRef("pk"), created_at__gt=limit)
    answered = Q(status=Status.ANSWERED, created_at__lte=limit) & ~Exists(later)
    rows = Enquiry.objects.filter(Q(closed_at__lte=limit) | answered).delete()[1]
    return _("%(count)d deleted") % {"count": rows.get(Enquiry._meta.label, 0)}


def register() -> None:
    """Register the deletion as periodic work."""
    every = datetime.timedelta(hours=6)
    label = gettext_lazy("Deleting old enquiries")
    register_work("enquiries.retention", every, delete_settled, label)
