"""The values of a facet as checkboxes."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search.results.types import FacetValue

register = template.Library()

_VALUE = """<label class="facet__value">
  <input class="facet__box" type="checkbox" name="{}" value="{}"{}>
  <span>{}</span>
  <span class="facet__count"><span class="visually-hidden">{} </span>{}</span>
</label>
"""


@register.simple_tag
def facet_values(values: Iterable[FacetValue], name: str) -> SafeString:
    """Checkboxes of a form, with numbers of hits.

    No template: a list has some hundred of them, and each took as long as ten of these.

    Args:
        values: of one facet.
        name: of the facet, and of its parameter.
    """
    label = _("Results:")
    rows = (
        (name, value.key, " checked" if value.selected else "", value.label, label, value.count)
        for value in values
    )
    return format_html_join("", _VALUE, rows)
