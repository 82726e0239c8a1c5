"""Links to the enquiry form."""

from django import template
from django.template import Context
from wagtail.models import Page

from regions.enquiries.recipients import enquiry_url
from regions.finder.houses import House
from regions.finder.selected_region import chosen_house, keeping

register = template.Library()


@register.simple_tag(takes_context=True)
def enquiry_address(
    context: Context, asked: Page | House | str | None, about: Page | str | None = None
) -> str:
    """The form of a house, else of the chosen one, else of the national desk.

    Args:
        context: of the template.
        asked: a page of the house, or a house the finder found; views have neither.
        about: the page the enquiry is about.
    """
    request = context.get("request")
    chosen = chosen_house(request)
    region = getattr(asked, "region", None) or (chosen.region if chosen else None)
    url = enquiry_url(region, about if isinstance(about, Page) else None)
    return keeping(request, url)
