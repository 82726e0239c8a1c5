"""Links that carry the chosen house on."""

from django import template
from django.template import Context
from wagtail.models import Page

from regions.choice import chosen_house, with_choice

register = template.Library()


@register.simple_tag(takes_context=True)
def keeping_house(context: Context, target: Page | str | None) -> str:
    """The address of a page, or an address, with the choice of the visitor if there is one.

    Args:
        context: of the template.
        target: a page or an address of this site.
    """
    request = context.get("request")
    url = target.get_url(request) if isinstance(target, Page) else target
    chosen = chosen_house(request)
    return with_choice(url, chosen.region.slug) if url and chosen else url or ""
