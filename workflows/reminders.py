"""Reviews that nobody decides: one reminder to the reviewers, then a notice to the desk.

Once a step is overdue its reviewers are reminded, once; after as many days again it is put before
the national desk, or before the administrators where the desk itself is late.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, TaskState

from cms.jobs.registry import register as register_work
from cms.models import User
from regions.access import administrators
from workflows import emails
from workflows.due_dates import DueStep, due_steps
from workflows.models.tasks import desk

REMINDED_ACTION, ESCALATED_ACTION = "workflows.reminded", "workflows.escalated"


def remind() -> str:
    """Remind the reviewers of overdue steps, and put before the desk what stays undecided.

    Returns:
        How many reminders and how many notices were sent.
    """
    today = timezone.localdate()
    steps = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    open_steps = steps.select_related("workflow_state", "task")
    overdue = [item for item in due_steps(open_steps) if item.is_overdue(today)]
    told = _told(overdue)
    reminded = escalated = 0
    for item in overdue:
        if (item.step.pk, REMINDED_ACTION) not in told:
            _remind(item)
            reminded += 1
        elif today > item.escalated and (item.step.pk, ESCALATED_ACTION) not in told:
            _escalate(item)
            escalated += 1
    details = {"reminded": reminded, "escalated": escalated}
    return _("%(reminded)d reminded, %(escalated)d put before the desk") % details


def _told(items: Iterable[DueStep]) -> set[tuple[int, str]]:
    """Of which steps who was told already."""
    entries = PageLogEntry.objects.filter(
        page__in=[item.page.pk for item in items], action__in=(REMINDED_ACTION, ESCALATED_ACTION)
    )
    return {(data.get("step"), action) for data, action in entries.values_list("data", "action")}


def _remind(item: DueStep) -> None:
    page = item.page.specific
    reviewers = item.step.task.specific.reviewers(page)
    subject = _("Reminder, please decide: %(title)s")
    text = _("“%(title)s” has waited for your decision since %(since)s. It was due on %(due)s.")
    _tell(item, reviewers, subject, text, REMINDED_ACTION)


def _escalate(item: DueStep) -> None:
    page = item.page.specific
    is_with_desk = item.step.task.specific.is_with_desk(page)
    subject = _("Nobody decides: %(title)s")
    text = _(
        "“%(title)s” has been waiting since %(since)s and was due on %(due)s. Its reviewers were "
        "reminded. You may decide in their place."
    )
    _tell(item, administrators() if is_with_desk else desk(), subject, text, ESCALATED_ACTION)


@transaction.atomic
def _tell(item: DueStep, people: Iterable[User], subject: str, text: str, action: str) -> None:
    page = item.page.specific
    details = {
        "title": page.get_admin_display_title(),
        "since": date_format(timezone.localdate(item.step.started_at), "SHORT_DATE_FORMAT"),
        "due": date_format(item.due, "SHORT_DATE_FORMAT"),
    }
    log(instance=page, action=action, data={"step": item.step.pk})
    key = f"{action}:{item.step.pk}"
    emails.send(people, subject % details, emails.signed(text % details, page), key=key)


def register() -> None:
    """Register the daily work; called once when the app is ready."""
    register_work(
        "review_reminders", datetime.timedelta(days=1), remind, gettext_lazy("Reminders of reviews")
    )
