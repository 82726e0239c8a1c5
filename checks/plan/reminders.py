"""Mails that remind of the days of an action plan, only to who has confirmed the address.

Nothing that was typed stands in them, as in all mails of self-checks: what somebody else wrote is
not sent in our name.
"""

import datetime
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checks.filling.links import RUN_LINK
from checks.filling.runs import note_use
from checks.models import CheckRun, Measure, MeasureStatus, PlanReminder
from cms.jobs.mail_queue import AUTOMATIC, queue_mail
from cms.jobs.registry import register as register_work
from cms.models import OutgoingMail
from cms.signed_links import SignedLink

_RECORDS = PlanReminder.objects.select_related("run__version")
CONFIRM_LINK = SignedLink(_RECORDS, "plan_reminder", salt="checks.reminder")
LEAVE_LINK = SignedLink(_RECORDS, "plan_reminder_leave", salt="checks.reminder.leave")

#: So long before its day a measure is reminded of.
BEFORE = datetime.timedelta(days=7)
#: An address that nobody confirms is deleted after so long.
UNCONFIRMED = datetime.timedelta(days=7)
#: Local time from which on mails are queued.
FROM = datetime.time(6)


@transaction.atomic
def ask(run: CheckRun, email: str) -> None:
    """Keep the address, and mail it what confirms it.

    It takes the place of one that nobody has confirmed; one that is confirmed is reminded until the
    new one is, too. The mail does not lead to the plan: the address may be mistyped.
    """
    _lock(run.pk)
    PlanReminder.objects.filter(run=run, confirmed_at=None).delete()
    reminder = PlanReminder.objects.create(run=run, email=email)
    language = run.version.language
    with translation.override(language):
        _queue_mail(
            reminder,
            _("Please confirm: reminders of your action plan"),
            _(
                "Good day,\n\nsomebody wants this address to be reminded of the days of an action "
                "plan (%(title)s). Was it you? Then confirm it here:\n%(url)s\n\n"
                "If it was not you, you need not do anything: without an answer we delete the "
                "address after %(days)d days."
            )
            % {
                "title": run.version.title,
                "url": CONFIRM_LINK.url(reminder, language),
                "days": UNCONFIRMED.days,
            },
        )


@transaction.atomic
def confirm(reminder: PlanReminder) -> bool:
    """Note that the address is theirs, in place of the one before; once, however often sent.

    Returns:
        Whether it is confirmed now: it may have been deleted meanwhile.
    """
    _lock(reminder.run_id)
    asked = PlanReminder.objects.filter(pk=reminder.pk, confirmed_at=None)
    if asked.exists():
        PlanReminder.objects.filter(run=reminder.run_id, confirmed_at__isnull=False).delete()
        asked.update(confirmed_at=timezone.now())
    return PlanReminder.objects.filter(pk=reminder.pk).exists()


@transaction.atomic
def end(reminder: PlanReminder) -> None:
    """Delete the address.

    Whoever ends reminders has used the check: a draft that was only kept for them is not gone with
    the next deletion, but stays as long as any.
    """
    note_use(reminder.run)
    reminder.delete()


def _lock(run_id: int) -> None:
    """One change of addresses at a time: a plan has one of each state."""
    CheckRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()


def send_due(now: datetime.datetime | None = None) -> str:
    """Delete addresses that have no use, and queue the mails of today.

    Returns:
        How many were deleted and queued; nothing of whose.
    """
    moment = timezone.localtime(now)
    unused = Q(confirmed_at=None, asked_at__lte=moment - UNCONFIRMED) | Q(
        confirmed_at__isnull=False, run__measures=None
    )
    deleted = PlanReminder.objects.filter(unused).delete()[0]
    queued = 0
    if moment.time() >= FROM:
        due = PlanReminder.objects.filter(
            confirmed_at__isnull=False, run__measures__in=_due(moment.date())
        )
        reminders = due.distinct().values_list("pk", flat=True)
        queued = sum(_remind(reminder, moment.date()) for reminder in reminders)
    counts = {"queued": queued, "deleted": deleted}
    return _("%(queued)d reminders queued, %(deleted)d addresses deleted") % counts


def _due(today: datetime.date) -> QuerySet[Measure]:
    """Measures whose day comes soon or has passed, and that were not reminded of yet."""
    return (
        Measure.objects.filter(due__lte=today + BEFORE)
        .exclude(status=MeasureStatus.DONE)
        .exclude(reminded_of__isnull=False, reminded_of=F("due"))
        .order_by("due", "pk")
    )


@transaction.atomic
def _remind(reminder_id: int, today: datetime.date) -> bool:
    """Queue one mail about all days that are due; whether there were any."""
    # Whoever has unsubscribed since is not there any more.
    reminder = (
        PlanReminder.objects.select_for_update(of=("self",))
        .select_related("run__version")
        .filter(pk=reminder_id)
        .first()
    )
    if reminder is None:
        return False
    measures = list(_due(today).filter(run=reminder.run))
    for measure in measures:
        Measure.objects.filter(pk=measure.pk).update(reminded_of=measure.due)
    if measures:
        with translation.override(reminder.run.version.language):
            _queue(reminder, measures)
    return bool(measures)


def _queue(reminder: PlanReminder, measures: Sequence[Measure]) -> None:
    language = reminder.run.version.language
    leave = LEAVE_LINK.url(reminder, language)
    days = sorted({measure.due for measure in measures if measure.due})
    lines = [_line(day, sum(measure.due == day for measure in measures)) for day in days]
    _queue_mail(
        reminder,
        _("Reminder of your action plan"),
        _(
            "Good day,\n\nin your action plan (%(title)s) is due:\n\n%(days)s\n\n"
            "Your plan: %(plan)s\nWhoever has this address can read and change it.\n\n"
            "No more reminders: %(leave)s"
        )
        % {
            "title": reminder.run.version.title,
            "days": "\n".join(lines),
            "plan": f"{RUN_LINK.url(reminder.run, language)}massnahmen/",
            "leave": leave,
        },
        # RFC 2369, 3.2 and RFC 8058: mail programs offer to end it with one click.
        headers=AUTOMATIC
        | {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _queue_mail(
    reminder: PlanReminder, subject: str, body: str, headers: Mapping[str, str] = AUTOMATIC
) -> None:
    """The address stays in no mail that was sent, and no mail waits once it is deleted."""
    queue_mail(
        reminder.email,
        subject,
        body,
        headers=headers,
        key=f"{_key(reminder)}{uuid.uuid4().hex}",
        forgets_recipient=True,
    )


def _key(reminder: PlanReminder) -> str:
    """How the keys of all mails to an address begin."""
    return f"plan-reminder:{reminder.uuid}:"


def withdraw_mails(sender: type[PlanReminder], instance: PlanReminder, **kwargs: object) -> None:
    """Delete the mails that still wait for an address that is deleted."""
    OutgoingMail.objects.filter(key__startswith=_key(instance), sent_at=None).delete()


def _line(day: datetime.date, count: int) -> str:
    text = ngettext("– %(day)s: %(count)d measure", "– %(day)s: %(count)d measures", count)
    return text % {"day": date_format(day), "count": count}


def register() -> None:
    """Register the mails as periodic work."""
    label = gettext_lazy("Reminders of action plans")
    register_work("checks.reminders", datetime.timedelta(hours=1), send_due, label)
