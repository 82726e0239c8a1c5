"""Menus, breadcrumb and language links."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from home.frame import MenuPage
from home.models import StandardPage
from regions.access import ancestors_of

HOME_DEPTH = 2


class Link(TypedDict):
    """A link of a menu."""

    title: str
    url: str
    active: bool


class LanguageLink(TypedDict):
    """A link to the same page in another language."""

    code: str
    name: str
    url: str
    active: bool


def translations_of(page: Page | None) -> list[Page]:
    """The live pages that are ``page`` in any language, itself among them; one query."""
    if page is None:
        return []
    found = Page.objects.live().filter(translation_key=page.translation_key)
    return list(found.select_related("locale").order_by("path"))


def menus(request: HttpRequest, pages: list[MenuPage]) -> dict[str, list[Link]]:
    """Standard pages go into the footer, lists into the main menu."""
    links: dict[str, list[Link]] = {"main": [], "footer": []}
    footer_model = StandardPage._meta.label_lower
    for page in pages:
        menu = "footer" if page.model == footer_model else "main"
        active = request.path.startswith(page.url)
        links[menu].append(Link(title=page.title, url=page.url, active=active))
    return links


#: What templates call the lists they point to.
LIST_NAMES = {
    "news.newsindexpage": "news",
    "examples.exampleindexpage": "examples",
    "regions.houseindexpage": "houses",
}


def list_urls(pages: list[MenuPage]) -> dict[str, str]:
    """Addresses of the nationwide lists, for the links from a few teasers to all."""
    return {LIST_NAMES[page.model]: page.url for page in pages if page.model in LIST_NAMES}


def breadcrumbs(request: HttpRequest, page: Page | None) -> list[Link]:
    """From the home page to the parent of ``page``; empty on the home page itself."""
    if page is None or page.depth <= HOME_DEPTH:
        return []
    site = Site.find_for_request(request)
    below_home = site is not None and page.is_child_of(site.root_page)
    ancestors = [site.root_page] if below_home else ancestors_of(page)
    return [
        Link(title=ancestor.title, url=url, active=False)
        for ancestor in ancestors
        if ancestor.live and ancestor.depth < page.depth and (url := ancestor.get_url(request))
    ]


def language_links(
    request: HttpRequest, page: Page | None, translations: list[Page]
) -> list[LanguageLink]:
    """This page in every language it exists in; elsewhere the start of that language."""
    urls = _page_urls(request, translations) if page else _view_urls(request)
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


def _page_urls(request: HttpRequest, translations: list[Page]) -> dict[str, str]:
    urls = {other.locale.language_code: other.get_url(request) for other in translations}
    return {code: url for code, url in urls.items() if url}


def _view_urls(request: HttpRequest) -> dict[str, str]:
    path = request.get_full_path()
    return {code: translate_url(path, code) for code, _ in settings.LANGUAGES}
