"""A page is deleted while it is reviewed."""

from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from cms.models import User
from workflows import emails
from workflows.models.claims import Claim
from workflows.outcomes.common import active_reviews, actor


def page_deleted(page: Page) -> None:
    """Tell who submitted it and who had taken it on; the review goes with the page."""
    for state in active_reviews([page.pk]):
        emails.send(
            [state.requested_by, _holder(state)],
            _("Deleted: %(title)s") % {"title": page.get_admin_display_title()},
            _("“%(title)s” was deleted. Its review has ended. You need do nothing.")
            % {"title": page.get_admin_display_title()},
            exclude=actor(),
        )


def _holder(state: WorkflowState) -> User | None:
    claim = Claim.objects.filter(workflow_state=state).select_related("user").first()
    return claim.user if claim else None
