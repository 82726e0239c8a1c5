"""Who belongs to which region, and which region a page belongs to."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page

if TYPE_CHECKING:
    from cms.models import User
    from regions.models import HousePage, Region

NATIONAL_PERMISSION = "regions.act_nationally"
# Below root, home page and the list of houses: no page above can belong to a region.
HOUSE_DEPTH = 4


class OwnHouse(NamedTuple):
    """A house that somebody works for.

    Args:
        region: primary key of its region.
        edits: whether the person is one of its editors.
        leads: whether the person is one of its leads.
        is_open: whether the region is not archived.
        path: of a page of the house, in one of its languages.
    """

    region: int
    edits: bool
    leads: bool
    is_open: bool
    path: str | None


def ancestors_of(page: Page) -> list[Page]:
    """From the home page down to ``page`` as it is stored, with the house among them.

    One query, remembered on the page: breadcrumb, region and contact all need it.
    """
    known: list[Page] | None = vars(page).get("_ancestors")
    if known is None:
        step = page.steplen
        paths = [page.path[:end] for end in range(2 * step, len(page.path) + 1, step)]
        found = Page.objects.filter(path__in=paths).order_by("path")
        known = list(found.select_related("housepage__region_record")) if paths else []
        vars(page)["_ancestors"] = known
    return known


def ancestors_by_path(home: Page, slugs: list[str]) -> list[Page]:
    """``home`` and the pages below it along ``slugs``, as far as there are any; one query."""
    paths = [home.url_path]
    for slug in slugs:
        paths.append(f"{paths[-1]}{slug}/")
    found = Page.objects.filter(
        slug__in=slugs,  # has an index, the path has none
        depth__gt=home.depth,
        url_path__in=paths[1:],
    )
    return [home, *found.order_by("path").select_related("housepage__region_record")]


def house_of(page: Page) -> "HousePage | None":
    """The house page that ``page`` is or stands under."""
    if len(page.path) < HOUSE_DEPTH * page.steplen:
        return None
    house_page: type[HousePage] = apps.get_model("regions", "HousePage")
    for ancestor in ancestors_of(page):
        if isinstance(ancestor, house_page):
            return ancestor
        # The accessor answers from the join; it raises where a page is no house.
        if type(ancestor) is Page and (house := getattr(ancestor, "housepage", None)):
            return house
    return None


def region_of(page: Page) -> "Region | None":
    """The region a page belongs to by its ancestors, ``None`` for national pages."""
    house = house_of(page)
    return house.region_record if house else None


def regions_of(pages: Iterable[Page]) -> dict[int, "Region"]:
    """The regions of many pages by page id, in one query; national pages are left out."""
    length = HOUSE_DEPTH * Page.steplen
    houses = {page.pk: page.path[:length] for page in pages if len(page.path) >= length}
    found = Page.objects.filter(path__in=set(houses.values()), housepage__isnull=False)
    regions = {
        page.path: page.housepage.region_record
        for page in found.select_related("housepage__region_record")
    }
    return {pk: regions[path] for pk, path in houses.items() if path in regions}


def pages_of(regions: "Iterable[Region]") -> QuerySet[Page]:
    """The houses of these regions and everything below them, in every language."""
    pages = Page.objects.none()
    houses = Page.objects.filter(housepage__region_record__in=list(regions))
    for house in houses.only("path", "depth"):
        pages |= Page.objects.descendant_of(house, inclusive=True)
    return pages


def _own_houses(user: "User") -> "list[OwnHouse]":
    """The houses that ``user`` works for, once for each of their pages.

    Remembered on the account, that is for one request: menu, lists and buttons all ask.
    """
    known: list[OwnHouse] | None = vars(user).get("_own_houses")
    if known is None:
        from regions.models import Region

        groups = user.groups.order_by().values("pk")
        edits, leads = Q(editors_group__in=groups), Q(leads_group__in=groups)
        rows = Region.objects.filter(edits | leads).values_list(
            "pk",
            ExpressionWrapper(edits, models.BooleanField()),
            ExpressionWrapper(leads, models.BooleanField()),
            ExpressionWrapper(Q(archived_on=None), models.BooleanField()),
            "house_pages__path",
        )
        known = [OwnHouse(*row) for row in rows]
        vars(user)["_own_houses"] = known
    return known


def own_house_paths(user: "User", *, leading: bool = False) -> list[str]:
    """Paths of the pages of the open houses that ``user`` works for, or leads."""
    if not user.is_active:
        return []
    return [
        house.path
        for house in _own_houses(user)
        if house.is_open and house.path and (not leading or house.leads)
    ]


def below(paths: Iterable[str], field: str = "path") -> Q:
    """Pages at these paths and below them, as a range that the index of paths answers.

    Args:
        paths: without any, nothing is found.
        field: the path's name from where the query stands.
    """
    found = Q(pk__in=[])
    for path in paths:
        # As treebeard asks for children; no label of a page stands behind it in the alphabet.
        last = Page.alphabet[-1] * Page.steplen
        found |= Q(**{f"{field}__range": (path, path + last)})
    return found


def national_pages() -> Q:
    """Pages that belong to no house, as a condition on pages."""
    above = Substr(OuterRef("path"), 1, (HOUSE_DEPTH - 1) * Page.steplen)
    house_lists = apps.get_model("regions", "HouseIndexPage").objects.filter(path=above)
    return Q(~Exists(house_lists))


def works_for_a_house(user: "User") -> bool:
    """Whether ``user`` writes for or leads any house, open or closed."""
    return user.is_active and bool(_own_houses(user))


def leads_a_house(user: "User", *, open_only: bool = False) -> bool:
    """Whether ``user`` leads any house, or any that has not closed."""
    return user.is_active and any(
        house.leads and (house.is_open or not open_only) for house in _own_houses(user)
    )


def leads_several(user: "User") -> bool:
    """Whether ``user`` leads more than one open house."""
    led = {house.region for house in _own_houses(user) if house.is_open and house.leads}
    return len(led) > 1


def leads_page(user: "User", page: Page) -> bool:
    """Whether ``user`` leads the house of ``page``: :func:`is_lead` for lists of many pages."""
    return user.is_active and any(
        house.path and house.leads and page.path.startswith(house.path)
        for house in _own_houses(user)
    )


def is_lead(user: "User", region: "Region | None") -> bool:
    """Whether ``user`` leads the house of ``region`` and may review its pages."""
    return bool(
        user.is_active
        and region
        and any(house.leads and house.region == region.pk for house in _own_houses(user))
    )


def is_editor(user: "User", region: "Region | None") -> bool:
    """Whether ``user`` writes for the house of ``region``."""
    return bool(
        user.is_active
        and region
        and any(house.edits and house.region == region.pk for house in _own_houses(user))
    )


def is_national_editor(user: "User") -> bool:
    """Whether ``user`` approves for the national desk (F73: BBE and OM)."""
    return user.is_active and user.has_perm(NATIONAL_PERMISSION)


def is_administrator(user: "User") -> bool:
    """Whether ``user`` is a national administrator: Wagtail's superuser."""
    return user.is_active and user.is_superuser


def administrators() -> QuerySet["User"]:
    """Accounts of the national administrators that may sign in."""
    return get_user_model().objects.filter(is_active=True, is_superuser=True)


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


def watched_pages(user: "User") -> Q:
    """Pages that somebody looks after: the nation's for the desk, else those of the own houses."""
    if is_national_editor(user):
        return national_pages()
    return below(own_house_paths(user))
