"""Links from a page to itself in other languages."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info
from wagtail.models import Page

from cms.delivery.content_version import cached
from cms.locales import locales
from home.routing.request_cache import translated_keys
from regions.finder.selected_region import keeping, with_choice


class LanguageLink(TypedDict):
    """A link to the same page in another language."""

    code: str
    name: str
    url: str
    active: bool


def translations_of(page: Page | None) -> list[Page]:
    """The live pages that are ``page`` in any language, itself among them.

    One query for each content version, and none for the many pages that exist in German only.
    """
    if page is None:
        return []
    if page.translation_key not in translated_keys():
        # What its address is made of; otherwise asked for now.
        page.locale = locales()[page.locale_id]
        return [page] if page.live else []
    found = Page.objects.live().filter(translation_key=page.translation_key)
    return cached(
        ("language_links.translations_of", page.translation_key),
        lambda: list(found.select_related("locale").order_by("path")),
    )


def language_links(
    request: HttpRequest, page: Page | None, translations: list[Page]
) -> list[LanguageLink]:
    """This page in every language it exists in; elsewhere the start of that language."""
    urls = _page_urls(request, translations) if page else _view_urls(request)
    return [
        LanguageLink(
            code=code,
            name=get_language_info(code)["name_local"],
            url=keeping(request, urls[code]),
            active=code == request.LANGUAGE_CODE,
        )
        for code, _ in settings.LANGUAGES
        if code in urls
    ]


def _page_urls(request: HttpRequest, translations: list[Page]) -> dict[str, str]:
    urls = {other.locale.language_code: other.get_url(request) for other in translations}
    return {code: url for code, url in urls.items() if url}


def _view_urls(request: HttpRequest) -> dict[str, str]:
    # Without a house that nobody knows; a known one is put in again.
    path = with_choice(request.get_full_path(), None)
    return {code: translate_url(path, code) for code, _ in settings.LANGUAGES}
