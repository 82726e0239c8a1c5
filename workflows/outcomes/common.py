"""What the outcomes share: finding open reviews and schedules, ending them, saying why."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import (
    Page,
    Revision,
    TaskState,
    WorkflowState,
    get_default_page_content_type,
)

from cms.models import User
from regions.access import leads_of, region_of
from workflows.models.claims import Claim
from workflows.models.tasks import desk
from workflows.page_in_review import page_of

#: Why a review ended or a schedule was stopped without anybody's decision; the key is logged.
REASONS: dict[str, Promise] = {
    "archived": _("the house was closed"),
    "moved": _("the page was moved to another house"),
    "approver": _("the person who approved it may no longer decide about it"),
}


def actor() -> User | None:
    """Who is acting in the admin just now."""
    user = get_active_log_context().user
    return user if isinstance(user, User) else None


def _texts(ids: Iterable[int]) -> list[str]:
    return [str(pk) for pk in ids]


def active_reviews(ids: Iterable[int]) -> QuerySet[WorkflowState]:
    """Reviews of these pages that are open or wait for changes."""
    content_type = get_default_page_content_type()
    return (
        WorkflowState.objects.active()
        .filter(base_content_type=content_type, object_id__in=_texts(ids))
        .select_related("requested_by", "current_task_state")
    )


def open_steps(ids: Iterable[int]) -> QuerySet[TaskState]:
    """Steps of these pages somebody is to decide."""
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__in=active_reviews(ids)
    ).select_related("workflow_state", "revision", "task")


def schedules(ids: Iterable[int]) -> QuerySet[Revision]:
    """Approved texts of these pages that are to go public later."""
    return Revision.page_revisions.filter(
        approved_go_live_at__isnull=False, object_id__in=_texts(ids)
    ).select_related("user")


def end(state: WorkflowState, reason: str) -> User | None:
    """Cancel a review and log why.

    Args:
        state: an active review.
        reason: a key of :data:`REASONS`.

    Returns:
        Who had taken it on.
    """
    claim = Claim.objects.filter(workflow_state=state).select_related("user").first()
    page = page_of(state).specific
    state.cancel(user=actor())
    log(instance=page, action="workflows.ended", user=actor(), data={"reason": reason})
    return claim.user if claim else None


def stop(revision: Revision, page: Page, reason: str) -> None:
    """Take a text off the schedule and log why; it stays as a draft."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(
        instance=page.specific,
        action="workflows.stopped",
        user=actor(),
        revision=revision,
        data={"reason": reason},
    )


def may_still_edit(page: Page, user: User) -> bool:
    """Whether ``user`` is still there to change ``page``, a specific page."""
    return user.is_active and page.permissions_for_user(user).can_edit()


def responsible_for(page: Page, exclude: User | None = None) -> list[User]:
    """Who looks after ``page``: its house's leads, else the desk, else administrators."""
    region, skipped = region_of(page), [exclude.pk] if exclude else []
    leads = list(leads_of(region).exclude(pk__in=skipped)) if region else []
    return leads or list(desk(exclude=skipped))


def lines(pages: Iterable[tuple[Page, str]]) -> str:
    """A list for a mail: each page with a word about it."""
    return "\n".join(
        f"- {page.get_admin_display_title()}{': ' + text if text else ''}" for page, text in pages
    )
