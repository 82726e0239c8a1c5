"""The menus of the site and the bar of a house."""

from dataclasses import dataclass, replace
from typing import TypedDict

from django.http import HttpRequest
from wagtail.models import Page

from home.routing.request_cache import MenuPage
from regions.access import house_of
from regions.enquiries.recipients import enquiry_url
from regions.finder.selected_region import chosen_house, keeping, lists_of, with_choice
from regions.models import Region


class Link(TypedDict):
    """A link of a menu."""

    title: str
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


def house_bar(request: HttpRequest, page: Page | None) -> HouseBar | None:
    """The bar of the house that ``page`` belongs to, else of the chosen one.

    On the pages of a house everything is that house's, whatever the address has chosen: a bar of
    another one would write to the wrong house.
    """
    chosen = chosen_house(request)
    house = house_of(page) if page else None
    if chosen and (house is None or house.region_record == chosen.region):
        link = (chosen.title, chosen.url)
        bar = _bar(request, chosen.region, link, chosen.url_path, None)
        return replace(bar, language=chosen.language)
    if house is None:
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
