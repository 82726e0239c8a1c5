"""Menus, breadcrumb and language links."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from home.models import StandardPage


class Link(TypedDict):
    """A link of a menu."""

    title: str
    url: str
    active: bool


def menus(request: HttpRequest, language: str) -> dict[str, list[Link]]:
    """The pages below the home page of ``language`` that editors put into menus.

    Standard pages go into the footer, lists into the main menu; one query.
    """
    site = Site.find_for_request(request)
    links: dict[str, list[Link]] = {"main": [], "footer": []}
    if site is None:
        return links
    pages = (
        Page.objects.live()
        .filter(
            show_in_menus=True,
            depth=site.root_page.depth + 1,
            locale__language_code=language,
        )
        .select_related("locale", "content_type")
        .order_by("path")
    )
    footer_model = StandardPage._meta.label_lower
    for page in pages:
        url = page.get_url(request)
        if url is None:
            continue
        content_type = f"{page.content_type.app_label}.{page.content_type.model}"
        menu = "footer" if content_type == footer_model else "main"
        links[menu].append(Link(title=page.title, url=url, active=request.path.startswith(url)))
    return links


def breadcrumbs(request: HttpRequest, page: Page | None) -> list[Link]:
    """From the home page to the parent of ``page``; empty on the home page itself."""
    if page is None:
        return []
    ancestors = page.get_ancestors().filter(depth__gt=1).live().select_related("locale")
    return [
        Link(title=ancestor.title, url=url, active=False)
        for ancestor in ancestors
        if (url := ancestor.get_url(request))
    ]


class LanguageLink(TypedDict):
    """A link to the same page in another language."""

    code: str
    name: str
    url: str
    active: bool


def language_links(request: HttpRequest, page: Page | None) -> list[LanguageLink]:
    """This page in every language it exists in; elsewhere the start of that language."""
    urls = _page_urls(request, page) if page else _view_urls(request)
    return [
        LanguageLink(
            code=code,
            name=get_language_info(code)["name_local"],
            url=urls[code],
            active=code == request.LANGUAGE_CODE,
        )
        for code, _ in settings.LANGUAGES
        if code in urls
    ]


def _page_urls(request: HttpRequest, page: Page) -> dict[str, str]:
    found = page.get_translations(inclusive=True).live().select_related("locale")
    urls = {other.locale.language_code: other.get_url(request) for other in found}
    return {code: url for code, url in urls.items() if url}


def _view_urls(request: HttpRequest) -> dict[str, str]:
    path = request.get_full_path()
    return {code: translate_url(path, code) for code, _ in settings.LANGUAGES}
