"""The house a visitor has chosen: it stands in the address, and nowhere else.

Chosen by a click, never guessed from where somebody is; no cookie. All links of the site
carry it on until it is forgotten. It filters nothing: it names whom to ask, and leads to
what is on there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from cms.remember import remembered
from regions.finder import House, Houses

#: The parameter of the address; its value is the short name of a region.
PARAMETER = "haus"


@dataclass(frozen=True)
class KnownHouse:
    """A house with its lists.

    Args:
        house: the house.
        lists: title and address of each list below it.
    """

    house: House
    lists: tuple[tuple[str, str], ...]

    @property
    def slug(self) -> str:
        """What stands in addresses."""
        return self.house.region.slug

    @property
    def name(self) -> str:
        """The name of the region."""
        return self.house.region.name


def known_houses(request: HttpRequest, language: str) -> Mapping[str, KnownHouse]:
    """All houses by the short name of their region; remembered until something changes."""
    return remembered(("regions.houses", language), lambda: _read(request, language))


def _read(request: HttpRequest, language: str) -> dict[str, KnownHouse]:
    houses = Houses(request, language).all
    lists = _lists_below(house.url for house in houses)
    return {
        house.region.slug: KnownHouse(house, tuple(lists.get(house.url, ()))) for house in houses
    }


def _lists_below(urls: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    from regions.models import RegionalListPage

    found: dict[str, list[tuple[str, str]]] = {url: [] for url in urls}
    types = ContentType.objects.get_for_models(*RegionalListPage.__subclasses__()).values()
    pages = Page.objects.live().filter(content_type__in=types, depth__gt=4).order_by("path")
    for page in pages:
        url = page.get_url() or ""
        house_url = url.rstrip("/").rpartition("/")[0] + "/"
        if house_url in found:
            found[house_url].append((page.title, url))
    return found


def chosen_house(request: HttpRequest | None) -> KnownHouse | None:
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
