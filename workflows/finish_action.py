"""What happens when a review ends well.

Wagtail imports this while its own models are still loading: no imports from it here.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from cms.models import User


def publish_approved(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Publish what was approved (``WAGTAIL_FINISH_WORKFLOW_ACTION``).

    Skips Wagtail's permission check, because the stock publish right, which
    nobody has, would skip the review; the publish gate still decides.
    """
    page = workflow_state.content_object
    revision = page.get_latest_revision() if page else None
    if revision is None:
        return  # deleted meanwhile
    revision.publish(user=user, skip_permission_checks=True)
