"""Who is told of a decision beside the author, and what the author reads of it."""

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.editing.authorship import authorship
from cms.models import User
from regions.access import is_lead, leads_of, region_of
from workflows import emails
from workflows.models import NationalReviewTask
from workflows.outcomes.common import may_still_edit
from workflows.page_in_review import page_of


def approved_with_comment(step: TaskState, reviewer: User | None) -> None:
    """Send the comment of an approval to who submitted the text and who wrote it.

    Wagtail's mail says that a page was approved, at the end of the review and without comments.
    """
    if not step.comment:
        return
    page = page_of(step.workflow_state).specific
    written = authorship(page, step.revision)
    people = [step.workflow_state.requested_by, *User.objects.filter(pk__in=written.savers[:1])]
    details = {
        "title": page.get_admin_display_title(),
        "name": reviewer.get_full_name() if reviewer else "",
        "step": step.task.name,
        "comment": step.comment,
    }
    emails.send(
        [person for person in people if person and may_still_edit(page, person)],
        _("Approved with a comment: %(title)s") % details,
        emails.signed(
            _("%(name)s approved “%(title)s” (%(step)s) and wrote:\n\n%(comment)s") % details, page
        ),
        exclude=reviewer,
    )


def sent_back_by_desk(state: WorkflowState, reviewer: User | None) -> None:
    """Tell the leads of the house what the desk wants changed, also where it decided for them.

    Who submitted it gets Wagtail's mail.
    """
    page, step = page_of(state).specific, state.current_task_state
    region = region_of(page)
    if step is None or region is None:
        return
    is_for_house = not isinstance(step.task.specific, NationalReviewTask)
    if is_for_house and (reviewer is None or is_lead(reviewer, region)):
        return
    text = (
        _(
            "The national desk requests changes to “%(title)s”. Whoever submitted it was told "
            "too:\n\n%(comment)s"
        )
        if is_for_house
        else _(
            "The national desk requests changes to “%(title)s”. Whoever submitted it was told "
            "too. If the text is changed, it comes to you again before the desk reads it:"
            "\n\n%(comment)s"
        )
    )
    details = {
        "title": page.get_admin_display_title(),
        "comment": step.comment,
    }
    emails.send(
        [lead for lead in leads_of(region) if lead != state.requested_by],
        _("The national desk requests changes: %(title)s") % details,
        emails.signed(text % details, page),
        exclude=reviewer,
    )
