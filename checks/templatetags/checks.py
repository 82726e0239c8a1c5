"""Words and symbols of the need for action."""

from django import template

from checks.definition import NEED_ANSWERS

register = template.Library()

SYMBOLS = {key: symbol for key, _words, symbol in NEED_ANSWERS}


@register.simple_tag
def need_symbol(answer: str) -> str:
    """The symbol of an answer to a need for action."""
    return SYMBOLS.get(answer, "")
