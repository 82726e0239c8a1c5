"""Deleting what people filled in (GDPR, Article 5(1)(e)): drafts soon, finished checks later."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.models import CheckRun
from cms.jobs.registry import register as register_work


def keep_days(is_finished: bool) -> int:
    """For how many days after its last use a run is kept."""
    days: int = settings.CHECK_KEEP_DAYS if is_finished else settings.CHECK_DRAFT_DAYS
    return days


def deleted_on(run: CheckRun) -> datetime.date:
    """The day on which the run is deleted if nobody uses it any more."""
    kept = datetime.timedelta(days=keep_days(run.finished_at is not None))
    return timezone.localdate(run.last_used_at + kept)


def delete_old(now: datetime.datetime | None = None) -> str:
    """Delete runs that nobody has used for long.

    Returns:
        How many were deleted; nothing of their content.
    """
    now = now or timezone.now()
    finished, drafts = (
        CheckRun.objects.filter(
            last_used_at__lte=now - datetime.timedelta(days=keep_days(is_finished)),
            finished_at__isnull=not is_finished,
        )
        for is_finished in (True, False)
    )
    counts = {"finished": finished.delete()[0], "drafts": drafts.delete()[0]}
    return _("%(finished)d finished checks and %(drafts)d drafts deleted") % counts


def register() -> None:
    """Register the deletion as periodic work."""
    label = gettext_lazy("Deleting old self-checks")
    register_work("checks.retention", datetime.timedelta(hours=6), delete_old, label)
