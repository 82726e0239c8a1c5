"""Who reads which entries of the log: the only place that decides it."""

from django.db.models import Q, QuerySet
from wagtail.models import PageLogEntry

from audit.models import TrailEntry
from cms.models import User
from regions.access import is_administrator, is_national_editor, leads_a_house
from regions.models import Region

EMERGENCY = "workflows.emergency"


def houses_led(user: User) -> QuerySet[Region]:
    """The houses ``user`` leads; asks the database each time."""
    if not user.is_active:
        return Region.objects.none()
    return Region.objects.filter(leads_group__in=user.groups.values("pk"))


def reads_the_log(user: User) -> bool:
    """Whether ``user`` may read the log: leads, the national desk, administrators."""
    return is_administrator(user) or is_national_editor(user) or leads_a_house(user)


def entries_for(user: User) -> QuerySet[TrailEntry]:
    """Everything for administrators; the own houses for leads; the nation's for its desk.

    The desk reads of emergencies everywhere, but nothing about the nation's
    accounts and rights.

    The few houses and emergencies are asked for first and named one by one: with a
    subquery or a join in their place the database reads the whole log.
    """
    entries = TrailEntry.objects.all()
    if is_administrator(user):
        return entries.filter(first=True)
    led = list(houses_led(user).order_by().values_list("pk", flat=True))
    seen = Q(region__in=led)
    if is_national_editor(user):
        emergencies = PageLogEntry.objects.filter(action=EMERGENCY).order_by()
        seen |= Q(region__isnull=True, about_people=False)
        seen |= Q(page_entry__in=list(emergencies.values_list("pk", flat=True)))
    elif not led:
        return entries.none()
    return entries.filter(seen)
