"""Related content below a page."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.translation import get_language
from wagtail.models import Page

from search.results.related import related_pages
from search.results.types import Hit

register = template.Library()


@register.inclusion_tag("components/related.html", takes_context=True)
def related_content(context: Context, page: Page, shown: Iterable[Hit] = ()) -> dict[str, object]:
    """Pages that have to do with ``page``; none for one that has not been saved yet.

    Args:
        context: of the template.
        page: that is read.
        shown: what it shows anyway.
    """
    request, without = context.get("request"), {hit.page.pk for hit in shown or ()}
    found = related_pages(page, get_language() or "de", request, without) if page.pk else []
    return {"found": found, "request": request}
