"""Deleting what people filled in (GDPR, Article 5(1)(e)): drafts soon, finished checks later."""

import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.models import CheckRun
from cms.jobs.registry import register as register_work

#: What :attr:`CheckRun.was_finished` says, as a query.
WAS_FINISHED = Q(finished_at__isnull=False) | Q(round_began_in__gt=0)


def keep_days(is_finished: bool) -> int:
    """For how many days after its last use a run is kept."""
    days: int = settings.CHECK_KEEP_DAYS if is_finished else settings.CHECK_DRAFT_DAYS
    return days


def deleted_on(run: CheckRun) -> datetime.date:
    """The day on which the run is deleted if nobody uses it any more."""
    kept = datetime.timedelta(days=keep_days(run.was_finished))
    return timezone.localdate(run.last_used_at + kept)


def delete_old(now: datetime.datetime | None = None) -> str:
    """Delete runs that nobody has used for long.

    Returns:
        How many were deleted; nothing of their content.
    """
    now = now or timezone.now()
    counts = {
        name: _delete(kind, now - datetime.timedelta(days=keep_days(kind is WAS_FINISHED)))
        for name, kind in (("finished", WAS_FINISHED), ("drafts", ~WAS_FINISHED))
    }
    return _("%(finished)d finished checks and %(drafts)d drafts deleted") % counts


def _delete(kind: Q, before: datetime.datetime) -> int:
    _all, by_model = CheckRun.objects.filter(kind, last_used_at__lte=before).delete()
    return by_model.get(CheckRun._meta.label, 0)


def register() -> None:
    """Register the deletion as periodic work."""
    label = gettext_lazy("Deleting old self-checks")
    register_work("checks.retention", datetime.timedelta(hours=6), delete_old, label)
