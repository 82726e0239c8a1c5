"""What a typesetter does with a text before it is printed."""

from django import template
from django.template.defaultfilters import stringfilter

register = template.Library()

_NO_BREAK = "\u00a0"


@register.filter(is_safe=True)
@stringfilter
def typeset(text: str) -> str:
    """``text`` whose dashes end a line and never begin one, as German typesetting has it."""
    return text.replace(" – ", f"{_NO_BREAK}– ")
