"""Small helpers for German text."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify as django_slugify

_TRANSLITERATION = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slugify(text: str) -> str:
    """An address from a title, with umlauts as Germans write them without a German keyboard."""
    return django_slugify(text.lower().translate(_TRANSLITERATION))


def when(moment: object) -> str:
    """A moment as people here write it."""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
