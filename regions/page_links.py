"""Where a link to a page leads: to what is public, in the reader's language where there is one.

Running text, blocks of links, cards and buttons all ask here.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Page

from cms.delivery.content_version import cached
from cms.locales import locales


def public_pages(pages: Iterable[Page | None]) -> list[Page | None]:
    """For each page what a reader gets: itself or its translation, or nothing if neither is public.

    One query for all pages in another language than the reader's, none where there are none; what
    was found is kept until anything public changes.
    """
    asked = list(pages)
    language = get_language() or ""
    foreign = {page.translation_key for page in asked if page and _language(page) != language}
    translations = _translations(frozenset(foreign), language) if foreign else {}
    found: list[Page | None] = []
    for page in asked:
        if page is None:
            found.append(None)
            continue
        other = translations.get(page.translation_key) if _language(page) != language else None
        found.append(other or (page if page.live else None))
    return found


def public_page(page: Page | None) -> Page | None:
    """As :func:`public_pages`, for one."""
    return public_pages([page])[0]


def _language(page: Page) -> str:
    return str(locales()[page.locale_id].language_code)


def _translations(keys: frozenset[UUID], language: str) -> dict[UUID, Page]:
    def read() -> dict[UUID, Page]:
        pages = Page.objects.live().filter(translation_key__in=keys, locale__language_code=language)
        return {page.translation_key: page for page in pages}

    return cached(("page_links.translations", keys, language), read)
