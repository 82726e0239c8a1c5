"""Links by which people without an account read a page before it is public."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from cms.models.signed_link import SignedLinkModel


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    """Links by whether they still open anything."""

    def ended(self, by: datetime.datetime) -> "PreviewLinkQuerySet":
        """Links that had expired or been revoked at a moment."""
        return self.filter(Q(expires_at__lte=by) | Q(revoked_at__lte=by))


class PreviewLink(SignedLinkModel):
    """A link to the latest version of a page, for somebody who is named in it."""

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        related_name="preview_links",
        verbose_name=pgettext_lazy("preview link", "page"),
    )
    recipient = models.CharField(pgettext_lazy("preview link", "For whom"), max_length=100)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("preview link", "by"),
    )
    created_at = models.DateTimeField(
        pgettext_lazy("preview link", "created"), default=timezone.now
    )
    #: Who is asked to agree, as the page names them; empty where nobody is asked.
    consent_name = models.CharField(
        pgettext_lazy("preview link", "Whose consent you ask for"), max_length=150, blank=True
    )
    consent_picture = models.BooleanField(
        pgettext_lazy("preview link", "Also for the pictures of the page"), default=False
    )
    expires_at = models.DateTimeField(pgettext_lazy("preview link", "valid until"), db_index=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    #: When it was opened for the first time.
    opened_at = models.DateTimeField(_("first opened"), null=True, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ("-created_at", "-pk")
        default_permissions = ()

    def __str__(self) -> str:
        return self.recipient

    @property
    def is_valid(self) -> bool:
        """Whether it opens the page."""
        return self.revoked_at is None and timezone.now() < self.expires_at
