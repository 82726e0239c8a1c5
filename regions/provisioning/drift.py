"""What nation and regions lack compared with what provisioning would have made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from regions.access import HOUSE_DEPTH
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

Right = tuple[int | None, str, int | None]
"""A group, a kind of right, and what it is on."""
_HOUSE_FIELDS = ("path", "region_record_id", "locale__language_code")


def national_drift() -> list[str]:
    """The lists missing below the home page, one line each; empty when there are all."""
    missing = missing_sections(national_home(), national_sections())
    return [_("the page “%(title)s”") % {"title": section.title} for section in missing]


def drift(region: Region) -> list[str]:
    """What is missing, one line each; empty when the region is whole."""
    return [*_missing_groups(region), *_missing_pages(region), *_missing_rights(region)]


def regions_with_drift() -> list[Region]:
    """The active regions of which :func:`drift` says something, in six queries for all."""
    houses: dict[int, list[HousePage]] = defaultdict(list)
    for house in HousePage.objects.select_related("locale").only(*_HOUSE_FIELDS):
        houses[house.region_record_id].append(house)
    children = _children_by_house()
    types = ContentType.objects.get_for_models(*(one.page_model for one in house_sections()))
    wanted = {content_type.pk for content_type in types.values()}
    held = _held_rights()
    found = []
    for region in Region.objects.active().order_by("name"):
        german = [one for one in houses[region.pk] if one.locale.language_code == "de"]
        whole = (
            region.editors_group_id
            and region.leads_group_id
            and region.collection_id
            and german
            and wanted <= children[german[0].path]
            and _rights_of(region, houses[region.pk]) <= held
        )
        if not whole:
            found.append(region)
    return found


def _children_by_house() -> dict[str, set[int]]:
    """The types of the pages right below each house, by its path."""
    found: dict[str, set[int]] = defaultdict(set)
    pages = Page.objects.filter(depth=HOUSE_DEPTH + 1).order_by()
    for path, type_id in pages.values_list("path", "content_type"):
        found[path[: -Page.steplen]].add(type_id)
    return found


def _held_rights() -> set[Right]:
    """The rights that groups hold: all of a kind on one page, or on one collection."""
    on_pages = GroupPagePermission.objects.filter(permission__codename__in=LEAD_PAGE_RIGHTS)
    counted = (
        on_pages.order_by()
        .values_list("group", "page")
        .annotate(
            editor=Count("pk", filter=Q(permission__codename__in=EDITOR_PAGE_RIGHTS)),
            lead=Count("pk"),
        )
    )
    found: set[Right] = set()
    for group, page, editor, lead in counted:
        if editor == len(EDITOR_PAGE_RIGHTS):
            found.add((group, "write", page))
        if lead == len(LEAD_PAGE_RIGHTS):
            found.add((group, "lead", page))
    permissions = collection_permissions()
    on_media = GroupCollectionPermission.objects.filter(permission__in=permissions).order_by()
    for group, collection, number in on_media.values_list("group", "collection").annotate(
        Count("pk")
    ):
        if number == len(permissions):
            found.add((group, "media", collection))
    return found


def _rights_of(region: Region, houses: Iterable[HousePage]) -> set[Right]:
    """What the groups of ``region`` should hold."""
    editors, leads = region.editors_group_id, region.leads_group_id
    media = {(group, "media", region.collection_id) for group in (editors, leads)}
    pages = {(editors, "write", house.pk) for house in houses}
    return media | pages | {(leads, "lead", house.pk) for house in houses}


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
