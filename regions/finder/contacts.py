"""Whose contact a page shows (F2: every offer names a human contact)."""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from cms.contact import Contact
from cms.models import BasePage, SiteSettings
from regions.access import house_of
from regions.finder.houses import House
from regions.finder.selected_region import chosen_house, known_houses
from regions.models import HousePage


def contact_for(page: Page) -> Contact:
    """The contact of the page's house, else of the chosen one, else of the national desk."""
    request = getattr(page, "shown_for", None)
    house = house_of(page)
    if house and not house.region_record.is_archived:
        # The preview of a house shows what has just been typed, not what is stored.
        shown = page if isinstance(page, HousePage) else house
        if shown.contact_email:
            url = house.get_url(request) if house.live else None
            return shown.as_contact(shown.title, url)
    # A house that names nobody has the national contact.
    return _national(request) if house else _chosen_or_national(request)


def house_to_ask(region_id: int | None, request: HttpRequest | None) -> House | None:
    """The house of a region, if it names somebody to ask.

    Args:
        region_id: primary key of the region; ``None`` for a place that none serves.
        request: the current request.
    """
    houses = known_houses(request, get_language() or "de").values() if region_id else ()
    house = next((house for house in houses if house.region.pk == region_id), None)
    # Its contact has an address of a page; a house that names nobody has the national one.
    return house if house and house.contact.url else None


def contact_shown(request: HttpRequest, page: Page | None) -> Contact:
    """The contact for header and search: that of the page, else as :func:`contact_for` would.

    Args:
        page: what is shown; ``None`` for a view that shows no page.
    """
    return page.contact if isinstance(page, BasePage) else _chosen_or_national(request)


def _chosen_or_national(request: HttpRequest | None) -> Contact:
    chosen = chosen_house(request)
    # Its contact has an address of a page; a house that names nobody has the national one.
    return chosen.contact if chosen and chosen.contact.url else _national(request)


def _national(request: HttpRequest | None) -> Contact:
    # Loaded once per request, for footer and contact.
    return SiteSettings.load(request_or_site=request).contact
