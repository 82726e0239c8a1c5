"""Deleting what people filled in (GDPR, Article 5(1)(e)): drafts soon, finished checks later.

A draft whose plan somebody is reminded of stays until its last day, as long as a finished check.
"""

import datetime

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.models import CheckRun, Measure, MeasureStatus
from cms.jobs.registry import register as register_work

#: What :attr:`CheckRun.was_finished` says, as a query.
WAS_FINISHED = Q(finished_at__isnull=False) | Q(round_began_in__gt=0)


def keep_days(is_finished: bool) -> int:
    """For how many days after its last use a run is kept."""
    days: int = settings.CHECK_KEEP_DAYS if is_finished else settings.CHECK_DRAFT_DAYS
    return days


def deleted_on(run: CheckRun) -> datetime.date:
    """The day on which the run is deleted if nobody uses it any more."""
    draft, longest = (
        timezone.localdate(run.last_used_at + datetime.timedelta(days=keep_days(is_finished)))
        for is_finished in (False, True)
    )
    if run.was_finished:
        return longest
    last = _reminded_of().filter(run=run).aggregate(day=Max("due"))["day"]
    return max(draft, min(last + datetime.timedelta(days=1), longest)) if last else draft


def _reminded_of() -> QuerySet[Measure]:
    """Measures that somebody is to be reminded of: a draft is kept until the last day of them."""
    confirmed = Measure.objects.filter(run__reminders__confirmed_at__isnull=False)
    return confirmed.exclude(status=MeasureStatus.DONE)


def delete_old(now: datetime.datetime | None = None) -> str:
    """Delete runs that nobody has used for long.

    Returns:
        How many were deleted; nothing of their content.
    """
    now = now or timezone.now()
    finished, drafts = (
        Q(last_used_at__lte=now - datetime.timedelta(days=keep_days(is_finished)))
        for is_finished in (True, False)
    )
    planned = _reminded_of().filter(run=OuterRef("pk"), due__gte=timezone.localdate(now))
    counts = {
        "finished": _delete(WAS_FINISHED & finished),
        "drafts": _delete(~WAS_FINISHED & drafts & (finished | Q(~Exists(planned)))),
    }
    return _("%(finished)d finished checks and %(drafts)d drafts deleted") % counts


def _delete(due: Q) -> int:
    _all, by_model = CheckRun.objects.filter(due).delete()
    return by_model.get(CheckRun._meta.label, 0)


def register() -> None:
    """Register the deletion as periodic work."""
    label = gettext_lazy("Deleting old self-checks")
    register_work("checks.retention", datetime.timedelta(hours=6), delete_old, label)
