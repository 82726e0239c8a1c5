"""What every page of the site shows around its content."""

from functools import cache

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from home.navigation.breadcrumbs import breadcrumbs
from home.navigation.language_links import language_links, translations_of
from home.navigation.menus import house_bar, list_urls, menus
from home.routing.request_cache import menu_pages, privacy_url, site_settings
from regions.finder.contacts import contact_shown
from regions.finder.selected_region import keeping


def site(request: HttpRequest) -> dict[str, object]:
    """Navigation, breadcrumb, languages, footer; evaluated only where a template uses them."""
    found = getattr(request, "_wagtail_route_for_request", None)
    page = found.page if found else None
    language = get_language() or "de"
    in_menus = cache(lambda: menu_pages(request, language))
    site_menus = SimpleLazyObject(lambda: menus(request, in_menus()))
    return {
        "navigation": SimpleLazyObject(lambda: site_menus["main"]),
        "more_urls": SimpleLazyObject(lambda: list_urls(request, in_menus())),
        "footer_links": SimpleLazyObject(lambda: site_menus["footer"]),
        "breadcrumbs": SimpleLazyObject(lambda: breadcrumbs(request, page)),
        "language_links": SimpleLazyObject(
            lambda: language_links(request, page, translations_of(page))
        ),
        "house_bar": SimpleLazyObject(lambda: house_bar(request, page)),
        "help_contact": SimpleLazyObject(lambda: contact_shown(request, page)),
        "privacy_url": SimpleLazyObject(lambda: keeping(request, privacy_url(request, language))),
        "site_settings": SimpleLazyObject(lambda: site_settings(request)),
    }
