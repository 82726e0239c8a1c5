"""Closing a house: its pages stay readable with a notice, its accounts rest."""

import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.models import User
from regions.models import Region


def own_accounts(region: Region) -> QuerySet[User]:
    """Accounts that work for this region and for nobody else."""
    groups = [region.editors_group_id, region.leads_group_id]
    elsewhere = Q(groups__isnull=False) & ~Q(groups__in=groups)
    users = get_user_model().objects
    return users.filter(groups__in=groups, is_superuser=False).exclude(
        pk__in=users.filter(elsewhere).values("pk")
    )


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
    ids = list(own_accounts(region).values_list("pk", flat=True))
    return get_user_model().objects.filter(pk__in=ids).update(is_active=False)
