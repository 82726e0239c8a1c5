"""That a region was exported: by whom and when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions.models.region import Region


class RegionExport(models.Model):
    """An export that was written to its end; one of today allows deleting the region."""

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, related_name="exports", verbose_name=_("region")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("exported"), default=timezone.now)
    files = models.PositiveIntegerField(_("files"))

    class Meta:
        verbose_name = _("export of a region")
        verbose_name_plural = _("exports of regions")
        ordering = ("-created_at", "-pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.region}: {self.created_at:%Y-%m-%d}"
