"""Deleting entries on the day that was promised (GDPR, Article 5(1)(e))."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.models import FormEntry
from cms.jobs.registry import register as register_work


def delete_due(today: datetime.date | None = None) -> str:
    """Delete what is due.

    Returns:
        How many entries were deleted; nothing of their content.
    """
    due = FormEntry.objects.filter(delete_on__lte=today or timezone.localdate())
    return _("%(count)d deleted") % {"count": due.delete()[0]}


def register() -> None:
    """Register the deletion as periodic work."""
    label = gettext_lazy("Deleting old entries of forms")
    register_work("checks.form_entries", datetime.timedelta(hours=6), delete_due, label)
