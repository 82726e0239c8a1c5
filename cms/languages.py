"""Texts in the language of the page, and those of another that stand in for them (WCAG 3.1.2)."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language


class LocalizedText(NamedTuple):
    """A text that editors have written.

    Args:
        text: what they wrote.
        language: code of its language where that is not the page's, else an empty string.
    """

    text: str
    language: str = ""


def localized(
    text: str, language: str = settings.LANGUAGE_CODE, english: str = ""
) -> LocalizedText:
    """``text``, or what stands for it on English pages.

    Args:
        text: as it was written.
        language: the language it was written in.
        english: the same in English, may be empty.
    """
    active = get_language() or settings.LANGUAGE_CODE
    if text and language == active:
        return LocalizedText(text)
    if english and active == "en":
        return LocalizedText(english)
    return LocalizedText(text, language if text and language != active else "")
