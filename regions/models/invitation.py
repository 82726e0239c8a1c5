"""Invitations into a house: a signed link that lives seven days and works once."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.models.signed_link import SignedLinkModel
from regions.models.region import Region

LIVES = datetime.timedelta(days=7)


class Role(models.TextChoices):
    """What somebody does in a house; no other level can be given by a lead."""

    EDITOR = "editor", _("Editor")
    LEAD = "lead", _("Lead")


class Invitation(SignedLinkModel):
    """Somebody was asked to work for a house; sending again makes the link before worthless."""

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("house")
    )
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    role = models.CharField(pgettext_lazy("in a house", "role"), max_length=10, choices=Role)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-sent_at", "-pk")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=("region", "email"),
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def expires_at(self) -> datetime.datetime:
        """The end of its seven days."""
        return self.sent_at + LIVES
