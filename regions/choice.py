"""The house a visitor has chosen: it stands in the address, and nowhere else.

Chosen by a click, never guessed from where somebody is; no cookie. All links of the site
carry it on until it is forgotten. It filters nothing: it names whom to ask, and leads to
what is on there.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from cms.remember import remembered
from regions.access import HOUSE_DEPTH
from regions.finder import House, Houses

#: The parameter of the address; its value is the short name of a region.
PARAMETER = "haus"


def parameters() -> list[str]:
    """The parameter, for the page cache: pages with a chosen house may be kept."""
    return [PARAMETER]


def known_houses(request: HttpRequest, language: str) -> Mapping[str, House]:
    """All houses by the short name of their region; remembered until something changes."""
    return remembered(
        ("regions.houses", language),
        lambda: {house.region.slug: house for house in Houses(request, language).all},
    )


def lists_of(request: HttpRequest, url_path: str) -> list[tuple[str, str]]:
    """Title and address of each list of a house; remembered until something changes.

    Args:
        request: the current request.
        url_path: that of the page of the house.
    """
    from regions.models import RegionalListPage

    def read() -> list[tuple[str, str]]:
        types = ContentType.objects.get_for_models(*RegionalListPage.__subclasses__()).values()
        pages = Page.objects.live().filter(
            content_type__in=types,
            depth=HOUSE_DEPTH + 1,
            url_path__startswith=url_path,
        )
        return [(page.title, page.get_url(request) or "") for page in pages.order_by("path")]

    return remembered(("regions.lists", url_path), read)


def chosen_house(request: HttpRequest | None) -> House | None:
    """The house in the address, if exactly one is named and it exists; asked once a request."""
    if request is None:
        return None
    if not hasattr(request, "_chosen_house"):
        values = set(request.GET.getlist(PARAMETER))
        slug = values.pop() if len(values) == 1 else ""
        houses = known_houses(request, get_language() or "de") if slug else {}
        request._chosen_house = houses.get(slug)
    return request._chosen_house


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
