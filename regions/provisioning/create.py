"""Creating a region gives a working house: pages, groups, rights, collection.

Idempotent: running it again repairs what is missing and changes nothing else.
Rooms above register the index pages that every house has.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise
from wagtail.coreutils import find_available_slug
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
)

from cms.models import BasePage
from regions.models import HouseIndexPage, HousePage, Region

EDITOR_PAGE_RIGHTS = ("add_page", "change_page")
LEAD_PAGE_RIGHTS = ("add_page", "change_page", "lock_page", "unlock_page", "bulk_delete_page")
# Wagtail checks the rights of its stock models, whatever the custom model is called.
COLLECTION_RIGHTS = tuple(
    (app_label, f"{action}_{kind}")
    for app_label, kind in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
)


@dataclass(frozen=True)
class Section:
    """An index page every house has.

    Args:
        page_model: its page type.
        slug: its address below the house.
        title: its title, translated lazily.
        summary: its introduction; ``%(region)s`` is replaced.
        national_summary: its introduction below the home page.
        in_houses: whether houses have it too, or only the nation.
    """

    page_model: type[BasePage]
    slug: str
    title: StrOrPromise
    summary: StrOrPromise
    national_summary: StrOrPromise = ""
    in_houses: bool = True


_sections: list[Section] = []


def register_section(section: Section) -> None:
    """Have houses and nation get an index page; called by rooms above when they are ready."""
    if all(known.page_model is not section.page_model for known in _sections):
        _sections.append(section)


def house_sections() -> list[Section]:
    """The index pages every house has."""
    return [section for section in _sections if section.in_houses]


def national_sections() -> list[Section]:
    """The index pages below the home page, the list of houses last."""
    houses = Section(
        HouseIndexPage,
        slug="haeuser",
        title=_("Houses"),
        summary=_("Find the house of cooperation in your region."),
        in_houses=False,
    )
    return [*_sections, houses]


def missing_sections(parent: Page, sections: Iterable[Section]) -> list[Section]:
    """Those of ``sections`` that have no page below ``parent``."""
    present = set(parent.get_children().values_list("content_type_id", flat=True))
    types = ContentType.objects.get_for_models(*(section.page_model for section in sections))
    return [section for section in sections if types[section.page_model].pk not in present]


def national_home() -> Page:
    """The German home page: the root of the site."""
    return Site.objects.get(is_default_site=True).root_page


@transaction.atomic
def provision(region: Region) -> HousePage:
    """Make or complete everything a region needs, in German.

    Returns:
        The region's German house page.
    """
    provision_nation()
    with translation.override("de"):
        _ensure_groups(region)
        _ensure_collection(region)
        house = _ensure_house(region)
        for section in missing_sections(house, house_sections()):
            _add_section(house, section)
        for page in HousePage.objects.filter(region_record=region):
            grant_page_rights(page)
    return house


def grant_page_rights(house: HousePage) -> None:
    """Give a region's groups their rights in the tree of one of its house pages."""
    region = house.region_record
    for group, rights in (
        (region.editors_group, EDITOR_PAGE_RIGHTS),
        (region.leads_group, LEAD_PAGE_RIGHTS),
    ):
        for permission in _permissions("wagtailcore", rights):
            GroupPagePermission.objects.get_or_create(
                group=group, page=Page.objects.get(pk=house.pk), permission=permission
            )


def _permissions(app_label: str, codenames: tuple[str, ...]) -> list[Permission]:
    return list(
        Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames)
    )


def collection_permissions() -> list[Permission]:
    """What a house's people may do in its collection of images and documents."""
    wanted = Q()
    for app_label, codename in COLLECTION_RIGHTS:
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(wanted))


def _ensure_groups(region: Region) -> None:
    rights = Permission.objects.filter(
        content_type__app_label__in=("wagtailadmin", "wagtail_localize"),
        codename__in=("access_admin", "submit_translation"),
    )
    names = {
        "editors_group": _("Editors %(region)s") % {"region": region.name},
        "leads_group": _("Leads %(region)s") % {"region": region.name},
    }
    known = (region.editors_group_id, region.leads_group_id)
    for field, name in names.items():
        group = getattr(region, field) or Group()
        if Group.objects.filter(name=name).exclude(pk=group.pk).exists():
            name = f"{name} ({region.slug})"
        if group.name != name:
            group.name = name
            group.save()
        setattr(region, field, group)
        group.permissions.add(*rights)
    if (region.editors_group_id, region.leads_group_id) != known:
        region.save()


def _ensure_collection(region: Region) -> None:
    if region.collection is None:
        root = Collection.get_first_root_node()
        region.collection = root.add_child(name=region.name)
        region.save()
    elif region.collection.name != region.name:
        region.collection.name = region.name
        region.collection.save()
    for group in (region.editors_group, region.leads_group):
        for permission in collection_permissions():
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=region.collection, permission=permission
            )


def _ensure_house(region: Region) -> HousePage:
    locale = Locale.objects.get(language_code="de")
    house = HousePage.objects.filter(region_record=region, locale=locale).first()
    if house:
        return house
    index = HouseIndexPage.objects.get(locale=locale)
    title = _("House of Cooperation %(region)s") % {"region": region.name}
    house = HousePage(
        title=title,
        slug=region.slug,
        locale=locale,
        region_record=region,
        illustration="haus",
        summary=_("The neutral contact point for associations and companies in %(region)s.")
        % {"region": region.name},
        contact_name=title,
        contact_email=region.notification_email,
    )
    _add(index, house)
    return house


def _add_section(house: HousePage, section: Section) -> None:
    page = section.page_model(
        title=str(section.title),
        slug=section.slug,
        locale=house.locale,
        summary=str(section.summary) % {"region": house.region_record.name},
    )
    _add(house, page)


@transaction.atomic
def provision_nation() -> None:
    """Make the lists below the German home page that every installation needs."""
    with translation.override("de"):
        home = national_home()
        for section in missing_sections(home, national_sections()):
            page = section.page_model(
                title=str(section.title),
                slug=section.slug,
                locale=home.locale,
                summary=str(section.national_summary or section.summary),
                show_in_menus=True,
            )
            _add(home, page)


def _add(parent: Page, page: BasePage) -> None:
    """Public from the start: a frame to be filled, in our words.

    Its address gets a number where editors have given it to another page already.
    """
    page.slug = find_available_slug(parent, page.slug)
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    page.save_revision(changed=False)
