"""From entries to records."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cms.models import SiteSettings
from search import registry
from search.api import schemas
from search.facets import FacetTable, load_tables
from search.models import Entry, EntryFacet
from search.registry import REGION_FACET, TYPE_FACET, Facet


def filters() -> list[Facet]:
    """The filters of the list, whose values every record names."""
    return [facet for facet in registry.facets().values() if not facet.windows]


def licence_of_texts(request: HttpRequest) -> schemas.Licence | None:
    """The licence that the national administration has chosen for the texts."""
    licence = SiteSettings.load(request_or_site=request).licence
    return schemas.Licence(name=licence.name, adresse=licence.url) if licence else None


def source(url: str, region: str = "") -> schemas.Source:
    """Whom to name: the site, and the region that has written it."""
    name = ", ".join(filter(None, (settings.WAGTAIL_SITE_NAME, region)))
    return schemas.Source(name=name, adresse=url)


class Records:
    """Makes records of entries in one language.

    Args:
        request: gives addresses their host.
        language: of entries and labels.
    """

    def __init__(self, request: HttpRequest, language: str) -> None:
        self._request = request
        self._language = language
        self._tables = load_tables(filters(), language)
        self._licence = licence_of_texts(request)

    def of(self, entries: Iterable[Entry], urls: Mapping[int, str]) -> list[schemas.Entry]:
        """A record for each entry that has an address in ``urls``, by page id."""
        shown = [entry for entry in entries if entry.page_id in urls]
        keys = _keys(shown)
        return [
            schemas.Entry(**self._fields(entry, urls[entry.page_id], keys[entry.page_id]))
            for entry in shown
        ]

    def with_text(self, entry: Entry, url: str) -> schemas.EntryWithText:
        """The record of one entry, with its text."""
        fields = self._fields(entry, url, _keys([entry])[entry.page_id])
        names_people = entry.type_key in registry.house_types()
        return schemas.EntryWithText(**fields, text=None if names_people else entry.text)

    def _fields(self, entry: Entry, url: str, keys: Mapping[str, set[str]]) -> dict[str, Any]:
        address = self._request.build_absolute_uri(url)
        region = self._named(REGION_FACET, {str(entry.region_id)})
        values = {
            name: self._named(name, keys[name])
            for name in self._tables
            if name in keys and name not in (TYPE_FACET, REGION_FACET)
        }
        has_place = entry.lat is not None and entry.lon is not None
        return {
            "id": entry.page_id,
            "typ": self._named(TYPE_FACET, {entry.type_key})[0],
            "sprache": entry.locale,
            "titel": entry.title,
            "zusammenfassung": entry.summary,
            "adresse": address,
            "region": region[0] if region else None,
            "datum": entry.date,
            "merkmale": {name: named for name, named in values.items() if named},
            "termine": {
                name: [{"von": first, "bis": last} for first, last in periods]
                for name, periods in entry.dates.items()
            },
            "position": {"breite": entry.lat, "laenge": entry.lon} if has_place else None,
            "lizenz": self._licence,
            "quelle": source(address, region[0].name if region else ""),
        }

    def _named(self, facet: str, keys: set[str]) -> list[schemas.Named]:
        return named_values(self._tables[facet], keys)


def named_values(table: FacetTable, keys: set[str] | None = None) -> list[schemas.Named]:
    """Values of a filter as addresses have them, with their labels: all, or those of ``keys``."""
    return [
        schemas.Named(schluessel=choice.public, name=choice.label)
        for choice in table.choices()
        if keys is None or choice.key in keys
    ]


def _keys(entries: Iterable[Entry]) -> dict[int, dict[str, set[str]]]:
    """Facet keys by entry and facet."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = EntryFacet.objects.filter(entry_id__in=[entry.page_id for entry in entries])
    for page_id, name, value in rows.values_list("entry_id", "name", "value"):
        found[page_id][name].add(value)
    return found
