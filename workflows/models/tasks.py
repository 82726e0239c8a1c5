"""The review tasks: the region's leads, the national desk (F27: quality assurance)."""

from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail.log_actions import log
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from cms.editing.content_comparison import is_same_content
from cms.models import User
from regions.access import (
    administrators,
    is_lead,
    is_national_editor,
    leads_of,
    national_editors,
    region_of,
)
from regions.people.absences import present
from workflows import corrections
from workflows.approval_forms import RequestChangesForm
from workflows.four_eyes import excluded_at, excluded_from
from workflows.locks import ReviewLock
from workflows.models import claims
from workflows.models.claims import Claim
from workflows.models.review_paths import HOUSE_DECIDES
from workflows.page_in_review import page_of
from workflows.refusals import ReviewRefused

Action = tuple[str, StrOrPromise, bool]
"""Key, label, and whether a dialogue asks for more before it is done."""

APPROVE: Action = ("approve", _("Approve"), False)
APPROVE_WITH_COMMENT: Action = ("approve", _("Approve with comment"), True)
REQUEST_CHANGES: Action = ("reject", _("Request changes"), True)
HAND_ON: Action = ("hand_on", _("Have my correction checked"), False)
CLAIM: Action = ("claim", _("I take it on"), False)
TAKE_OVER: Action = ("take_over", _("I take it over"), False)
GIVE_BACK: Action = ("give_back", _("Give back"), False)


def desk(exclude: Collection[int] = ()) -> models.QuerySet[User]:
    """Who decides for the nation: the desk, or the administrators where it has nobody else.

    Who is away is not asked, unless all are.

    Args:
        exclude: the ids of people who cannot be asked, as the author of the text.
    """
    editors = national_editors().exclude(pk__in=exclude)
    for people in (present(editors), editors):
        if people.exists():
            return people
    return administrators().exclude(pk__in=exclude)


def decisions(
    page: Page, latest: Revision | None, step: TaskState | None, user: User
) -> list[Action]:
    """What a reviewer can decide on the latest text: nobody approves one of their own."""
    if latest and user.pk in excluded_at(page, latest, step):
        corrected = step is not None and step.revision_id != latest.pk
        return [HAND_ON, REQUEST_CHANGES] if corrected else [REQUEST_CHANGES]
    return [REQUEST_CHANGES, APPROVE, APPROVE_WITH_COMMENT]


def claim_actions(claim: Claim | None, user: User) -> list[Action]:
    """What a reviewer can do about who reviews."""
    if claim is None:
        return [CLAIM]
    return [GIVE_BACK] if claim.user_id == user.pk else [TAKE_OVER]


def _take_latest(step: TaskState, latest: Revision) -> None:
    """Have the step stand for ``latest``, and those before it if it says the same.

    Otherwise Wagtail would have a text that somebody saved unchanged approved all over again.
    """
    if step.revision_id == latest.pk:
        return
    states = step.workflow_state.task_states.filter(revision=step.revision_id)
    if not is_same_content(step.revision, latest):
        states = states.filter(pk=step.pk)
    states.update(revision=latest)
    step.revision = latest


def _passed_house(review: WorkflowState) -> list[TaskState]:
    """The steps with which the house let through what the desk has just sent back."""
    steps = review.task_states.select_related("task", "revision").order_by("-pk")
    last = steps.first()
    if last is None or last.status != TaskState.STATUS_REJECTED:
        return []
    passed = steps.filter(status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED))
    return [step for step in passed if isinstance(step.task.specific, HouseReviewTask)]


