"""For administrators: mails that could not be sent, periodic work that failed or stopped."""

import datetime

from django.db.models import Count, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.dashboard.sections import Listing, Row, Section
from cms.jobs.mail_queue import GIVE_UP_AFTER
from cms.jobs.registry import TASK_PREFIX, label_of, registered
from cms.models import OutgoingMail, PeriodicRun

#: A mail that was tried so often is worth a look, though more attempts follow.
TRIED_OFTEN = 3


class FailedMails(Section):
    """Mails that several attempts did not send."""

    name = "failed-mails"
    order = 30
    heading = gettext_lazy("E-mails not sent")
    quiet = gettext_lazy("all e-mails sent")
    limit = 3

    def is_for_user(self) -> bool:
        return self.user.is_superuser

    def load(self) -> Listing:
        failed = OutgoingMail.objects.filter(sent_at__isnull=True, attempts__gte=TRIED_OFTEN)
        failed = failed.annotate(total=Window(Count("pk"))).order_by("created_at", "pk")
        found = list(failed[self.start : self.stop])
        return Listing([_mail(mail) for mail in found], vars(found[0])["total"] if found else 0)


def _mail(mail: OutgoingMail) -> Row:
    given_up = mail.attempts >= GIVE_UP_AFTER
    return Row(
        title=mail.subject,
        url=reverse("outgoing_mails:index"),
        about=_("to %(recipient)s") % {"recipient": mail.recipient} if mail.recipient else "",
        since=mail.created_at,
        is_late=given_up,
        note=mail.last_error,
    )


class FailedWork(Section):
    """Periodic work whose last run failed, or that has not run for far too long."""

    name = "failed-work"
    order = 20
    heading = gettext_lazy("Periodic work that failed")
    quiet = gettext_lazy("periodic work runs")

    #: After so many times its interval, and at least an hour, work counts as stopped.
    MISSED = 3

    def is_for_user(self) -> bool:
        return self.user.is_superuser

    def load(self) -> Listing:
        runs = {run.name: run for run in PeriodicRun.objects.all()}
        found = [
            row
            for work in registered()
            if (row := self._row(work.every, runs.get(work.name), label_of(work.name)))
        ]
        found += [
            row
            for run in runs.values()
            if run.name.startswith(TASK_PREFIX) and (row := self._task_row(run))
        ]
        return Listing(found[self.start : self.stop], len(found))

    def _task_row(self, run: PeriodicRun) -> Row | None:
        if run.ok and not run.is_dead(timezone.now()):
            return None
        url = reverse("periodic_work:index")
        about = _("was killed") if run.died_at or run.ok else ""
        since = run.died_at or run.started_at
        return Row(
            label_of(run.name), url, about=about, since=since, is_late=True, note=run.outcome
        )

    def _row(self, every: datetime.timedelta, run: PeriodicRun | None, label: str) -> Row | None:
        url = reverse("periodic_work:index")
        if run is None or run.started_at is None:
            return None
        if run.is_dead(timezone.now()):
            return Row(label, url, about=_("was killed"), since=run.started_at, is_late=True)
        if not run.ok:
            return Row(label, url, since=run.started_at, is_late=True, note=run.outcome)
        allowed = max(self.MISSED * every, datetime.timedelta(hours=1))
        if timezone.now() - run.started_at > allowed:
            return Row(label, url, about=_("has not run"), since=run.started_at, is_late=True)
        return None
