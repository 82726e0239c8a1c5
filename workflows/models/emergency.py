"""Publishing without a second pair of eyes: possible, reasoned, on record."""

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class EmergencyPublication(models.Model):
    """An administrator let one revision past the review, and said why."""

    changes_public_pages = False

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    reason = models.TextField(
        _("reason"),
        validators=[MinLengthValidator(15)],
        help_text=_("Why can this not wait for a review? At least 15 characters; it is logged."),
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("emergency publication")
        verbose_name_plural = _("emergency publications")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.reason[:50]}"