class ReviewTask(Task):
    """What both reviews share. Who may decide depends on the page's region.

    Not Wagtail's ``GroupApprovalTask``: one over all regions' leads would open
    other regions' pages for editing.
    """

    changes_public_pages = False

    class Meta:
        abstract = True

    @classmethod
    def is_deciding(cls, page: Page) -> bool:
        """Whether an approval in this task makes ``page`` public."""
        return True

    def may_decide(self, page: Page, user: User) -> bool:
        """Whether ``user`` may decide on ``page`` in this task."""
        raise NotImplementedError

    def reviewers(self, page: Page) -> models.QuerySet[User]:
        """The people who are asked to decide on ``page``."""
        raise NotImplementedError

    def is_with_desk(self, page: Page) -> bool:
        """Whether the national desk is asked to decide on ``page``, and not a house."""
        return True

    lock_class = ReviewLock

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        """Reviewers may open, comment and correct what they review."""
        return self.may_decide(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        """While a page is reviewed only its reviewers may change it."""
        return not self.may_decide(obj, user)

    def get_actions(self, obj: Page, user: User) -> list[Action]:
        """What ``user`` can do with the open step."""
        if not self.may_decide(obj, user):
            return []
        step = obj.current_workflow_task_state
        actions = decisions(obj, obj.get_latest_revision(), step, user)
        if step is None or APPROVE not in actions:
            return actions
        return [*actions, *claim_actions(Claim.objects.on(step), user)]

    def get_form_for_action(self, action: str) -> type:
        """Changes are asked for with a reason."""
        return RequestChangesForm if action == "reject" else super().get_form_for_action(action)

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: User, action_name: str, **kwargs: object
    ) -> None:
        """Carry out a decision, or what leads to it.

        Raises:
            PermissionDenied: if ``user`` may not decide here (a forged request,
                or a role lost since the page was opened).
            ReviewRefused: if a colleague was faster, or a reason is missing.
        """
        page = page_of(task_state.workflow_state)
        if not self.may_decide(page, user):
            raise PermissionDenied
        step = claims.open_step(task_state, user)
        if action_name in ("claim", "take_over"):
            claims.take(step, user, from_colleague=action_name == "take_over")
        elif action_name == "give_back":
            claims.give_back(step, user)
        elif action_name == "hand_on":
            self._correct(step, page, user, kwargs.get("comment"), resume=True)
        elif action_name == "approve":
            self._approve(step, page, user, **kwargs)
        else:
            self._decide(step, user, action_name, **kwargs)

    def _decide(self, step: TaskState, user: User, action_name: str, **kwargs: object) -> None:
        if action_name == "reject" and not str(kwargs.get("comment") or "").strip():
            raise ReviewRefused(_("Please say what should be changed."))
        claims.release(step.workflow_state, decided_by=user)
        super().on_action(step, user, action_name, **kwargs)

    def _approve(self, step: TaskState, page: Page, user: User, **kwargs: object) -> None:
        """Approve the text on the screen, with a colleague's corrections but no own ones.

        Raises:
            PermissionDenied: if ``user`` wrote or submitted it.
        """
        latest = page.get_latest_revision()
        if user.pk not in excluded_at(page, latest, step):
            _take_latest(step, latest)
            self._decide(step, user, "approve", **kwargs)
        elif user.pk in excluded_at(page, step.revision, step):
            raise PermissionDenied
        else:
            self._correct(step, page, user, kwargs.get("comment"))

    def _correct(
        self, step: TaskState, page: Page, user: User, comment: object, resume: bool = False
    ) -> None:
        """Ask the author to agree to a slip; have somebody else check every other correction."""
        found = corrections.small_correction(step, page, user)
        if found is None:
            self._pass_correction_on(step, page, user, resume)
        else:
            corrections.ask(page, user, *found, comment=str(comment or ""))

    @transaction.atomic
    def follow_agreement(self, question: corrections.Question, author: User) -> bool:
        """Approve a corrected text for its reviewer, now that its author stands for it.

        Returns:
            Whether it was approved: not where the reviewer may not decide any more.

        Raises:
            ReviewRefused: if the step was decided meanwhile, or the text is another one.
        """
        step = claims.open_step(question.step, author)
        page, reviewer = page_of(step.workflow_state), question.reviewer
        still = corrections.open_question(page)
        if still is None or still.pk != question.pk:
            raise ReviewRefused(str(corrections.NOTHING_TO_AGREE))
        corrections.agree(question, author)
        latest = page.get_latest_revision()
        if not self.may_decide(page, reviewer) or reviewer.pk in excluded_at(page, latest, step):
            return False
        # What the house approved before the desk corrected a slip in it stays approved.
        step.workflow_state.task_states.filter(revision=step.revision_id).update(revision=latest)
        step.revision = latest
        self._decide(step, reviewer, "approve", comment=question.comment)
        return True

    def _pass_correction_on(
        self, step: TaskState, page: Page, user: User, resume: bool = False
    ) -> None:
        """Begin the review again on a corrected text, which somebody else approves.

        Not Wagtail's approval of the text before: it would stand in the log.

        Args:
            step: the open step, on the text before.
            page: the page.
            user: who corrected it.
            resume: ask the other reviewers of this step, not those of the first one.
        """
        claims.release(step.workflow_state)
        log(
            instance=page.specific_deferred,
            action="workflows.corrected",
            user=user,
            revision=page.get_latest_revision(),
        )
        step.cancel(user=user, resume=resume)

    def _states_on(self, pages: models.QuerySet[Page]) -> models.QuerySet[TaskState]:
        ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
        return self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=ids
        )


