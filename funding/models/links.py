"""What is known of the links to the pages of funders."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LinkCheck(models.Model):
    """The last answer of a link, for all programmes that have it."""

    changes_public_pages = False

    url = models.URLField(_("address"), unique=True)
    outcome = models.CharField(_("what is known of the link"), max_length=20)
    status = models.PositiveSmallIntegerField(_("HTTP status"), default=0)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    checked_at = models.DateTimeField(_("checked"), default=timezone.now)
    next_at = models.DateTimeField(_("check again"), db_index=True)

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")

    def __str__(self) -> str:
        return self.url
