"""Template fragment caching for what every page of a language shows alike."""

from django import template
from django.template import Context, Engine
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Site

from cms.delivery.content_version import cached
from home.routing.request_cache import prepare
from regions.finder.selected_region import chosen_house

register = template.Library()


@register.simple_tag(takes_context=True)
def include_cached(context: Context, name: str) -> SafeString:
    """Include a template, rendered once per site, language and content version.

    With a chosen house, which its links carry on, it is rendered anew.

    Args:
        context: of the template.
        name: of a template that shows nothing of the page, the address or the reader.
    """
    request = context.get("request")
    engine = context.template.engine if context.template else Engine.get_default()
    fragment = engine.get_template(name)
    if request is None or chosen_house(request):
        return fragment.render(context)
    prepare(request)
    site = Site.find_for_request(request)
    key = ("fragments", name, site and site.pk, get_language())
    return cached(key, lambda: fragment.render(context))
