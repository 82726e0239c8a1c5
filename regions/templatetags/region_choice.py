"""Links that carry the chosen house on."""

import re

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.templatetags.wagtailcore_tags import richtext

from regions.finder.selected_region import keeping, keeping_in_text
from regions.page_links import public_page

register = template.Library()
#: What Wagtail leaves of a link whose target is not public: its words are shown as words.
_NO_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)


@register.simple_tag(takes_context=True)
def keeping_house(context: Context, target: Page | str | None) -> str:
    """The address of a page, or an address, with the choice of the visitor if there is one.

    Args:
        context: of the template.
        target: a page or an address of this site. A page that is not public has none; of one that
            is translated into the reader's language it is the translation's.
    """
    request = context.get("request")
    page = public_page(target) if isinstance(target, Page) else None
    url = page.get_url(request) if page else ("" if isinstance(target, Page) else target)
    return keeping(request, url) if url else ""


@register.simple_tag(takes_context=True)
def list_address(context: Context, type_key: str) -> str:
    """The address of the nationwide list of a type of page; empty where it is in no menu.

    Args:
        context: of the template, in which every page has the addresses of the lists.
        type_key: of a search document.
    """
    return (context.get("more_urls") or {}).get(type_key, "")


@register.simple_tag(takes_context=True)
def rich_text(context: Context, value: RichText | str | None) -> SafeString:
    """Rich text as Wagtail's filter shows it, with the choice of the visitor in its links.

    Args:
        context: of the template.
        value: what an editor wrote.
    """
    html = _NO_LINK.sub(r"\1", str(richtext(value)))
    return keeping_in_text(context.get("request"), html)
