"""The house a visitor has chosen: it stands in the address, and nowhere else.

Chosen by a click, never guessed from where somebody is; no cookie. All links of the site
carry it on until it is forgotten. It filters nothing: it names whom to ask, and leads to
what is on there.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from cms.delivery.content_version import cached
from regions.access import HOUSE_DEPTH
from regions.finder.houses import House, Houses
from regions.models import RegionalListPage

#: The parameter of the address; its value is the short name of a region.
PARAMETER = "haus"

#: A link in a text to a page of this site; files have no slash at the end.
_LINK = re.compile(r'(<a\b[^>]*?\shref=")(/(?!/)[^"?#]*/(?:[?#][^"]*)?|/)(?=")')


def parameters() -> list[str]:
    """The parameter, for the page cache: pages with a chosen house may be kept."""
    return [PARAMETER]


def known_houses(request: HttpRequest | None, language: str) -> Mapping[str, House]:
    """All houses by the short name of their region; remembered until something changes."""
    return cached(
        ("regions.houses", language),
        lambda: {house.region.slug: house for house in Houses(request, language).all},
    )


def lists_of(request: HttpRequest, url_path: str) -> list[tuple[str, str]]:
    """Title and address of each list of a house; remembered until something changes.

    Args:
        request: the current request.
        url_path: that of the page of the house.
    """

    def read() -> list[tuple[str, str]]:
        types = ContentType.objects.get_for_models(*RegionalListPage.__subclasses__()).values()
        pages = Page.objects.live().filter(
            content_type__in=types,
            depth=HOUSE_DEPTH + 1,
            url_path__startswith=url_path,
        )
        return [(page.title, page.get_url(request) or "") for page in pages.order_by("path")]

    return cached(("regions.lists", url_path), read)


def chosen_slug(values: Sequence[str], language: str, request: HttpRequest | None = None) -> str:
    """The short name of the one house that exists and is named; else an empty string.

    Args:
        values: what the address says; several names choose nothing.
        language: of the page.
        request: the current request, if there is one.
    """
    named = set(values)
    slug = named.pop() if len(named) == 1 else ""
    return slug if slug and slug in known_houses(request, language) else ""


def chosen_house(request: HttpRequest | None) -> House | None:
    """The house in the address, if exactly one is named and it exists; asked once a request."""
    if request is None:
        return None
    if "_chosen_house" not in vars(request):
        language = get_language() or "de"
        slug = chosen_slug(request.GET.getlist(PARAMETER), language, request)
        house = known_houses(request, language)[slug] if slug else None
        vars(request)["_chosen_house"] = house
    return vars(request)["_chosen_house"]


def with_choice(url: str, slug: str | None) -> str:
    """``url`` with a choice put in, or without one.

    Args:
        url: an address of this site; others are returned as they are.
        slug: short name of a region; ``None`` takes the choice out.
    """
    parts = urlsplit(url)
    if parts.scheme or parts.netloc:
        return url
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != PARAMETER]
    if slug:
        pairs.append((PARAMETER, slug))
    return urlunsplit(parts._replace(query=urlencode(pairs)))


def keeping(request: HttpRequest | None, url: str) -> str:
    """``url`` with the choice of the visitor, if there is one."""
    chosen = chosen_house(request)
    return with_choice(url, chosen.region.slug) if chosen else url


def keeping_in_text(request: HttpRequest | None, html: str) -> SafeString:
    """``html`` whose links to pages of this site carry the choice on, if there is one.

    Args:
        request: the current request.
        html: safe HTML.
    """
    if chosen_house(request):
        html = _LINK.sub(lambda link: link[1] + escape(keeping(request, unescape(link[2]))), html)
    return mark_safe(html)  # noqa: S308 - it was safe, and only addresses in it were changed
