"""The same searches by Wagtail's own backend for Elasticsearch, to compare with.

It has no places, and of a facet its ten most frequent values, by a request of its own.
"""

from collections.abc import Mapping
from itertools import islice

from django.conf import settings
from modelsearch import index
from modelsearch.backends.elasticsearch9 import SearchBackend
from modelsearch.query import MATCH_ALL

from regions.models import Region
from search.engines.elasticsearch.connection import get_client
from search.models import Entry

_PAGE, _BATCH = 12, 500
#: What can be filtered by, by parameter of an address.
_FACETS = {"typ": "type_key", "region": "region_id"}


class PlainEntry(index.Indexed, Entry):
    """An entry as a model that Wagtail searches."""

    search_fields = (
        index.SearchField("title", boost=2),
        index.SearchField("summary"),
        index.SearchField("text"),
        *(index.FilterField(name) for name in ("locale", "date", *_FACETS.values())),
    )

    class Meta:
        proxy = True
        app_label = "search"


class WagtailSearch:
    """An index of all entries; it is filled at once, and deleted by :meth:`close`."""

    def __init__(self) -> None:
        prefix = f"{settings.ELASTICSEARCH_INDEX}-plain-"
        self._backend = SearchBackend({"URLS": settings.ELASTICSEARCH_URLS, "INDEX_PREFIX": prefix})
        self._backend.es = get_client()
        self._regions = dict(Region.objects.values_list("slug", "pk"))
        self._index = self._backend.get_index_for_model(PlainEntry)
        self._index.reset()
        self._index.add_model(PlainEntry)
        rows = PlainEntry.objects.defer("title_tokens", "summary_tokens", "text_tokens")
        entries = rows.iterator(_BATCH)
        while batch := list(islice(entries, _BATCH)):
            self._index.add_items(PlainEntry, batch)
        self._index.refresh()

    def search(self, asked: Mapping[str, str], *, with_facets: bool) -> None:
        """Read a page of hits and their number, and count values of the facets."""
        rows = PlainEntry.objects.filter(locale="de").only("title", "summary", "date")
        if "typ" in asked:
            rows = rows.filter(type_key=asked["typ"])
        if "region" in asked:
            rows = rows.filter(region_id=self._regions[asked["region"]])
        if text := f"{asked.get('q', '')} {asked.get('ort', '')}".strip():
            results = self._backend.search(text, rows)
        else:
            rows = rows.order_by("-date")
            results = self._backend.search(MATCH_ALL, rows, order_by_relevance=False)
        start = (int(asked.get("seite", "1")) - 1) * _PAGE
        list(results[start : start + _PAGE])
        results.count()
        for name in _FACETS.values() if with_facets else ():
            results.facet(name)

    def close(self) -> None:
        """Leave nothing of it on the server."""
        self._index.delete()
