"""The values of a facet as checkboxes."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search.results.types import FacetValue

register = template.Library()


@register.simple_tag
def facet_values(values: Iterable[FacetValue], name: str) -> SafeString:
    """Checkboxes of a form, with numbers of hits.

    No template, and no ``format_html``: a list has some hundred of them.

    Args:
        values: of one facet.
        name: of the facet, and of its parameter.
    """
    name, label = escape(name), escape(_("Results:"))
    rows = (
        '<label class="facet__value">\n'
        f'  <input class="facet__box" type="checkbox" name="{name}" value="{escape(value.key)}"'
        f"{' checked' if value.selected else ''}>\n"
        f"  <span>{escape(value.label)}</span>\n"
        f'  <span class="facet__count"><span class="visually-hidden">{label} </span>'
        f"{value.count}</span>\n"
        "</label>\n"
        for value in values
    )
    return mark_safe("".join(rows))  # noqa: S308 - what may hold signs is escaped above
