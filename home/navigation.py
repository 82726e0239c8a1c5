"""Menus, breadcrumb and language links."""

from dataclasses import dataclass, replace
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from cms.locales import locales
from home.routing.request_cache import MenuPage, translated_keys
from regions.access import ancestors_of, house_of
from regions.enquiries.recipients import enquiry_url
from regions.finder.selected_region import chosen_house, keeping, lists_of, with_choice
from regions.models import Region

HOME_DEPTH = 2


class Link(TypedDict):
    """A link of a menu."""

    title: str
    url: str
    active: bool


class LanguageLink(TypedDict):
    """A link to the same page in another language."""

    code: str
    name: str
    url: str
    active: bool


@dataclass(frozen=True)
class HouseBar:
    """The house a visitor has chosen, or the one whose pages are being read.

    Args:
        name: name of the region.
        links: the house and what is on there.
        write_url: the form of the house.
        chosen: whether it was chosen.
        toggle_url: this page with the choice made, or forgotten.
        language: of the titles of its pages, where it is not the reader's.
    """

    name: str
    links: list[Link]
    write_url: str
    chosen: bool
    toggle_url: str
    language: str = ""


def translations_of(page: Page | None) -> list[Page]:
    """The live pages that are ``page`` in any language, itself among them.

    At most one query, and none for the many pages that exist in German only.
    """
    if page is None:
        return []
    if page.translation_key not in translated_keys():
        # What its address is made of; otherwise asked for now.
        page.locale = locales()[page.locale_id]
        return [page] if page.live else []
    found = Page.objects.live().filter(translation_key=page.translation_key)
    return list(found.select_related("locale").order_by("path"))


def menus(request: HttpRequest, pages: list[MenuPage]) -> dict[str, list[Link]]:
    """The links of each menu: every page in that of its type."""
    links: dict[str, list[Link]] = {"main": [], "footer": []}
    for page in pages:
        active = request.path.startswith(page.url)
        links[page.menu].append(
            Link(title=page.title, url=keeping(request, page.url), active=active)
        )
    return links


def list_urls(request: HttpRequest, pages: list[MenuPage]) -> dict[str, str]:
    """Addresses of the nationwide lists by what they list, for the links from teasers to all."""
    return {key: keeping(request, page.url) for page in pages for key in page.lists}


def breadcrumbs(request: HttpRequest, page: Page | None) -> list[Link]:
    """From the home page to the parent of ``page``; empty on the home page itself."""
    if page is None or page.depth <= HOME_DEPTH:
        return []
    site = Site.find_for_request(request)
    below_home = site is not None and page.is_child_of(site.root_page)
    ancestors = [site.root_page] if below_home else ancestors_of(page)
    return [
        Link(title=ancestor.title, url=keeping(request, url), active=False)
        for ancestor in ancestors
        if ancestor.live and ancestor.depth < page.depth and (url := ancestor.get_url(request))
    ]


def house_bar(request: HttpRequest, page: Page | None) -> HouseBar | None:
    """The bar of the chosen house, else of the house that ``page`` belongs to."""
    if chosen := chosen_house(request):
        link = (chosen.title, chosen.url)
        bar = _bar(request, chosen.region, link, chosen.url_path, None)
        return replace(bar, language=chosen.language)
    if page is None or (house := house_of(page)) is None:
        return None
    region = house.region_record
    link = (house.title, house.get_url(request) or "")
    return _bar(request, region, link, house.url_path, region.slug)


def _bar(
    request: HttpRequest, region: Region, house: tuple[str, str], url_path: str, choose: str | None
) -> HouseBar:
    pages = [house, *lists_of(request, url_path)]
    return HouseBar(
        name=region.name,
        links=[
            Link(title=title, url=keeping(request, url), active=request.path == url)
            for title, url in pages
        ],
        write_url=keeping(request, enquiry_url(region)),
        chosen=choose is None,
        toggle_url=with_choice(request.get_full_path(), choose),
    )


def language_links(
    request: HttpRequest, page: Page | None, translations: list[Page]
) -> list[LanguageLink]:
    """This page in every language it exists in; elsewhere the start of that language."""
    urls = _page_urls(request, translations) if page else _view_urls(request)
    return [
        LanguageLink(
            code=code,
            name=get_language_info(code)["name_local"],
            url=keeping(request, urls[code]),
            active=code == request.LANGUAGE_CODE,
        )
        for code, _ in settings.LANGUAGES
        if code in urls
    ]


def _page_urls(request: HttpRequest, translations: list[Page]) -> dict[str, str]:
    urls = {other.locale.language_code: other.get_url(request) for other in translations}
    return {code: url for code, url in urls.items() if url}


def _view_urls(request: HttpRequest) -> dict[str, str]:
    # Without a house that nobody knows; a known one is put in again.
    path = with_choice(request.get_full_path(), None)
    return {code: translate_url(path, code) for code, _ in settings.LANGUAGES}
