"""Who may see which enquiry: the only place that decides it (F29: two levels)."""

from django.db.models import Q, QuerySet

from cms.models import User
from regions.access import is_administrator, is_national_editor, works_for_a_house
from regions.isolation import guard
from regions.models import Enquiry, EnquiryEvent, Region


def houses_of(user: User) -> QuerySet[Region]:
    """Regions whose house ``user`` works for, as editor or lead."""
    groups = user.groups.values("pk")
    return Region.objects.filter(Q(editors_group__in=groups) | Q(leads_group__in=groups))


@guard
def enquiries_for(user: User) -> QuerySet[Enquiry]:
    """The enquiries ``user`` may read and answer.

    Those of the own house; at the national desk those without a house; for
    administrators all.
    """
    if not user.is_active:
        return Enquiry.objects.none()
    if is_administrator(user):
        return Enquiry.objects.all()
    reach = Q(region__in=houses_of(user))
    if is_national_editor(user):
        reach |= Q(region__isnull=True)
    return Enquiry.objects.filter(reach)


def works_on_enquiries(user: User) -> bool:
    """Whether ``user`` can have enquiries at all, and needs the menu entry."""
    if not user.is_active:
        return False
    return is_administrator(user) or is_national_editor(user) or works_for_a_house(user)


def history_for(user: User, enquiry: Enquiry) -> QuerySet[EnquiryEvent]:
    """The steps ``user`` may read of an enquiry within reach.

    After a handover, names and notes of the house before stay with that house.
    """
    events = enquiry.events.select_related("user", "region")
    return events if is_administrator(user) else events.filter(region=enquiry.region_id)
