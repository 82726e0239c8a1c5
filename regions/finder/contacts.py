"""Whose contact a page shows (F2: every offer names a human contact)."""

from wagtail.models import Page

from cms.contact import Contact
from cms.models import SiteSettings
from regions.access import house_of
from regions.finder.selected_region import chosen_house
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
    chosen = chosen_house(request)
    # Its contact has an address of a page; a house that names nobody has the national one.
    if house is None and chosen and chosen.contact.url:
        return chosen.contact
    # Loaded once per request, for footer and contact.
    settings = SiteSettings.load(request_or_site=request)
    return settings.contact
