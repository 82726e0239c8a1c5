"""Who links to a page, for those who are about to withdraw it."""

from django import template
from django.template import Context
from wagtail.models import Page

from regions.isolation.references import pages_linking_to

register = template.Library()


@register.simple_tag(takes_context=True)
def linking_pages(context: Context, page: Page) -> list[Page]:
    """The pages that refer to ``page``, as far as whoever asks may know of them."""
    return pages_linking_to(page, context["request"].user)
