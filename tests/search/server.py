"""An index on a real server, emptied after each test: to make one takes longer than most tests."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db.models import F

from search.engines.base import EngineAnswer, EngineQuery
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.index import alias_of, create_index, put_in_place
from search.engines.elasticsearch.sending import send
from search.models import Entry, IndexClock

#: Versions of a test begin above those of all tests before: the index refuses older ones.
VERSIONS_OF_A_TEST = 100_000
#: Milliseconds; the server of the tests is started with little memory and may be busy.
PATIENCE = 20_000


class IndexOfTests:
    """An engine that is sent the entries of the test before it answers.

    Args:
        urls: of the server.
    """

    def __init__(self, urls: list[str]) -> None:
        self._urls = urls
        self._epoch = secrets.randbits(62)
        self._first_versions = count(VERSIONS_OF_A_TEST, VERSIONS_OF_A_TEST)
        self._is_made = False
        self._sent: set[int] = set()

    @contextmanager
    def in_use(self, settings: Any) -> Iterator[None]:
        """Have the settings name the server, and versions begin above those of all tests before."""
        settings.ELASTICSEARCH_URLS = self._urls
        settings.ELASTICSEARCH_INDEX = f"haeuser-test-{os.getpid()}"
        settings.ELASTICSEARCH_TIMEOUT_MS = PATIENCE
        get_client.cache_clear()
        IndexClock.objects.update_or_create(
            pk=1, defaults={"epoch": self._epoch, "counter": next(self._first_versions)}
        )
        if not self._is_made:
            self._client = get_client()
            put_in_place(self._client, self._epoch, create_index(self._client, self._epoch))
            self._is_made = True
        self._alias = alias_of(self._epoch)
        yield
        self._empty()
        get_client.cache_clear()

    def search(self, query: EngineQuery) -> EngineAnswer:
        """See :class:`search.engines.base.Engine`."""
        self.send_changes()
        return ElasticsearchEngine().search(query)

    def send_changes(self) -> None:
        """Send what the index has not got yet."""
        entries = list(Entry.objects.filter(acknowledged_version__lt=F("version")))
        gone = self._sent - set(Entry.objects.values_list("pk", flat=True))
        version = next(self._first_versions)
        entries += [Entry(page_id=pk, removed=True, version=version) for pk in gone]
        if entries:
            sent = send(get_client(), self._alias, entries, refresh=True)
            assert (sent.refused, sent.newer) == ({}, [])
        Entry.objects.update(acknowledged_version=F("version"))
        self._sent |= {entry.page_id for entry in entries}

    def _empty(self) -> None:
        version = next(self._first_versions)
        entries = [Entry(page_id=pk, removed=True, version=version) for pk in self._sent]
        send(get_client(), self._alias, entries, refresh=True)
        self._sent = set()

    def close(self) -> None:
        """Delete the index."""
        if self._is_made:
            indices = self._client.indices
            indices.delete(index=",".join(indices.get(index=f"{self._alias}-*")))
