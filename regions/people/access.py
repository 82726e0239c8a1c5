"""Whose people one may look after: the only place that decides it (F29: two levels)."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from cms.models import User
from regions.access import is_administrator
from regions.isolation import guard
from regions.models import Region, Role


@guard
def houses_led(user: User) -> QuerySet[Region]:
    """Regions whose people ``user`` looks after; asks the database each time.

    The active ones a lead leads; for administrators all.
    """
    if not user.is_active:
        return Region.objects.none()
    if is_administrator(user):
        return Region.objects.all()
    return Region.objects.active().filter(leads_group__in=user.groups.values("pk"))


def may_manage(user: User, region: Region) -> bool:
    """Whether ``user`` looks after the people of ``region``."""
    return houses_led(user).filter(pk=region.pk).exists()


def lock(region: Region, actor: User) -> Region:
    """Let changes to the people of a house happen one after the other.

    Call it first in a transaction: two leads who send each other off at once
    would otherwise both succeed, and a right lost since the page was opened
    would still count.

    Returns:
        The region read anew.

    Raises:
        PermissionDenied: if ``actor`` may not (any more).
    """
    fresh = Region.objects.select_for_update(of=("self",)).get(pk=region.pk)
    person = get_user_model().objects.filter(pk=actor.pk).first()
    if person is None or not may_manage(person, fresh):
        raise PermissionDenied
    return fresh


def members(region: Region) -> QuerySet[User]:
    """Accounts in one of the two groups of ``region``, active or not."""
    groups = [region.editors_group_id, region.leads_group_id]
    return get_user_model().objects.filter(groups__in=groups).distinct()


def active_members(region: Region) -> QuerySet[User]:
    """Who works for the house."""
    return members(region).filter(is_active=True)


def manageable(region: Region) -> QuerySet[User]:
    """Members whose role or work for the house can be changed here.

    Neither administrators, whom no lead touches, nor inactive accounts, which
    are invited again.
    """
    return active_members(region).filter(is_superuser=False)


def works_elsewhere(user: User, region: Region) -> bool:
    """Whether the account has a task beyond the house of ``region``."""
    own = [region.editors_group_id, region.leads_group_id]
    return user.is_superuser or user.groups.exclude(pk__in=own).exists()


def own_accounts(region: Region) -> QuerySet[User]:
    """Accounts, active or not, that work for this region and for nobody else."""
    groups = [region.editors_group_id, region.leads_group_id]
    elsewhere = Q(groups__isnull=False) & ~Q(groups__in=groups)
    users = get_user_model().objects
    return (
        users.filter(groups__in=groups, is_superuser=False)
        .exclude(pk__in=users.filter(elsewhere).values("pk"))
        .distinct()
    )


def leads_among(region: Region, users: Iterable[User]) -> set[int]:
    """The ids of those who lead the house, in one query."""
    ids = [user.pk for user in users]
    leads = get_user_model().objects.filter(groups=region.leads_group_id, pk__in=ids)
    return set(leads.values_list("pk", flat=True))


def role_of(user: User, region: Region) -> str:
    """The role of a member; whoever is in both groups leads."""
    return Role.LEAD if user.pk in leads_among(region, [user]) else Role.EDITOR
