"""What a visitor has typed into a form that is not there any more."""

from django import template
from django.core.exceptions import SuspiciousOperation
from django.template import Context

register = template.Library()

#: So many characters are shown at most: nobody types more, and programs need not get it back.
_MOST = 20_000


@register.simple_tag(takes_context=True)
def unsent_texts(context: Context) -> list[str]:
    """Texts that were sent to an address nobody answers, for whoever typed them to copy.

    Choices, tokens and single words are left out: what is longer has a blank in it.

    Args:
        context: of the template.
    """
    request = context.get("request")
    if request is None or request.method != "POST":
        return []
    try:
        values = [value.strip() for _name, found in request.POST.lists() for value in found]
    except (OSError, SuspiciousOperation):  # broken off, or more than is taken
        return []
    texts = [value for value in values if "@" in value or " " in value or "\n" in value]
    return texts if sum(map(len, texts)) <= _MOST else []
