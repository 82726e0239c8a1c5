"""Who may read which figures: the only place that decides it."""

from django.db.models import QuerySet

from checks.models import QuarterTables
from cms.models import User
from regions.access import works_for_a_house
from regions.enquiries.access import houses_of
from regions.isolation import guard
from regions.isolation.reach import has_national_scope


@guard
def tables_for(user: User) -> QuerySet[QuarterTables]:
    """Those of the own house; at the national desk and for administrators all."""
    if not user.is_active:
        return QuarterTables.objects.none()
    if has_national_scope(user):
        return QuarterTables.objects.all()
    return QuarterTables.objects.filter(region__in=houses_of(user))


def reads_tables(user: User) -> bool:
    """Whether there can be any for ``user``, who needs the menu entry then."""
    return user.is_active and (has_national_scope(user) or works_for_a_house(user))
