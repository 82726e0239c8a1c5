"""Small helpers for German text."""

from django.utils.text import slugify as django_slugify

_TRANSLITERATION = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slugify(text: str) -> str:
    """An address from a title, with umlauts as Germans write them without a German keyboard."""
    return django_slugify(text.lower().translate(_TRANSLITERATION))
