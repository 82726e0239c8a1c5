"""What the editor says to those who cannot change a page while it is reviewed."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

from cms.models import User


class ReviewLock(WorkflowLock):
    """Wagtail's lock by a review, in plain words."""

    def get_message(self, user: User) -> str | SafeString | None:
        """For those whom it locks out; who decides stands in the bar above the form."""
        if not self.for_user(user):
            return None
        return _("While the page is being reviewed, only its reviewers can change it.")
