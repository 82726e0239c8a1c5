"""Somebody is away: as a reviewer, and as an author. Nothing waits for them alone meanwhile."""

from collections import defaultdict

from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from cms.models import User
from regions.access import is_lead, pages_of, region_of
from regions.models import Absence, Region
from regions.people.absences import absence_of
from workflows import emails
from workflows.four_eyes import excluded_from
from workflows.models import HouseReviewTask, claims
from workflows.outcomes.common import lines, may_still_edit, open_steps
from workflows.page_in_review import page_of


def absence_began(absence: Absence) -> None:
    """Pass on what the person has taken on; what no lead of a house can decide goes to the desk.

    To the deputy as far as they may decide on it, otherwise back to all reviewers.
    """
    claims.hand_over(absence.user, absence.present_deputy)
    _ask_desk(absence)


def _ask_desk(absence: Absence) -> None:
    """Tell the desk of what waits in houses without a lead who is there."""
    led = Region.objects.filter(leads_group__in=absence.user.groups.all())
    found: dict[User, list[tuple[Page, str]]] = defaultdict(list)
    for step in open_steps(pages_of(led).values_list("pk", flat=True)):
        page, task = page_of(step.workflow_state).specific, step.task.specific
        if not isinstance(task, HouseReviewTask) or absence.user_id in excluded_from(page):
            continue
        reviewers, region = list(task.reviewers(page)), region_of(page)
        if any(is_lead(reviewer, region) for reviewer in reviewers):
            continue
        for reviewer in reviewers:
            found[reviewer].append((page, emails.editor_url(page)))
    details = {"name": absence.user.get_full_name(), "phrase": absence.phrase}
    for reviewer, pages in found.items():
        emails.send(
            [reviewer],
            _("Please review: %(name)s is away") % details,
            _(
                "%(name)s is %(phrase)s, and the house has nobody else who can decide. These "
                "pages wait for you and for everybody else of the desk:\n\n%(pages)s"
            )
            % (details | {"pages": lines(pages)}),
        )


def changes_reach_deputy(state: WorkflowState, reviewer: User | None) -> None:
    """Tell the deputy of an author who is away what should be changed."""
    author = state.requested_by
    absence = absence_of(author) if author else None
    deputy = absence.present_deputy if absence else None
    if author is None or deputy is None:
        return
    page, step = page_of(state).specific, state.current_task_state
    if not may_still_edit(page, deputy):
        return
    details = {
        "title": page.get_admin_display_title(),
        "name": author.get_full_name(),
        "comment": step.comment if step else "",
    }
    emails.send(
        [deputy],
        _("Changes requested: %(title)s") % details,
        emails.signed(
            _(
                "Changes were requested to “%(title)s”. %(name)s submitted it and is away; you are "
                "the deputy. Please see whether it can wait:\n\n%(comment)s"
            )
            % details,
            page,
        ),
        exclude=reviewer,
    )
