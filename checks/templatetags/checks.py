"""Words and symbols of the need for action."""

from django import template
from django.utils.safestring import SafeString

from checks.definition import NEED_ANSWERS
from checks.filling import qr_code as codes

register = template.Library()

SYMBOLS = {key: symbol for key, _words, symbol in NEED_ANSWERS}


@register.simple_tag
def need_symbol(answer: str) -> str:
    """The symbol of an answer to a need for action."""
    return SYMBOLS.get(answer, "")


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """A code that cameras read as ``text``."""
    return codes.qr_code(text)
