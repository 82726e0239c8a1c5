"""Claims: who looks at which open review, so that two people do not do the same work.

Taking a review on, giving it back, handing it to a colleague; who is affected hears by mail.
"""

import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, Task, TaskState, WorkflowState

from cms.models import User
from cms.text import when
from regions.models import Absence
from workflows import emails
from workflows.page_in_review import page_of
from workflows.refusals import ReviewRefused, claimed_already, decided_already, is_open

#: After this long a claim lapses by itself: somebody may be ill.
LASTS = datetime.timedelta(days=3)
#: Where a step keeps its claim once it was loaded.
LOADED = "_loaded_claim"


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
        """The claim that holds on an open step now, or did when :func:`load_claim` asked."""
        if LOADED in vars(task_state):
            loaded: Claim | None = vars(task_state)[LOADED]
            return loaded
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
    since = models.DateTimeField(gettext_lazy("since"), default=timezone.now)
    until = models.DateTimeField(gettext_lazy("until"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("claimed review")
        verbose_name_plural = gettext_lazy("claimed reviews")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.workflow_state_id}: {self.user_id}"


def load_claim(step: TaskState) -> None:
    """Ask once who has taken ``step`` on, for a screen that only shows it."""
    vars(step)[LOADED] = Claim.objects.on(step)


def open_step(task_state: TaskState, user: User) -> TaskState:
    """The step, locked for this transaction: of two people at once one comes second.

    Raises:
        ReviewRefused: if it has been decided, saying who decided what when.
    """
    locked = TaskState.objects.select_for_update().get(pk=task_state.pk)
    if not is_open(locked):
        raise ReviewRefused(decided_already(locked, user))
    return locked


@transaction.atomic
def take(task_state: TaskState, user: User, from_colleague: bool = False) -> Claim:
    """Have ``user`` take the step on; taking it again renews the time.

    Args:
        task_state: an open step that ``user`` may decide.
        user: the reviewer.
        from_colleague: whether a colleague's claim is known and meant to be replaced;
            the colleague is told by mail.

    Raises:
        ReviewRefused: if a colleague was faster, or the step is decided.
    """
    step = open_step(task_state, user)
    before = Claim.objects.on(step)
    others = before if before is not None and before.user_id != user.pk else None
    if others and not from_colleague:
        raise ReviewRefused(claimed_already(others.user.get_full_name(), others.since))
    claim = _hold(step, user)
    log(instance=_page(step), action="workflows.claim", user=user, revision=step.revision)
    if others:
        _tell_former(others.user, step, user)
    return claim


@transaction.atomic
def give_back(task_state: TaskState, user: User) -> None:
    """End the claim of ``user``; the step is open to all its reviewers again."""
    step = open_step(task_state, user)
    if Claim.objects.filter(workflow_state=step.workflow_state_id, user=user).delete()[0]:
        log(instance=_page(step), action="workflows.give_back", user=user, revision=step.revision)


def colleagues(task_state: TaskState, user: User) -> models.QuerySet[User]:
    """Whom ``user`` can hand the step to: those who are asked to decide on it, the deputy first.

    Returns:
        People with ``is_deputy``: whether they stand in for ``user``, now or soon.
    """
    reviewers = task_state.task.specific.reviewers(_page(task_state)).exclude(pk=user.pk)
    named = Absence.objects.filter(user=user, deputy=models.OuterRef("pk"))
    found = reviewers.annotate(is_deputy=models.Exists(named))
    return found.order_by("-is_deputy", "last_name", "first_name", "pk")


@transaction.atomic
def pass_on(task_state: TaskState, user: User, successor: User, note: str = "") -> Claim:
    """Hand the step to a colleague of the same house or desk, who is told by mail.

    Raises:
        ReviewRefused: if the colleague may not decide on it, a third person holds
            it, or it is decided.
    """
    step = open_step(task_state, user)
    before = Claim.objects.on(step)
    if before and before.user_id not in (user.pk, successor.pk):
        raise ReviewRefused(claimed_already(before.user.get_full_name(), before.since))
    if not colleagues(step, user).filter(pk=successor.pk).exists():
        raise ReviewRefused(_("This person does not review this page. Nothing was changed."))
    claim = _hold(step, successor)
    page = _page(step)
    log(
        instance=page,
        action="workflows.pass_on",
        user=user,
        revision=step.revision,
        data={"to": successor.pk, "note": note},
    )
    _tell_successor(successor, page, user, claim, note)
    return claim


def release(workflow_state: WorkflowState, decided_by: User | None = None) -> None:
    """End the claim on a review that moves on; its holder hears of another's decision."""
    claim = Claim.objects.filter(workflow_state=workflow_state).select_related("user").first()
    if claim is None:
        return
    claim.delete()
    if decided_by is None or claim.user_id == decided_by.pk or claim.until <= timezone.now():
        return
    page = page_of(workflow_state)
    emails.send(
        [claim.user],
        _("Already decided: %(title)s") % {"title": page.get_admin_display_title()},
        emails.signed(
            _("%(name)s has decided on “%(title)s”, which you had taken on. Nothing is left to do.")
            % {"name": decided_by.get_full_name(), "title": page.get_admin_display_title()},
            page,
        ),
    )


@transaction.atomic
def hand_over(
    from_user: User,
    to_user: User | None = None,
    claims: models.QuerySet[Claim] | None = None,
    tell: bool = True,
) -> int:
    """Give the reviews ``from_user`` has taken on to ``to_user``, or back to all reviewers.

    Called when a person leaves a house (``workflows.responsibilities``) or for good
    (``cms.signals.person_left``). What ``to_user`` may not decide on (another
    house, their own text) goes back to its reviewers.

    Args:
        from_user: who gives.
        to_user: who gets.
        claims: only these of ``from_user``.
        tell: whether ``to_user`` gets a mail about each page.

    Returns:
        How many were handed to ``to_user``.
    """
    handed = 0
    given = from_user.review_claims.all() if claims is None else claims
    for claim in list(given.select_related("workflow_state")):
        step = claim.workflow_state.current_task_state
        claim.delete()
        if to_user is None or step is None or not is_open(step):
            continue
        if colleagues(step, from_user).filter(pk=to_user.pk).exists():
            fresh = _hold(step, to_user)
            if tell:
                _tell_successor(to_user, _page(step), from_user, fresh, "")
            handed += 1
    return handed


def _page(task_state: TaskState) -> Page:
    return page_of(task_state.workflow_state).specific_deferred


def _hold(step: TaskState, user: User) -> Claim:
    now = timezone.now()
    claim, _created = Claim.objects.update_or_create(
        workflow_state_id=step.workflow_state_id,
        defaults={"task_id": step.task_id, "user": user, "since": now, "until": now + LASTS},
    )
    return claim


def _tell_former(former: User, step: TaskState, user: User) -> None:
    page = _page(step)
    title = page.get_admin_display_title()
    emails.send(
        [former],
        _("Taken over: %(title)s") % {"title": title},
        emails.signed(
            _("%(name)s has taken the review of “%(title)s” over from you.")
            % {"name": user.get_full_name(), "title": title},
            page,
        ),
    )


def _tell_successor(successor: User, page: Page, user: User, claim: Claim, note: str) -> None:
    title = page.get_admin_display_title()
    body = _(
        "%(name)s asks you to review “%(title)s”. It is kept for you until %(until)s; "
        "after that anybody of your house or desk may take it on."
    ) % {"name": user.get_full_name(), "title": title, "until": when(claim.until)}
    if note:
        body += "\n\n" + _("Note: %(note)s") % {"note": note}
    emails.send(
        [successor],
        _("Please review: %(title)s") % {"title": title},
        emails.signed(body, page),
    )
