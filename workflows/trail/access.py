"""Who reads which entries of the log: the only place that decides it."""

from django.db.models import Q, QuerySet

from cms.models import User
from regions.access import is_administrator, is_national_editor, leads_a_house
from regions.models import Region
from workflows.models import TrailEntry


def houses_led(user: User) -> QuerySet[Region]:
    """The houses ``user`` leads; asks the database each time."""
    if not user.is_active:
        return Region.objects.none()
    return Region.objects.filter(leads_group__in=user.groups.values("pk"))


def reads_the_log(user: User) -> bool:
    """Leads, the national desk, administrators."""
    return is_administrator(user) or is_national_editor(user) or leads_a_house(user)


def entries_for(user: User) -> QuerySet[TrailEntry]:
    """Everything for administrators; the own houses for leads; the nation's for its desk.

    The desk reads of emergencies everywhere, but nothing about the nation's
    accounts and rights.
    """
    entries = TrailEntry.objects.all()
    if is_administrator(user):
        return entries.filter(first=True)
    seen = Q(region__in=houses_led(user).values("pk"))
    if is_national_editor(user):
        seen |= Q(region__isnull=True, about_people=False)
        seen |= Q(page_entry__action="workflows.emergency")
    elif not houses_led(user).exists():
        return entries.none()
    return entries.filter(seen)
