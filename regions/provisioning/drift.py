"""What nation and regions lack compared with what provisioning would have made."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from regions.models import HousePage, Region
from regions.provisioning.create import (
    EDITOR_PAGE_RIGHTS,
    LEAD_PAGE_RIGHTS,
    collection_permissions,
    house_sections,
    missing_sections,
    national_home,
    national_sections,
)


def national_drift() -> list[str]:
    """The lists missing below the home page, one line each; empty when there are all."""
    missing = missing_sections(national_home(), national_sections())
    return [_("the page “%(title)s”") % {"title": section.title} for section in missing]


def drift(region: Region) -> list[str]:
    """What is missing, one line each; empty when the region is whole."""
    return [*_missing_groups(region), *_missing_pages(region), *_missing_rights(region)]


def _missing_groups(region: Region) -> Iterator[str]:
    if region.editors_group_id is None or region.leads_group_id is None:
        yield _("a group")
    if region.collection_id is None:
        yield _("the collection")


def _missing_pages(region: Region) -> Iterator[str]:
    house = HousePage.objects.filter(region_record=region, locale__language_code="de").first()
    if house is None:
        yield _("the house page")
        return
    for section in missing_sections(house, house_sections()):
        yield _("the page “%(title)s”") % {"title": section.title}


def _missing_rights(region: Region) -> Iterator[str]:
    collection_rights = {permission.pk for permission in collection_permissions()}
    for group, rights in (
        (region.editors_group, EDITOR_PAGE_RIGHTS),
        (region.leads_group, LEAD_PAGE_RIGHTS),
    ):
        if group is None:
            continue
        held = GroupCollectionPermission.objects.filter(
            group=group, collection_id=region.collection_id
        ).values_list("permission_id", flat=True)
        if not collection_rights.issubset(held):
            yield _("rights of “%(group)s” on images and documents") % {"group": group}
        for house in HousePage.objects.filter(region_record=region):
            codenames = GroupPagePermission.objects.filter(
                group=group, page_id=house.pk
            ).values_list("permission__codename", flat=True)
            if not set(rights).issubset(codenames):
                yield _("rights of “%(group)s” on “%(page)s”") % {"group": group, "page": house}
