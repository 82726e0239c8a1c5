"""What periodic work ran when, and how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodicRun(models.Model):
    """The last run of one piece of periodic work; its row is also the lock."""

    changes_public_pages = False

    name = models.CharField(_("name"), max_length=80, unique=True)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    ok = models.BooleanField(_("succeeded"), default=True)
    outcome = models.TextField(_("outcome"), blank=True)

    class Meta:
        verbose_name = _("periodic work")
        verbose_name_plural = _("periodic work")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
