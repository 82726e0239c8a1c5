"""Who wants which mails collected: what waits each week, what happened each day."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.signed_link import SignedLinkModel


class Digest(SignedLinkModel):
    """Somebody wants a mail of this kind; without a row nobody gets one."""

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """What such a mail holds, and how often it comes."""

        WEEKLY = "weekly", _("what waits, each week")
        DAILY = "daily", _("what happened, each day")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    #: When one was due last; the first comes in the week or on the day after it was ordered.
    sent_on = models.DateField(default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=("user", "kind"), name="digest_once_of_each_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.user_id}"
