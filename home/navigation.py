"""Menus, breadcrumb and language links."""

from dataclasses import dataclass, field
from typing import TypedDict

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from home.models import HomePage, StandardPage
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


@dataclass(frozen=True)
class Surroundings:
    """What stands around a page: pages for the menus, and its translations."""

    in_menus: list[Page] = field(default_factory=list)
    translations: list[Page] = field(default_factory=list)


def surroundings(request: HttpRequest, page: Page | None, language: str) -> Surroundings:
    """The pages below the home page of ``language`` that editors put into menus, and the
    translations of ``page`` with itself; one query for both.
    """
    site = Site.find_for_request(request)
    if site is None:
        return Surroundings()
    # By the indexes on type and translation key: "in menus" has none, and with an "or" of
    # both conditions the database reads all pages, which costs as much as all other queries.
    models = HomePage.allowed_subpage_models()
    ids = Page.objects.filter(
        content_type__in=ContentType.objects.get_for_models(*models).values(),
        depth=site.root_page.depth + 1,
        show_in_menus=True,
    )
    ids = ids.order_by().values("pk")
    if page:
        same = Page.objects.filter(translation_key=page.translation_key)
        ids = ids.union(same.order_by().values("pk"), all=True)
    pages = list(
        Page.objects.live()
        .filter(pk__in=ids)
        .select_related("locale", "content_type")
        .order_by("path")
    )
    return Surroundings(
        in_menus=[
            found
            for found in pages
            if found.show_in_menus
            and found.depth == site.root_page.depth + 1
            and found.locale.language_code == language
        ],
        translations=[
            found for found in pages if page and found.translation_key == page.translation_key
        ],
    )


def menus(request: HttpRequest, pages: list[Page]) -> dict[str, list[Link]]:
    """Standard pages go into the footer, lists into the main menu."""
    links: dict[str, list[Link]] = {"main": [], "footer": []}
    footer_model = StandardPage._meta.label_lower
    for page in pages:
        url = page.get_url(request)
        if url is None:
            continue
        content_type = f"{page.content_type.app_label}.{page.content_type.model}"
        menu = "footer" if content_type == footer_model else "main"
        links[menu].append(Link(title=page.title, url=url, active=request.path.startswith(url)))
    return links


#: What templates call the lists they point to.
LIST_NAMES = {
    "news.newsindexpage": "news",
    "examples.exampleindexpage": "examples",
    "regions.houseindexpage": "houses",
}


def list_urls(request: HttpRequest, pages: list[Page]) -> dict[str, str]:
    """Addresses of the nationwide lists, for the links from a few teasers to all."""
    urls = {}
    for page in pages:
        name = LIST_NAMES.get(f"{page.content_type.app_label}.{page.content_type.model}")
        if name and (url := page.get_url(request)):
            urls[name] = url
    return urls


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
