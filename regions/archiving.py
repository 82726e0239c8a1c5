"""Closing a house: its pages stay readable with a notice, its accounts are deactivated."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cms.models import Kreis, User
from cms.signals import person_left
from regions.access import pages_of
from regions.models import Region, RegionKreis
from regions.people.access import own_accounts
from regions.people.leaving import close_account
from regions.people.responsibilities import Enquiries
from regions.signals import region_archived


@transaction.atomic
def archive(region: Region, day: datetime.date | None = None) -> int:
    """Archive ``region``: free its districts and freeze the accounts that are only its own.

    Args:
        region: an active region.
        day: the day it closes; today by default.

    Returns:
        Number of accounts frozen.
    """
    region.archived_on = day or timezone.localdate()
    region.accounts_closed_at = timezone.now()
    region.save()
    region_archived.send(sender=Region, region=region)
    people = list(own_accounts(region).filter(is_active=True))
    enquiries = Enquiries()
    for user in people:
        # To administrators, who see what nobody looks after.
        enquiries.pass_on(region, user, None, None)
        close_account(user)
        # One moment for all tells them from those that were deactivated for another reason.
        User.objects.filter(pk=user.pk).update(deactivated_at=region.accounts_closed_at)
        person_left.send(sender=User, user=user, successor=None, region=None)
    return len(people)


@dataclass(frozen=True)
class Closing:
    """What archiving a region does, in numbers.

    Args:
        public: public pages, which stay readable.
        districts: names of the districts that another region can then serve.
        people: names of those whose accounts are deactivated: they work for nobody else.
        enquiries: enquiries that are still open.
    """

    public: int
    districts: list[str]
    people: list[str]
    enquiries: int


def closing_of(region: Region) -> Closing:
    """What archiving ``region`` would do now."""
    people = own_accounts(region).filter(is_active=True)
    labels = Kreis.labels()
    return Closing(
        public=pages_of([region]).filter(live=True).count(),
        districts=[labels[kreis.pk] for kreis in region.kreise.all()],
        people=[person.get_full_name() for person in people],
        enquiries=region.enquiries.filter(closed_at=None).count(),
    )


@dataclass(frozen=True)
class Reopening:
    """What could be undone.

    Args:
        people: how many accounts can be used again; their owners set a new password.
        lost: names of districts that another region has taken over meanwhile.
    """

    people: int
    lost: list[str]


@transaction.atomic
def reopen(region: Region) -> Reopening:
    """Undo :func:`archive`: reviews that it ended are not resumed, their texts are drafts.

    Args:
        region: an archived region.
    """
    # Before the region claims its districts again.
    taken = RegionKreis.objects.filter(active=True).exclude(region=region).values("kreis")
    lost = region.region_kreise.filter(kreis__in=taken)
    labels = Kreis.labels()
    names = [labels[row.kreis_id] for row in lost]
    lost.delete()
    closed = own_accounts(region).filter(is_active=False, deactivated_at__isnull=False)
    people = list(closed.filter(deactivated_at=region.accounts_closed_at))
    region.archived_on = region.accounts_closed_at = None
    region.save()
    for person in people:
        person.is_active = True
        person.save()
    return Reopening(len(people), names)
