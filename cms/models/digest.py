"""Who wants the weekly digest."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.signed_link import SignedLinkModel


class WeeklyDigest(SignedLinkModel):
    """Somebody wants a mail each week of what waits for them; without a row nobody gets one."""

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="weekly_digest"
    )
    #: When one was due last; the first comes in the week after it was ordered.
    sent_on = models.DateField(default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = _("weekly digest")
        verbose_name_plural = _("weekly digests")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)
