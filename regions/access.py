"""Who belongs to which region, and which region a page belongs to."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import Page

if TYPE_CHECKING:
    from cms.models import User
    from regions.models import HousePage, Region

NATIONAL_PERMISSION = "regions.act_nationally"


def house_of(page: Page) -> "HousePage | None":
    """The house page that ``page`` is or stands under; one query, remembered on the page."""
    from regions.models import HousePage

    if not hasattr(page, "_house"):
        step = page.steplen
        paths = [page.path[:end] for end in range(step, len(page.path) + 1, step)]
        page._house = (
            HousePage.objects.filter(path__in=paths).select_related("region_record").first()
        )
    return page._house


def region_of(page: Page) -> "Region | None":
    """The region a page belongs to by its ancestors, ``None`` for national pages."""
    house = house_of(page)
    return house.region_record if house else None


def _group_ids(user: "User") -> set[int]:
    if not hasattr(user, "_group_ids"):
        user._group_ids = set(user.groups.values_list("pk", flat=True))
    return user._group_ids


def is_lead(user: "User", region: "Region | None") -> bool:
    """Whether ``user`` leads the house of ``region`` and may review its pages."""
    return bool(
        user.is_active
        and region
        and region.leads_group_id
        and region.leads_group_id in _group_ids(user)
    )


def is_editor(user: "User", region: "Region | None") -> bool:
    """Whether ``user`` writes for the house of ``region``."""
    return bool(
        user.is_active
        and region
        and region.editors_group_id
        and region.editors_group_id in _group_ids(user)
    )


def is_national_editor(user: "User") -> bool:
    """Whether ``user`` approves for the national desk (F73)."""
    return user.is_active and user.has_perm(NATIONAL_PERMISSION)


def is_administrator(user: "User") -> bool:
    """Whether ``user`` is a national administrator: Wagtail's superuser."""
    return user.is_active and user.is_superuser


def leads_of(region: "Region") -> QuerySet["User"]:
    """Active leads of a region's house."""
    return get_user_model().objects.filter(is_active=True, groups=region.leads_group_id)


def national_editors() -> QuerySet["User"]:
    """Active members of the national desk; administrators only if they are members."""
    app_label, codename = NATIONAL_PERMISSION.split(".")
    return (
        get_user_model()
        .objects.filter(is_active=True)
        .filter(
            Q(
                groups__permissions__codename=codename,
                groups__permissions__content_type__app_label=app_label,
            )
        )
        .distinct()
    )
