"""Who looks at which open review, so that two people do not do the same work."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims that are valid, by step of a review and by person."""

    def holding(self) -> "ClaimQuerySet":
        """Claims that have not lapsed, on the step the review has reached."""
        return self.filter(
            until__gt=timezone.now(),
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            workflow_state__current_task_state__task=models.F("task"),
        )

    def on(self, task_state: TaskState) -> "Claim | None":
        """The claim that holds on an open step now."""
        return (
            self.holding()
            .filter(workflow_state=task_state.workflow_state_id, task=task_state.task_id)
            .select_related("user")
            .first()
        )


class Claim(models.Model):
    """A reviewer has taken one step of one review.

    A sign to colleagues, not a lock: whoever may decide still may (ADR 0008).
    """

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    workflow_state = models.OneToOneField(
        WorkflowState, on_delete=models.CASCADE, related_name="claim"
    )
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_claims"
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claimed review")
        verbose_name_plural = _("claimed reviews")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.workflow_state_id}: {self.user_id}"
