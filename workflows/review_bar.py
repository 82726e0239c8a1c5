"""The bar at the top of the edit page: whom the page waits for, what changed, what one can do."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.compare import ChildRelationComparison, FieldComparison
from wagtail.models import Page, TaskState, WorkflowState

from cms.accounts.requests import SignedInRequest
from cms.editing.content_comparison import is_same_value
from cms.models import BasePage, User
from cms.text import when
from regions.access import leads_of, national_editors, region_of
from regions.models import Region
from regions.people.absences import absences_of
from workflows.corrections import Question, open_question
from workflows.due_dates import due_on, is_overdue
from workflows.four_eyes import excluded_from
from workflows.models import Claim, HouseReviewTask, ReviewTask
from workflows.models.tasks import APPROVE, Action, claim_actions

#: What the buttons of the bar send with the edit form: the decision, the text beside them, the step
#: it is about, and when the version on the screen was saved.
DECISION_FIELD, COMMENT_FIELD = "review-decision", "review-comment"
STEP_FIELD, READ_FIELD = "review-step", "review-read"
DECISIONS = ("approve", "reject", "hand_on")

Comparison = FieldComparison | ChildRelationComparison


@dataclass(frozen=True)
class ReviewBar:
    """What the bar says to one person.

    Args:
        heading: whom the page waits for, in a few words.
        facts: who submitted it, since when it waits, who has taken it on.
        note: why the reader cannot approve, or who can.
        reason: what should be changed, of a page that was sent back.
        reason_before: what should have been changed, of one that was submitted again since.
        before: who sent it back then, and when.
        decisions: the decisions the reader can make, by their keys.
        claim_actions: what they can do about who reviews.
        claim_help: what follows from that.
        pass_on_url: where they hand the review on; empty where nobody else could take it.
        comment: what was typed already, where a decision was refused.
        read: when the version on the screen was saved, as ISO 8601.
        may_resubmit: whether the reader can submit it again.
        question: a small correction that waits for its author.
        is_asked: whether the reader is that author.
        changes: the fields that differ from the public version; ``None`` where not compared.
    """

    page: Page
    step: TaskState
    heading: str
    facts: Sequence[str] = ()
    note: str = ""
    reason: str = ""
    reason_before: str = ""
    before: str = ""
    decisions: Sequence[str] = ()
    claim_actions: Sequence[Action] = ()
    claim_help: str = ""
    pass_on_url: str = ""
    comment: str = ""
    read: str = ""
    may_resubmit: bool = False
    question: Question | None = None
    is_asked: bool = False
    changes: Sequence[Comparison] | None = field(default=None, repr=False)

    @property
    def may_approve(self) -> bool:
        """Whether the main action is to approve."""
        return "approve" in self.decisions

    @property
    def may_reject(self) -> bool:
        """Whether changes can be requested."""
        return "reject" in self.decisions

    @property
    def may_hand_on(self) -> bool:
        """Whether an own correction waits to be checked by somebody else."""
        return "hand_on" in self.decisions

    @property
    def was_public(self) -> bool:
        """Whether readers have seen any version of the page."""
        return self.page.first_published_at is not None


def review_bar(request: SignedInRequest, page: BasePage) -> ReviewBar | None:
    """What the edit page of ``page`` says about its review; ``None`` where there is none.

    Args:
        request: of the person who looks at it.
        page: the version that is edited, specific.
    """
    state = page.current_workflow_state
    step = state.current_task_state if state else None
    if state is None or step is None:
        return None
    changes = public_changes(page) if request.method == "GET" and page.live else None
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _returned(page, step, request.user, changes)
    task = step.task.specific
    if not isinstance(task, ReviewTask):
        return None
    return _in_review(page, step, task, request, changes)


def public_changes(page: BasePage) -> list[Comparison]:
    """The fields in which ``page`` differs from its public version, by Wagtail's comparison.

    Keys of blocks and normalised markup are no difference.

    Args:
        page: a specific page as its latest version is.
    """
    public = type(page).objects.get(pk=page.pk)
    panel = page.get_edit_handler().get_bound_panel(instance=page)
    compared = (comparison(public, page) for comparison in panel.get_comparison())
    return [comparison for comparison in compared if _has_changed(comparison)]


def _has_changed(comparison: Comparison) -> bool:
    if not comparison.has_changed():
        return False
    if not isinstance(comparison, FieldComparison):
        return True
    return not is_same_value(comparison.field, comparison.val_a, comparison.val_b)


def _returned(
    page: Page, step: TaskState, user: User, changes: Sequence[Comparison] | None
) -> ReviewBar:
    permissions = page.permissions_for_user(user)
    return ReviewBar(
        page=page,
        step=step,
        heading=_("Sent back: please change it and submit it again"),
        facts=[_by_whom_and_when(step)],
        reason=step.comment,
        may_resubmit=permissions.can_submit_for_moderation(),
        changes=changes,
    )


def _by_whom_and_when(step: TaskState) -> str:
    who, moment = step.finished_by, step.finished_at or step.started_at
    details = {"name": who.get_full_name() if who else "", "when": when(moment)}
    return (_("by %(name)s on %(when)s") if who else _("on %(when)s")) % details


def _sent_back_before(step: TaskState) -> TaskState | None:
    """The step of the same review that sent it back last: its reason is what to read it for."""
    rejected = step.workflow_state.task_states.filter(status=TaskState.STATUS_REJECTED)
    return rejected.select_related("finished_by").order_by("pk").last()


def _in_review(
    page: Page,
    step: TaskState,
    task: ReviewTask,
    request: SignedInRequest,
    changes: Sequence[Comparison] | None,
) -> ReviewBar:
    user = request.user
    actions = task.get_actions(page, user)
    may_approve, may_decide = APPROVE in actions, task.may_decide(page, user)
    claim = Claim.objects.on(step)
    # Only a version after the submitted one can hold a correction.
    question = open_question(page) if step.revision_id != page.latest_revision_id else None
    is_asked = question is not None and question.author_id == user.pk
    has_note = not may_approve and question is None
    before = _sent_back_before(step)
    has_colleague = may_approve and task.reviewers(page).exclude(pk=user.pk).exists()
    return ReviewBar(
        page=page,
        step=step,
        heading=_heading(may_approve, is_asked),
        facts=[
            *_facts(step, claim, user, may_decide),
            _due(step, region_of(page)),
            *_absences(task, page, may_decide),
        ],
        note=_who_decides(task, page, user) if has_note else "",
        reason_before=before.comment if before else "",
        before=_by_whom_and_when(before) if before else "",
        decisions=_decisions(actions, question, user),
        question=question,
        is_asked=is_asked,
        claim_actions=claim_actions(claim, user) if may_approve else (),
        claim_help=_claim_help(claim, user) if may_approve else "",
        pass_on_url=reverse("pass_review_on", args=[step.pk]) if has_colleague else "",
        comment=request.POST.get(COMMENT_FIELD, ""),
        read=request.POST.get(READ_FIELD) or _saved_at(page),
        changes=changes,
    )


def _heading(may_approve: bool, is_asked: bool) -> str:
    if is_asked:
        return _("Do you agree to a small correction?")
    return _("Your decision, please") if may_approve else _("Waits for a decision")


def _decisions(actions: Sequence[Action], question: Question | None, user: User) -> list[str]:
    """What can be decided: not once more to have a correction checked whose author is asked."""
    asked = question is not None and question.reviewer == user
    names = [name for name, _label, _modal in actions if name in DECISIONS]
    return [name for name in names if not (asked and name == "hand_on")]


def _saved_at(page: Page) -> str:
    latest = page.get_latest_revision()
    return latest.created_at.isoformat() if latest else ""


def _facts(step: TaskState, claim: Claim | None, user: User, may_decide: bool) -> list[str]:
    """Which step, who submitted it, since when it waits, and who has taken it on."""
    submitter = step.workflow_state.requested_by
    facts = [
        step.task.name,
        _("submitted by %(name)s") % {"name": submitter.get_full_name()} if submitter else "",
        _("waits since %s") % when(step.started_at),
        _claimed(claim, user, may_decide) if claim else "",
    ]
    return [fact for fact in facts if fact]


def _due(step: TaskState, region: Region | None) -> str:
    land = region.land if region else ""
    day = due_on(step, land)
    text = _("overdue since %s") if is_overdue(step, land) else _("to be decided by %s")
    return text % date_format(day, "SHORT_DATE_FORMAT")


def _absences(task: ReviewTask, page: Page, may_decide: bool) -> list[str]:
    """Who would decide but is away: leads by name; of the desk only for who decides too."""
    region = region_of(page)
    if isinstance(task, HouseReviewTask) and region:
        people = leads_of(region)
    elif may_decide:
        people = national_editors()
    else:
        return []
    return [absence.named_phrase for absence in absences_of(people)]


def _claimed(claim: Claim, user: User, may_decide: bool) -> str:
    """Who has taken the review on; only reviewers read the name (ADR 0008)."""
    since = when(claim.since)
    if not may_decide:
        return _("Somebody has been reviewing it since %s.") % since
    if claim.user_id == user.pk:
        return _("You have taken this review on. It is kept for you until %s.") % when(claim.until)
    details = {"name": claim.user.get_full_name(), "since": since}
    return _("%(name)s took this review on at %(since)s. You may still decide.") % details


def _claim_help(claim: Claim | None, user: User) -> str:
    """What follows from the button about who reviews."""
    if claim is None:
        return _(
            "“I take it on” shows your name to the other reviewers for three days. They may still "
            "decide, and you can give it back."
        )
    if claim.user_id == user.pk:
        return _("“Give back” opens the review to everybody who may decide.")
    text = _("“I take it over”: %(name)s gets an e-mail, and the others see your name instead.")
    return text % {"name": claim.user.get_full_name()}


def _who_decides(task: ReviewTask, page: Page, user: User) -> str:
    """Who can approve the text, for somebody who cannot."""
    reviewers = list(task.reviewers(page))
    own = task.may_decide(page, user) and user.pk in excluded_from(page)
    if not reviewers:
        return _(
            "Everybody who could approve this text wrote or changed it. Please turn to the "
            "administration: it can name another reviewer, or publish in an emergency."
        )
    region = region_of(page)
    leads = set(leads_of(region)) if region and isinstance(task, HouseReviewTask) else set()
    names = ", ".join(person.get_full_name() for person in reviewers if person in leads)
    if names and own:
        text = _("You wrote or changed this text. Who can approve it: %(names)s.")
    elif names:
        text = _("The leads of the house decide. Until then only reviewers can change it.")
    elif not isinstance(task, HouseReviewTask):
        text = (
            _("You wrote or changed this text. Somebody else of the desk approves it.")
            if own
            else _("The national desk decides. Until then only reviewers can change it.")
        )
    elif own:
        text = _(
            "You wrote or changed this text, and your house has no other lead who can approve it: "
            "the national desk decides."
        )
    else:
        text = _(
            "The house has nobody who can approve this text: the national desk decides. Until "
            "then only reviewers can change it."
        )
    return text % {"names": names}
