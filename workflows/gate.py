"""The publish gate: four eyes, whatever way leads to publishing.

F27: quality assurance. F51: approval before publication.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page, Revision, TaskState

from cms.models import BasePage, User
from workflows.four_eyes import excluded_approvers
from workflows.models import EmergencyPublication
from workflows.rules import deciding_tasks


class PublishRefused(Exception):
    """A revision that nobody entitled has approved was to be published.

    Not a ``PermissionDenied``: Wagtail's admin answers that inside the
    transaction, which would then commit what had been written before.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(
            _(
                "“%(title)s” has not been approved by a second person, so it was not published. "
                "Please submit it for review."
            )
            % {"title": page.get_admin_display_title()}
        )
        self.page = page


def require_approval(page: Page, revision: Revision, user: User | None) -> None:
    """Let ``revision`` pass if somebody other than its author approved it.

    The approver must be entitled for the page as it stands now: moving a page
    to another region after its approval makes the approval void.

    Raises:
        PublishRefused: without such an approval or a logged emergency.
    """
    if is_approved(page, revision) or is_emergency(revision):
        vars(revision)["let_through"] = True
        return
    raise PublishRefused(page)


def publish_revision(original: Callable[..., object]) -> Callable[..., object]:
    """Put the gate before Wagtail's publish action itself (:mod:`cms.wagtail_patches`).

    The editor and the admin API use the action without calling
    :meth:`cms.models.BasePage.publish`.
    """

    def replacement(
        action: PublishRevisionAction,
        revision: Revision,
        page: object,
        *args: object,
        **kwargs: object,
    ) -> object:
        if isinstance(page, BasePage) and not getattr(revision, "let_through", False):
            require_approval(page, revision, action.user)
        return original(action, revision, page, *args, **kwargs)

    return replacement


def is_approved(page: Page, revision: Revision) -> bool:
    """Whether somebody entitled, other than its author, approved ``revision``."""
    deciding = deciding_tasks(page)
    states = TaskState.objects.filter(
        revision_id=revision.pk,
        status=TaskState.STATUS_APPROVED,
        finished_by__isnull=False,
        # A revision that was overwritten after its approval is another text.
        finished_at__gte=revision.created_at,
    ).select_related("finished_by", "task", "workflow_state")
    for state in states:
        task = state.task.specific
        if (
            isinstance(task, deciding)
            and state.finished_by_id not in excluded_approvers(page, revision, state.workflow_state)
            and task.may_decide(page, state.finished_by)
        ):
            return True
    return False


def is_emergency(revision: Revision) -> bool:
    """Whether an administrator released exactly this text with a reason."""
    return EmergencyPublication.objects.filter(
        revision_id=revision.pk, created_at__gte=revision.created_at
    ).exists()
