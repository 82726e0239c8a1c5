"""What the editor says while a page is reviewed."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

from cms.models import User
from cms.text import when


class ReviewLock(WorkflowLock):
    """Wagtail's lock by a review, with who looks at it."""

    def get_message(self, user: User) -> str | SafeString | None:
        """For reviewers who has taken it on; for others that somebody has."""
        message = super().get_message(user)
        claim = self.task.current_claim(self.object)
        if claim is None:
            return message
        if message:
            return format_html(
                "{} {}", message, _("Somebody has been reviewing it since %s.") % when(claim.since)
            )
        if claim.user_id == user.pk:
            return _("You have taken this review on. It is kept for you until %s.") % when(
                claim.until
            )
        return _("%(name)s took this review on at %(since)s. You may still decide.") % {
            "name": claim.user.get_full_name(),
            "since": when(claim.since),
        }
