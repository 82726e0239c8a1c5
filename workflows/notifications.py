"""Mails to exactly the people concerned, queued in the transaction of the review."""

from django.db.models import QuerySet
from wagtail.admin.mail import BaseGroupApprovalTaskStateEmailNotifier, Notifier
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from cms.models import User
from workflows.emails import compare_url
from workflows.models import ReviewTask
from workflows.page_in_review import page_of


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

    def get_context(  # type: ignore[override]  # Wagtail itself names it in two ways
        self, task_state: TaskState, **kwargs: object
    ) -> dict[str, object]:
        """With the difference to what is public."""
        context = super().get_context(task_state, **kwargs)
        return context | {"compare_url": compare_url(context["page"], task_state.revision_id)}

    def get_recipient_users(  # type: ignore[override]  # likewise
        self, task_state: TaskState, *, user: User | None = None, **kwargs: object
    ) -> QuerySet[User]:
        """The reviewers of this page, less the person who has just acted."""
        page = page_of(task_state.workflow_state)
        recipients = task_state.task.specific.reviewers(page)
        return recipients.exclude(pk=user.pk) if user else recipients


notify_reviewers = ReviewRequestNotifier()


def connect() -> None:
    """Connect the notifier; called once when the app is ready."""
    task_submitted.connect(notify_reviewers, dispatch_uid="review_requested_mail")
