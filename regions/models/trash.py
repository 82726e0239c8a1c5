"""Deleted pages, kept as data until they are restored or deleted for good."""

import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions.models.region import Region

#: How long a deleted page can be restored.
KEPT_FOR = datetime.timedelta(days=30)


class DeletedPage(models.Model):
    """A page that was deleted in the admin, with all pages below it.

    Kept as data, not moved in the tree: see ADR 0019.
    """

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    region = models.ForeignKey(
        Region,
        on_delete=models.CASCADE,
        null=True,
        related_name="deleted_pages",
        verbose_name=_("region"),
    )
    title = models.CharField(_("title"), max_length=255)
    parent_id = models.PositiveBigIntegerField(_("page above"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    deleted_at = models.DateTimeField(_("deleted at"), default=timezone.now, db_index=True)
    #: Model, parent and latest text of each page, parents first.
    pages = models.JSONField(_("pages"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")
        ordering = ("-deleted_at", "-pk")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @property
    def kept_until(self) -> datetime.datetime:
        """From then on it cannot be restored."""
        return self.deleted_at + KEPT_FOR

    @property
    def number(self) -> int:
        """How many pages come back with it, itself included."""
        return len(self.pages)
