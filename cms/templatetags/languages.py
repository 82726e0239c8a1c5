"""Texts in another language than the page's say so (WCAG 3.1.2)."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def localized_in(text: str, language: str) -> SafeString:
    """``text`` as part of a sentence, marked with its language; empty if it is the page's."""
    if not language:
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', language, text)
