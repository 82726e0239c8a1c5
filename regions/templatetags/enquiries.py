"""Links to the enquiry form."""

from django import template
from wagtail.models import Page

from regions.enquiries.places import enquiry_url
from regions.finder import House

register = template.Library()


@register.simple_tag
def enquiry_address(asked: Page | House | str | None, about: Page | str | None = None) -> str:
    """The form of a house, else of the national desk.

    Args:
        asked: a page of the house, or a house the finder found; views have neither.
        about: the page the enquiry is about.
    """
    region = getattr(asked, "region", None)
    return enquiry_url(region, about if isinstance(about, Page) else None)
