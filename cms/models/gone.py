"""Addresses of deleted pages, so that they answer 410 rather than 404."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GonePath(models.Model):
    """The path of a page that was public once and has been deleted (RFC 9110, 15.5.11)."""

    changes_public_pages = True

    path = models.CharField(_("path"), max_length=1000, unique=True)
    gone_at = models.DateTimeField(_("deleted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("deleted address")
        verbose_name_plural = _("deleted addresses")

    def __str__(self) -> str:
        return self.path
