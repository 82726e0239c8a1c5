"""Mails to exactly the people concerned, queued in the transaction of the review."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.mail import BaseGroupApprovalTaskStateEmailNotifier, Notifier
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from cms.models import User
from workflows.emails import compare_url
from workflows.models import ReviewTask


class ReviewRequestNotifier(BaseGroupApprovalTaskStateEmailNotifier):
    """Tells reviewers that a page waits for them.

    Wagtail's own notifier only knows group approval tasks; its other mails
    (approved, changes requested) go to the person who submitted.
    """

    notification = "submitted"

    def can_handle(self, instance: TaskState, **kwargs: object) -> bool:
        """Handle the review tasks of this room only."""
        return Notifier.can_handle(self, instance, **kwargs) and isinstance(
            instance.task.specific, ReviewTask
        )

    def get_context(self, task_state: TaskState, **kwargs: object) -> dict[str, Any]:
        """With the difference to what is public."""
        context = super().get_context(task_state, **kwargs)
        return context | {"compare_url": compare_url(context["page"], task_state.revision_id)}

    def get_recipient_users(self, task_state: TaskState, **kwargs: object) -> QuerySet[User]:
        """The reviewers of this page, less the person who has just acted."""
        page = task_state.workflow_state.content_object
        recipients = task_state.task.specific.reviewers(page)
        user = kwargs.get("user")
        return recipients.exclude(pk=user.pk) if user else recipients


notify_reviewers = ReviewRequestNotifier()


def connect() -> None:
    """Connect the notifier; called once when the app is ready."""
    task_submitted.connect(notify_reviewers, dispatch_uid="review_requested_mail")
