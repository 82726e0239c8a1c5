"""What periodic work ran when, and how it ended."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

#: Without a sign of life for so long, work is taken for dead.
DEAD_AFTER = datetime.timedelta(seconds=45)


class PeriodicRun(models.Model):
    """The last run of one piece of periodic work; its row is also the lock."""

    changes_public_pages = False

    name = models.CharField(_("name"), max_length=80, unique=True)
    started_at = models.DateTimeField(_("started"), null=True)
    #: The process that does the work says every few seconds that it lives.
    alive_at = models.DateTimeField(_("last sign of life"), null=True)
    #: When a process was killed in the middle of it, last.
    died_at = models.DateTimeField(_("last killed"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    ok = models.BooleanField(_("succeeded"), default=True)
    outcome = models.TextField(_("outcome"), blank=True)

    class Meta:
        verbose_name = _("periodic work")
        verbose_name_plural = _("periodic work")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_unfinished(self) -> bool:
        """Whether the last run has started and not ended."""
        ended = self.finished_at
        return self.started_at is not None and (ended is None or ended < self.started_at)

    def is_dead(self, now: datetime.datetime) -> bool:
        """Whether the process that did the work was killed: no sign of life for a while.

        One in the future is none: the clock was set back since, and who lives has said so again.
        """
        seen = self.alive_at or self.started_at
        return self.is_unfinished and seen is not None and abs(now - seen) >= DEAD_AFTER

    def is_due(self, every: datetime.timedelta, now: datetime.datetime) -> bool:
        """Whether work that runs every so often does now; a last time in the future is none."""
        begun = self.started_at
        return not self.is_unfinished and (begun is None or not begun <= now < begun + every)

    @property
    def state(self) -> StrOrPromise:
        """How the last run ended, for administrators."""
        if self.is_dead(timezone.now()):
            return pgettext_lazy("periodic work", "killed")
        if self.is_unfinished:
            return pgettext_lazy("periodic work", "running")
        if self.ok:
            return pgettext_lazy("periodic work", "succeeded")
        return pgettext_lazy("periodic work", "failed")
