"""Whose contact a page shows (F2)."""

from wagtail.models import Page

from cms.models import SiteSettings
from cms.models.contact import Contact
from regions.access import house_of


def contact_for(page: Page) -> Contact:
    """The contact of the page's house, else of the national desk; never nothing."""
    house = house_of(page)
    if house and house.contact_email and not house.region_record.is_archived:
        return house.as_contact(house.title, house.url if house.live else None)
    settings = SiteSettings.load()
    return settings.as_contact(settings.desk_name)
