"""Cached site, settings, menus and home pages, per content version (saves 5–10 queries a page).

What is shared between requests (:mod:`cms.delivery.content_version`) is put on the request, where
Wagtail looks first.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site, get_page_models
from wagtail.url_routing import RouteResult

from cms.delivery.content_version import cached
from cms.locales import locales
from cms.models import SiteSettings
from search.list_page import ListPage

#: Slug of the page on privacy (docs/reference/addresses.md).
PRIVACY = "datenschutz"


@dataclass(frozen=True)
class MenuPage:
    """A page that editors put into a menu.

    Args:
        title: of the page.
        url: its address.
        menu: see :attr:`cms.models.BasePage.menu`.
        lists: type keys of what it lists.
    """

    title: str
    url: str
    menu: str
    lists: tuple[str, ...]


def prepare(request: HttpRequest) -> None:
    """Put site, addresses of its languages and settings on the request, once."""
    if hasattr(request, SiteSettings.get_cache_attr_name()):
        return
    place = request.get_host(), request.get_port()
    site = cached(("request_cache.site", *place), lambda: Site.find_for_request(request))
    vars(request).update(
        {
            "_wagtail_site": site,
            "_wagtail_cached_site_root_paths": cached(
                "request_cache.root_paths", Site.get_site_root_paths
            ),
            SiteSettings.get_cache_attr_name(): cached("request_cache.settings", SiteSettings.load),
        }
    )


def warm_up() -> None:
    """Cache what every page needs and no request says."""
    # Kept by Django for the whole process.
    ContentType.objects.get_for_models(*get_page_models())
    cached("request_cache.root_paths", Site.get_site_root_paths)
    cached("request_cache.settings", SiteSettings.load)
    translated_keys()
    locales()


def route(request: HttpRequest, path: str) -> None:
    """Find the page of an address, as :meth:`Page.route_for_request` would, in one query.

    Args:
        path: below the root of the active language.
    """
    if home_for(request, get_language() or "") is not None:
        vars(request)["_wagtail_route_for_request"] = find(request, path)


def find(request: HttpRequest, path: str) -> RouteResult | None:
    """The public page at ``path`` below the root of the active language, if there is one."""
    home = home_for(request, get_language() or "")
    if home is None:
        return None
    components = [component for component in path.split("/") if component]
    try:
        return home.route(request, components)
    except Http404:
        return None


def site_settings(request: HttpRequest) -> SiteSettings:
    """Contact and credits of the whole site."""
    prepare(request)
    return SiteSettings.load(request_or_site=request)


def home_for(request: HttpRequest, language: str) -> Page | None:
    """The home page in a language, in the site's own where that is not public."""
    prepare(request)
    site = Site.find_for_request(request)
    if site is None:
        return None
    homes = cached(("request_cache.homes", site.pk), lambda: _homes(site))
    home = homes.get(language) or homes.get("")
    # A copy: what is shown notes on itself whom it is shown for.
    return copy(home) if home else None


def _homes(site: Site) -> dict[str, Page]:
    root = site.root_page
    pages = root.specific_class.objects.filter(translation_key=root.translation_key)
    homes = {}
    for page in pages.select_related("locale"):
        if page.pk == root.pk:
            homes[""] = page
        if page.live:
            homes[page.locale.language_code] = page
    return homes


def menu_pages(request: HttpRequest, language: str) -> list[MenuPage]:
    """The pages directly below the home page of a language that stand in a menu."""
    prepare(request)
    site = Site.find_for_request(request)
    if site is None:
        return []
    key = ("request_cache.menu", site.pk, language)
    return cached(key, lambda: list(_menu_pages(request, site, language)))


def _menu_pages(request: HttpRequest, site: Site, language: str) -> Iterable[MenuPage]:
    # By the index on types: "in menus" has none, and reading all pages costs more than all else.
    types = ContentType.objects.get_for_models(
        *site.root_page.specific_class.allowed_subpage_models()
    )
    pages = Page.objects.live().filter(
        content_type__in=types.values(),
        depth=site.root_page.depth + 1,
        show_in_menus=True,
        locale__language_code=language,
    )
    for page in pages.order_by("path"):
        if url := page.get_url(request):
            model = page.specific_class
            lists = model.preset.types if issubclass(model, ListPage) else ()
            yield MenuPage(page.title, url, model.menu, lists)


def translated_keys() -> frozenset[UUID]:
    """The translation keys of all live pages that are not in the language of the source."""
    return cached("request_cache.translated", _translated_keys)


def _translated_keys() -> frozenset[UUID]:
    pages = Page.objects.live().exclude(locale__language_code=settings.LANGUAGE_CODE)
    return frozenset(pages.order_by().values_list("translation_key", flat=True))


def privacy_url(request: HttpRequest, language: str) -> str:
    """The page on privacy in a language, else in German; empty where neither is public."""
    prepare(request)
    site = Site.find_for_request(request)
    if site is None:
        return ""
    key = ("request_cache.privacy", site.pk, language)
    return cached(key, lambda: _privacy_url(request, site, language))


def _privacy_url(request: HttpRequest, site: Site, language: str) -> str:
    german = site.root_page.get_children().filter(slug=PRIVACY).first()
    if german is None:
        return ""
    pages = Page.objects.live().filter(translation_key=german.translation_key)
    by_language = {page.locale.language_code: page for page in pages.select_related("locale")}
    found = by_language.get(language) or by_language.get(german.locale.language_code)
    return (found.get_url(request) or "") if found else ""
