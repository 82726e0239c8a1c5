"""Absences: who can stand in for whom, and what happens when one begins, ends, or loses its deputy.

Whether somebody is asked to decide while they are away: ``workflows.models.tasks``.
"""

import datetime
import logging

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.jobs.registry import register as register_work
from cms.models import User
from regions.access import national_editors
from regions.models import Absence, Region
from regions.people import emails
from regions.signals import absence_began

logger = logging.getLogger(__name__)


def present(people: QuerySet[User]) -> QuerySet[User]:
    """Those of ``people`` who are not away today."""
    return people.exclude(pk__in=Absence.objects.current().values("user"))


def absence_of(user: User) -> Absence | None:
    """The absence of ``user``, if it is today."""
    return Absence.objects.current().with_deputies().filter(user=user).first()


def absences_of(people: QuerySet[User]) -> list[Absence]:
    """Who of ``people`` is away today, by name; one query."""
    found = Absence.objects.current().with_deputies().filter(user__in=people)
    return list(found.order_by("user__last_name", "user__first_name", "user"))


def is_in_desk(user: User) -> bool:
    """Whether ``user`` is a member of the national desk, not only allowed to act for it."""
    return national_editors().filter(pk=user.pk).exists()


def possible_deputies(user: User) -> QuerySet[User]:
    """Who can stand in for ``user``: who can do the same, in a house or at the desk they share.

    For a lead the other leads of the house, for an editor everybody of the house.
    """
    own = set(user.groups.values_list("pk", flat=True))
    houses = Region.objects.active().filter(Q(editors_group__in=own) | Q(leads_group__in=own))
    groups = set()
    for editors, leads in houses.values_list("editors_group", "leads_group"):
        groups |= {leads} if leads in own else {editors, leads}
    found = Q(groups__in=groups)
    if is_in_desk(user):
        found |= Q(pk__in=national_editors().values("pk"))
    people = get_user_model().objects.filter(found, is_active=True)
    return people.exclude(pk=user.pk).distinct().order_by("last_name", "first_name", "pk")


@transaction.atomic
def state(
    user: User, first: datetime.date, last: datetime.date, deputy: User | None = None
) -> Absence:
    """Keep that ``user`` is away; from its first day on what they had taken on passes on.

    Args:
        user: who is away.
        first: the first day.
        last: the last day.
        deputy: one of :func:`possible_deputies`, who is told by mail, also of other days; as is
            who was it before.
    """
    before = Absence.objects.filter(user=user).first()
    knows_days = (before.starts_on, before.ends_on) if before and before.deputy == deputy else None
    if before and before.deputy != deputy:
        emails.tell_deputy_free(before)
    absence = before or Absence(user=user)
    absence.starts_on, absence.ends_on, absence.deputy = first, last, deputy
    absence.begun = absence.begun and absence.is_current
    absence.save()
    if knows_days != (first, last):
        emails.tell_deputy(absence, is_change=knows_days is not None)
    if absence.is_current:
        begin(absence)
    return absence


def end(user: User) -> None:
    """Forget the absence of ``user``, who is back or stays; the deputy is told."""
    for absence in Absence.objects.filter(user=user).select_related("user", "deputy"):
        emails.tell_deputy_free(absence)
        absence.delete()


@transaction.atomic
def begin(absence: Absence) -> None:
    """Pass on what the person had taken on; once for each absence."""
    if Absence.objects.filter(pk=absence.pk, begun=False).update(begun=True):
        absence_began.send(sender=Absence, absence=absence)


def check_roles(user: User) -> None:
    """After ``user`` has lost a role: they stand in only for whom they still can, and likewise.

    Who stood in for them, and they for whom, is told that a deputy is missing.
    """
    if not user.is_active:
        end(user)
    concerned = Absence.objects.filter(Q(deputy=user) | Q(user=user, deputy__isnull=False))
    for absence in concerned.select_related("user", "deputy"):
        deputy = absence.deputy
        if deputy and not possible_deputies(absence.user).filter(pk=deputy.pk).exists():
            Absence.objects.filter(pk=absence.pk).update(deputy=None)
            emails.tell_deputy_gone(absence)


def follow_days() -> str:
    """Begin the absences whose first day has come, and delete those that are over.

    Returns:
        How many.

    Raises:
        Exception: what stopped the last one that failed to begin, after all others.
    """
    over, _rows = Absence.objects.filter(ends_on__lt=timezone.localdate()).delete()
    begun, failure = 0, None
    for absence in Absence.objects.current().with_deputies().filter(begun=False):
        try:
            begin(absence)
            begun += 1
        except Exception as error:
            # The others begin; the run is on record as failed.
            logger.exception("The absence of account %s could not begin", absence.user_id)
            failure = error
    if failure:
        raise failure
    return _("%(begun)d begun, %(over)d over") % {"begun": begun, "over": over}


def register() -> None:
    """Register following the days as periodic work."""
    every = datetime.timedelta(hours=1)
    register_work("absences", every, follow_days, gettext_lazy("Absences"))
