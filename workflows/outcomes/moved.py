"""A page moves to another house while it is reviewed or scheduled."""

from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from cms.models import User
from regions.access import leads_of, region_of
from regions.models import Region
from workflows import emails
from workflows.gate import is_approved
from workflows.outcomes.common import active_reviews, actor, end, responsible_for, schedules, stop
from workflows.page_in_review import page_of


def page_moved(page: Page, before: Region | None) -> None:
    """Begin reviews anew where the page stands now, and stop what only the old house approved.

    Args:
        page: the root of what moved, read after the move.
        before: the region it came from.
    """
    after = region_of(page)
    if before == after:
        return
    ids = list(page.get_descendants(inclusive=True).values_list("pk", flat=True))
    for state in active_reviews(ids):
        _begin_anew(state, before, after)
    for revision in schedules(ids):
        moved = page_of(revision).specific
        if not is_approved(moved, revision):
            stop(revision, moved, "moved")
            _tell_of_schedule(moved, [revision.user, *responsible_for(moved)], before, after)


def _begin_anew(state: WorkflowState, before: Region | None, after: Region | None) -> None:
    """End the review in the old house; start it in the new one if it was going on."""
    author, was_open = state.requested_by, state.status == WorkflowState.STATUS_IN_PROGRESS
    holder = end(state, "moved")
    page = page_of(state).specific
    if was_open:
        fresh = page.get_workflow().start(page, actor() or author)
        WorkflowState.objects.filter(pk=fresh.pk).update(requested_by=author)
    names = _names(before, after) | {"title": page.get_admin_display_title()}
    subject = _("Moved: %(title)s") % names
    moved = _("“%(title)s” was moved from %(before)s to %(after)s.") % names
    if was_open:
        told = _("The review has begun anew there. You need do nothing.")
    else:
        told = _("It is a draft there. It must be submitted again.")
    emails.send([author], subject, f"{moved} {told}", exclude=actor())
    former = [holder, *(leads_of(before) if before else [])]
    emails.send(
        [person for person in former if person != author],
        subject,
        f"{moved} " + _("Its review is no longer yours. You need do nothing."),
        exclude=actor(),
    )


def _tell_of_schedule(
    page: Page, people: list[User | None], before: Region | None, after: Region | None
) -> None:
    names = _names(before, after) | {"title": page.get_admin_display_title()}
    emails.send(
        people,
        _("Will not be published as planned: %(title)s") % names,
        _(
            "“%(title)s” was moved from %(before)s to %(after)s. Its approval does not hold "
            "there, so it will not be published as planned. Please submit it for review again."
        )
        % names,
        exclude=actor(),
    )


def _names(before: Region | None, after: Region | None) -> dict[str, str]:
    national = _("the national pages")
    return {
        "before": before.name if before else national,
        "after": after.name if after else national,
    }
