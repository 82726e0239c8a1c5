"""The languages that pages are written in."""

from wagtail.models import Locale

from cms.delivery.content_version import cached


def locales() -> dict[int, Locale]:
    """The languages of pages by their keys."""
    return cached("locales", lambda: {row.pk: row for row in Locale.objects.all()})
