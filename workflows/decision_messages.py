"""What a reviewer reads after a decision: what became of the page, and where it is."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, TaskState, WorkflowState

from cms.accounts.requests import SignedInRequest
from cms.models import User
from cms.text import when
from regions.people.absences import absence_of
from workflows.corrections import open_question
from workflows.four_eyes import excluded_from
from workflows.models import Claim
from workflows.models.tasks import CLAIM, GIVE_BACK, TAKE_OVER
from workflows.page_in_review import page_of

#: What is done about who reviews, as the address of the button names it.
CLAIM_ACTIONS = (CLAIM[0], TAKE_OVER[0], GIVE_BACK[0])


def add(request: SignedInRequest, page: Page, action: str) -> bool:
    """Say what ``action`` did; whether there was anything to say.

    Args:
        request: of the reviewer.
        page: as it is stored afterwards, specific.
        action: what was decided, as the task names it.
    """
    if action in ("approve", "hand_on"):
        _approved(request, page)
        return True
    return action == "reject" and _sent_back(request, page)


def _sent_back(request: SignedInRequest, page: Page) -> bool:
    state = page.current_workflow_state
    author = state.requested_by if state else None
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES or author is None:
        return False
    details = {"title": page.get_admin_display_title(), "name": author.get_full_name()}
    text = _("“%(title)s” is sent back. %(name)s gets your reason by e-mail.") % details
    absence = absence_of(author)
    messages.success(request, text + (f" ({absence.named_phrase})" if absence else ""))
    return True


def add_agreed(request: SignedInRequest, page: Page) -> None:
    """Say to an author what became of the page after they agreed to a small correction."""
    if page.live and page.url and not page.has_unpublished_changes:
        buttons = [messages.button(page.url, page.full_url)]
        messages.success(request, _("Thank you. The page is public now:"), buttons=buttons)
    else:
        messages.success(request, _("Thank you. The text is approved as it reads now."))


def add_claimed(request: SignedInRequest, step: TaskState, action: str) -> None:
    """Say who sees it and how it ends, after a review was taken on or given back.

    Nothing where that was refused: a colleague's claim stands.

    Args:
        request: of the reviewer.
        step: of the review.
        action: one of :data:`CLAIM_ACTIONS`.
    """
    claim = Claim.objects.on(step)
    title = page_of(step.workflow_state).get_admin_display_title()
    if action == GIVE_BACK[0]:
        if claim is None:
            text = _("The review of “%(title)s” is open again to everybody who may decide.")
            messages.success(request, text % {"title": title})
    elif claim and claim.user_id == request.user.pk:
        text = _(
            "You have taken the review of “%(title)s” on until %(until)s. Other reviewers see your "
            "name and may still decide; who wrote it only sees that somebody is reviewing. “Give "
            "back”, in the same place, opens it to all again."
        )
        messages.success(request, text % {"title": title, "until": when(claim.until)})


def _corrected(page: Page) -> str:
    question = open_question(page)
    if question is None:
        return _("Your correction is saved. Because you made it, somebody else approves it now.")
    author = User.objects.get(pk=question.author_id)
    text = _(
        "Your small correction is saved: %(changes)s. %(name)s is asked to agree; "
        "your approval follows by itself."
    )
    return text % {"changes": question.slip, "name": author.get_full_name()}


def _approved(request: SignedInRequest, page: Page) -> None:
    title = {"title": page.get_admin_display_title()}
    step = page.current_workflow_task_state
    if step and request.user.pk in excluded_from(page):
        # Correcting and approving in one go saves the text, but is no second pair of eyes.
        messages.warning(request, _corrected(page))
    elif step:
        next_step = {"step": step.task.name}
        text = _("You approved “%(title)s”. Next: %(step)s.") % (title | next_step)
        messages.success(request, text)
    elif page.live and page.url and not page.has_unpublished_changes:
        text = _("You approved “%(title)s”. The page is public now:") % title
        messages.success(request, text, buttons=[messages.button(page.url, page.full_url)])
    elif page.go_live_at and page.go_live_at > timezone.now():
        moment = {"when": when(page.go_live_at)}
        text = _("You approved “%(title)s”. It will be public on %(when)s.") % (title | moment)
        messages.success(request, text)
    else:
        messages.success(request, _("You approved “%(title)s”; the review is done.") % title)
