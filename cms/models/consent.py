"""That people and partners agree to be named, quoted or shown on a page."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page


class Basis(models.TextChoices):
    """Why somebody may be named: how they agreed, or why nobody had to be asked."""

    MAIL = "mail", _("Agreed by e-mail")
    PAPER = "paper", _("Agreed on paper")
    LINK = "link", _("Agreed through the preview link")
    PUBLIC_ROLE = "public_role", _("Not needed: known to the public in this role")
    NOT_RECOGNISABLE = "not_recognisable", _("Not needed: nobody can be recognised")


#: Somebody said so, at a date that can be proven (GDPR, Article 7(1)).
AGREED = frozenset({Basis.MAIL, Basis.PAPER, Basis.LINK})
#: What somebody agrees to: the field that says so.
USES = {
    "for_name": pgettext_lazy("consent to", "Name"),
    "for_picture": pgettext_lazy("consent to", "Picture"),
    "for_quote": pgettext_lazy("consent to", "Quotation"),
}


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents by the page they are for."""

    def of(self, page: Page) -> "ConsentQuerySet":
        """Those for ``page``, in every language of it."""
        return self.filter(page_key=page.translation_key)

    def withdrawn(self) -> "ConsentQuerySet":
        """Those that were withdrawn while a public page still names the person."""
        return self.filter(withdrawn_on__isnull=False, settled_at=None)


class Consent(models.Model):
    """That somebody agrees to stand on a page, or why nobody had to be asked.

    No part of the page's versions: it is a proof about the page, belongs to no language of it, and
    is deleted in a time of its own. It outlives the page, which may come back from the trash.
    """

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    page_key = models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)
    #: Empty for the people in the pictures of the page.
    name = models.CharField(pgettext_lazy("consent", "who"), max_length=150, blank=True)
    for_name = models.BooleanField(USES["for_name"], default=False)
    for_picture = models.BooleanField(USES["for_picture"], default=False)
    for_quote = models.BooleanField(USES["for_quote"], default=False)
    basis = models.CharField(_("consent"), max_length=20, choices=Basis.choices)
    given_on = models.DateField(_("agreed on"), null=True, blank=True)
    kept_by = models.CharField(_("who keeps the proof"), max_length=120, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    #: Since when no public page names somebody who withdrew.
    settled_at = models.DateTimeField(null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    #: When periodic work first found that the page is not public.
    hidden_since = models.DateField(null=True, editable=False, db_index=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def uses(self) -> frozenset[str]:
        """The fields of :data:`USES` it covers."""
        return frozenset(name for name in USES if getattr(self, name))

    @property
    def holds(self) -> bool:
        """Whether somebody said yes and has not taken it back."""
        return self.basis in AGREED and self.withdrawn_on is None
