"""Closing a house: its pages stay readable with a notice, its accounts are deactivated."""

import datetime

from django.db import transaction
from django.utils import timezone

from cms.models import User
from cms.signals import person_left
from regions.models import Region
from regions.people.access import own_accounts
from regions.people.leaving import close_account
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
    region.save()
    region_archived.send(sender=Region, region=region)
    people = list(own_accounts(region).filter(is_active=True))
    for user in people:
        close_account(user)
        person_left.send(sender=User, user=user, successor=None, region=None)
    return len(people)
