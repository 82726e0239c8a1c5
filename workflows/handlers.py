"""What the review follows from outside: people, pages and houses that come and go."""

from collections.abc import Collection, Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    post_page_move,
    task_approved,
    workflow_cancelled,
    workflow_rejected,
)
from wagtail_localize.models import SegmentOverride

from cms.models import User
from cms.signals import person_left
from regions.access import region_of
from regions.models import Absence, Region
from regions.people.absences import check_roles
from regions.people.responsibilities import open_reviews
from regions.signals import absence_began, region_archived
from workflows.models import Claim, claims
from workflows.outcomes.absent import absence_began as pass_on_what_was_taken
from workflows.outcomes.absent import changes_reach_deputy
from workflows.outcomes.archived import region_archived as end_reviews_of_region
from workflows.outcomes.decided import approved_with_comment, sent_back_by_desk
from workflows.outcomes.deleted import page_deleted
from workflows.outcomes.moved import page_moved
from workflows.outcomes.people import changes_reach_nobody, roles_lost
from workflows.translation.access import check_override


def follow_departure(
    sender: type[User], user: User, successor: User | None, region: Region | None, **kwargs: object
) -> None:
    """Reviews that somebody has taken on do not leave with them; other houses' stay."""
    held = user.review_claims.all()
    if region is not None:
        held = held.filter(workflow_state__in=open_reviews(region))
    claims.hand_over(user, successor, claims=held)


def follow_groups(
    sender: object,
    instance: User | Group,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **kwargs: object,
) -> None:
    """A role was taken away, from either side of the relation."""
    if action == "pre_clear":
        related = instance.user_set if isinstance(instance, Group) else instance.groups
        vars(instance)["_cleared"] = set(related.values_list("pk", flat=True))
    if action not in ("post_remove", "post_clear"):
        return
    gone = pk_set if pk_set is not None else getattr(instance, "_cleared", set())
    if isinstance(instance, Group):
        for user in get_user_model().objects.filter(pk__in=gone):
            _lose_roles(user, [instance.pk])
    elif gone:
        _lose_roles(instance, gone)


def _lose_roles(user: User, group_ids: Iterable[int]) -> None:
    # Nobody is asked for a deputy who cannot decide any more.
    check_roles(user)
    roles_lost(user, group_ids)


def remember_account(
    sender: type[User],
    instance: User,
    *,
    update_fields: Collection[str] | None = None,
    **kwargs: object,
) -> None:
    """Whether the account was active and an administrator's until now."""
    if update_fields is not None and not {"is_active", "is_superuser"} & set(update_fields):
        vars(instance)["_was"] = (instance.is_active, instance.is_superuser)
        return
    before = sender.objects.filter(pk=instance.pk).values_list("is_active", "is_superuser")
    vars(instance)["_was"] = before.first() or (None, None)


def follow_rest(sender: type[User], instance: User, **kwargs: object) -> None:
    """A deactivated account decides nothing."""
    if getattr(instance, "_was", (None,))[0] and not instance.is_active:
        _lose_roles(instance, list(instance.groups.values_list("pk", flat=True)))


def rest_before_deletion(sender: type[User], instance: User, **kwargs: object) -> None:
    """A deleted account leaves the same behind."""
    if instance.is_active:
        instance.is_active = False
        instance.save(update_fields=["is_active"])


def follow_move(
    sender: type[Page], instance: Page, parent_page_before: Page, **kwargs: object
) -> None:
    """A page may have come to another house."""
    page_moved(instance, region_of(parent_page_before))


def follow_deletion(sender: type[Page], instance: Page, **kwargs: object) -> None:
    """End the review of a page that is being deleted, while its rows still exist."""
    page_deleted(instance)


def follow_archiving(sender: type[Region], region: Region, **kwargs: object) -> None:
    """End all open reviews of a region that is archived."""
    end_reviews_of_region(region)


def follow_absence(sender: type[Absence], absence: Absence, **kwargs: object) -> None:
    """Nothing waits for somebody who is away."""
    pass_on_what_was_taken(absence)


def forget_claim(sender: type[WorkflowState], instance: WorkflowState, **kwargs: object) -> None:
    """Delete the claim on a review that was withdrawn."""
    Claim.objects.filter(workflow_state=instance).delete()


def follow_rejection(
    sender: type[WorkflowState], instance: WorkflowState, user: User | None = None, **kwargs: object
) -> None:
    """The mail to the author may reach nobody; the house is told what the desk wants."""
    if not changes_reach_nobody(instance, user):
        sent_back_by_desk(instance, user)
        changes_reach_deputy(instance, user)


def follow_approval(
    sender: type[TaskState], instance: TaskState, user: User | None = None, **kwargs: object
) -> None:
    """Wagtail keeps the comment of an approval in the log."""
    approved_with_comment(instance, user)


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    user_model = get_user_model()
    person_left.connect(follow_departure, dispatch_uid="review.departure")
    m2m_changed.connect(follow_groups, sender=user_model.groups.through)
    pre_save.connect(remember_account, sender=user_model)
    post_save.connect(follow_rest, sender=user_model)
    pre_delete.connect(rest_before_deletion, sender=user_model)
    post_page_move.connect(follow_move, dispatch_uid="review.moved")
    pre_delete.connect(follow_deletion, sender=Page)
    absence_began.connect(follow_absence, dispatch_uid="review.absence")
    region_archived.connect(follow_archiving, dispatch_uid="review.archived")
    post_save.connect(check_override, sender=SegmentOverride)
    workflow_cancelled.connect(forget_claim, dispatch_uid="review.cancelled")
    workflow_rejected.connect(follow_rejection, dispatch_uid="review.rejected")
    task_approved.connect(follow_approval, dispatch_uid="review.approved")