class HouseReviewTask(ReviewTask):
    """A region's leads decide; the national desk can step in when none is there."""

    class Meta:
        verbose_name = _("Review by the house")
        verbose_name_plural = _("Reviews by the house")

    @classmethod
    def get_description(cls) -> StrOrPromise:
        """Shown where administrators look at workflows."""
        return _("The leads of the page's own region decide.")

    @classmethod
    def is_deciding(cls, page: Page) -> bool:
        """Whether the desk has no say after the house."""
        return page.specific_class._meta.label_lower in HOUSE_DECIDES

    def may_decide(self, page: Page, user: User) -> bool:
        """Leads of the page's region, and the national desk."""
        return is_lead(user, region_of(page)) or is_national_editor(user)

    def reviewers(self, page: Page) -> models.QuerySet[User]:
        """The region's other leads who are there; the national desk if there is no other."""
        excluded = excluded_from(page)
        leads = self._leads(page, excluded)
        # Read at once: they are few, and whoever asks for them mostly reads them.
        return leads if leads else desk(exclude=excluded)

    def is_with_desk(self, page: Page) -> bool:
        """Whether no lead who is there can decide."""
        return not self._leads(page, excluded_from(page)).exists()

    def _leads(self, page: Page, excluded: Collection[int]) -> models.QuerySet[User]:
        region = region_of(page)
        leads = leads_of(region) if region else get_user_model().objects.none()
        return present(leads).exclude(pk__in=excluded)

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Start, or skip where the house has nothing to add.

        National pages have no house. What a lead submits to the desk the house
        has seen already.
        """
        page = page_of(workflow_state)
        region = region_of(page)
        desk_follows = NationalReviewTask.objects.filter(
            workflow_tasks__workflow=workflow_state.workflow, active=True
        ).exists()
        if desk_follows and (region is None or (user and is_lead(user, region))):
            return self._skip(workflow_state)
        return super().start(workflow_state, user=user)

    def _skip(self, workflow_state: WorkflowState) -> TaskState:
        return TaskState.objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=page_of(workflow_state).get_latest_revision(),
            status=TaskState.STATUS_SKIPPED,
        )

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: object
    ) -> models.QuerySet[TaskState]:
        """Open reviews in the regions the user leads; all for the national desk."""
        if is_national_editor(user):
            return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        houses = Page.objects.filter(
            housepage__region_record__leads_group__in=user.groups.all()
        ).only("path", "depth")
        pages = Page.objects.none()
        for house in houses:
            pages |= Page.objects.descendant_of(house, inclusive=True)
        return self._states_on(pages)


class NationalReviewTask(ReviewTask):
    """The national desk decides (F73: national editors are people of BBE and OM)."""

    class Meta:
        verbose_name = _("Review by the national desk")
        verbose_name_plural = _("Reviews by the national desk")

    @classmethod
    def get_description(cls) -> StrOrPromise:
        """Shown where administrators look at workflows."""
        return _("The editors of the national desk decide.")

    def may_decide(self, page: Page, user: User) -> bool:
        """Only members of the national desk decide."""
        return is_national_editor(user)

    def reviewers(self, page: Page) -> models.QuerySet[User]:
        """The national desk, less the authors of the text; administrators if nobody is left."""
        return desk(exclude=excluded_from(page))

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Start, or ask the house again: what comes back changed, it has not approved."""
        steps = _passed_house(workflow_state)
        latest = page_of(workflow_state).get_latest_revision()
        same = [step.pk for step in steps if is_same_content(step.revision, latest)]
        if steps and not same:
            return steps[0].task.specific.start(workflow_state, user=user)
        # Its approval holds for what says the same; Wagtail asks for the revision.
        workflow_state.task_states.filter(pk__in=same).update(revision=latest)
        return super().start(workflow_state, user=user)

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: object
    ) -> models.QuerySet[TaskState]:
        """All open reviews of the desk."""
        if is_national_editor(user):
            return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return TaskState.objects.none()
