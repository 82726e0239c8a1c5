"""Somebody loses a role or is deactivated: as a reviewer, and as an author."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.models import User
from cms.text import when
from regions.access import NATIONAL_PERMISSION, is_lead, national_editors, pages_of, region_of
from regions.models import Region
from workflows import emails
from workflows.four_eyes import excluded_from
from workflows.gate import is_approved
from workflows.models import Claim, HouseReviewTask, ReviewTask
from workflows.outcomes.common import (
    active_reviews,
    actor,
    lines,
    may_still_edit,
    open_steps,
    responsible_for,
    schedules,
    stop,
)
from workflows.page_in_review import page_of

Found = dict[User, list[tuple[Page, str]]]


def roles_lost(user: User, group_ids: Iterable[int]) -> None:
    """See to the reviews, approvals and drafts of somebody who no longer has these groups.

    Args:
        user: read anew: an older instance remembers its groups.
        group_ids: what was taken away, or all groups of a deactivated account.
    """
    user = get_user_model().objects.get(pk=user.pk)
    groups = Group.objects.filter(pk__in=list(group_ids))
    led = Region.objects.filter(leads_group__in=groups)
    nationally = is_national(groups)
    if led.exists():
        steps = open_steps(pages_of(led).values_list("pk", flat=True))
        reviewer_gone(user, steps, _without_lead)
    if nationally:
        reviewer_gone(user, _steps_after_leaving_the_desk(user), _without_desk)
    if nationally or led.exists():
        approver_gone(user)
    written_for = led | Region.objects.filter(editors_group__in=groups)
    if written_for.exists():
        author_gone(user, written_for)


def is_national(groups: Iterable[Group]) -> bool:
    """Whether one of ``groups`` is the national desk."""
    app_label, codename = NATIONAL_PERMISSION.split(".")
    return Group.objects.filter(
        pk__in=[group.pk for group in groups],
        permissions__codename=codename,
        permissions__content_type__app_label=app_label,
    ).exists()


def _steps_after_leaving_the_desk(user: User) -> QuerySet[TaskState]:
    """What ``user`` had taken on; everything if the desk may be empty now."""
    steps = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    if national_editors().exclude(pk=user.pk).count() > 1:
        steps = steps.filter(workflow_state__claim__user=user)
    return steps.select_related("workflow_state", "revision", "task")


def _without_lead(task: ReviewTask, page: Page, reviewers: list[User]) -> bool:
    """Whether the house has no lead left who can decide."""
    region = region_of(page)
    return isinstance(task, HouseReviewTask) and not any(
        is_lead(reviewer, region) for reviewer in reviewers
    )


def _without_desk(task: ReviewTask, page: Page, reviewers: list[User]) -> bool:
    """Whether nobody but administrators is left to decide."""
    return all(reviewer.is_superuser for reviewer in reviewers)


def reviewer_gone(
    user: User,
    steps: Iterable[TaskState],
    fell_upwards: Callable[[ReviewTask, Page, list[User]], bool],
) -> None:
    """Open again what ``user`` had taken on; what nobody of the house can decide falls upwards.

    The national desk is told of a house without a lead, administrators of a desk
    without a member. Others who are asked anyway need no mail.
    """
    found: Found = defaultdict(list)
    for step in steps:
        page = page_of(step.workflow_state).specific
        task = step.task.specific
        was_reviewer = user.pk not in excluded_from(page)
        if not was_reviewer or task.may_decide(page, user):
            continue
        claimed = Claim.objects.filter(workflow_state=step.workflow_state_id, user=user).delete()[0]
        reviewers = list(task.reviewers(page))
        if not (claimed or fell_upwards(task, page, reviewers)):
            continue
        for reviewer in reviewers:
            found[reviewer].append((page, emails.editor_url(page)))
    for reviewer, pages in found.items():
        emails.send(
            [reviewer],
            _("Please review: %(name)s no longer can") % {"name": user.get_full_name()},
            _(
                "%(name)s no longer reviews these pages. They wait for you and for everybody "
                "else who may decide about them:\n\n%(pages)s"
            )
            % {"name": user.get_full_name(), "pages": lines(pages)},
            exclude=actor(),
        )


def approver_gone(user: User) -> None:
    """Stop the scheduled texts that only ``user`` had approved (ADR 0010)."""
    approved = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False,
        task_states__finished_by=user,
        task_states__status=TaskState.STATUS_APPROVED,
    ).select_related("user")
    for revision in approved.distinct():
        page = page_of(revision).specific
        if is_approved(page, revision):
            continue
        planned = when(revision.approved_go_live_at)
        stop(revision, page, "approver")
        details = {
            "title": page.get_admin_display_title(),
            "name": user.get_full_name(),
            "when": planned,
        }
        emails.send(
            [revision.user, *responsible_for(page, exclude=user)],
            _("Will not be published as planned: %(title)s") % details,
            emails.signed(
                _(
                    "“%(title)s” was to be published on %(when)s. %(name)s approved it and may "
                    "no longer decide about it, so the approval no longer holds. "
                    "Please submit it for review again."
                )
                % details,
                page,
            ),
            exclude=actor(),
        )


def author_gone(user: User, regions: Iterable[Region]) -> None:
    """Tell the house what its former author leaves behind; approved texts appear as planned.

    The approval is by somebody else and stands (ADR 0010); whoever may decide can
    still take the text off the schedule.
    """
    ids = list(pages_of(regions).values_list("pk", flat=True))
    found: Found = defaultdict(list)
    for revision in schedules(ids).filter(user=user):
        page = page_of(revision).specific
        planned = _("will be published on %s as approved") % when(
            revision.approved_go_live_at or timezone.now()
        )
        _add(found, page, planned, user)
    for state in active_reviews(ids).filter(requested_by=user):
        page = page_of(state).specific
        waits = state.status == WorkflowState.STATUS_NEEDS_CHANGES
        _add(found, page, _("waits for changes") if waits else _("is being reviewed"), user)
    for person, pages in found.items():
        emails.send(
            [person],
            _("%(name)s no longer writes for the house") % {"name": user.get_full_name()},
            _(
                "%(name)s no longer writes for the house. This is left; please see whether "
                "somebody should look after it:\n\n%(pages)s"
            )
            % {"name": user.get_full_name(), "pages": lines(pages)},
            exclude=actor(),
        )


def _add(found: Found, page: Page, text: str, author: User) -> None:
    if page.permissions_for_user(author).can_edit():
        return
    for person in responsible_for(page, exclude=author):
        found[person].append((page, text))


def changes_reach_nobody(state: WorkflowState, reviewer: User | None) -> bool:
    """Tell the house of requested changes when their author can no longer make them.

    Returns:
        Whether it was so.
    """
    page, author = page_of(state).specific, state.requested_by
    if author and may_still_edit(page, author):
        return False
    details = {
        "title": page.get_admin_display_title(),
        "comment": state.current_task_state.comment if state.current_task_state else "",
    }
    emails.send(
        responsible_for(page, exclude=author),
        _("Changes requested: %(title)s") % details,
        emails.signed(
            _(
                "Changes were requested to “%(title)s”. Whoever submitted it can no longer make "
                "them. Please see whether somebody else should:\n\n%(comment)s"
            )
            % details,
            page,
        ),
        exclude=reviewer,
    )
    return True
