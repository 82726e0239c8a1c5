"""Servers that do not do what they should, and one that does."""

import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.index import alias_of
from search.models import IndexClock
from tests.search.elasticsearch.stub import Stub


@pytest.fixture
def server(settings: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elasticsearch]:
    """The real server, without an index of this test's history."""
    settings.ELASTICSEARCH_URLS = os.environ["ELASTICSEARCH_URL"].split(",")
    settings.ELASTICSEARCH_INDEX = f"haeuser-test-{os.getpid()}-{secrets.token_hex(4)}"
    settings.ELASTICSEARCH_TIMEOUT_MS = 20_000
    # What is mended is tried at once.
    monkeypatch.setattr("search.engines.elasticsearch.upkeep.PAUSE", timedelta())
    get_client.cache_clear()
    client = get_client()
    IndexClock.objects.get_or_create(pk=1)
    yield client
    names = list(client.indices.get(index=f"{settings.ELASTICSEARCH_INDEX}-*"))
    if names:
        client.indices.put_settings(
            index=",".join(names), settings={"blocks.read_only_allow_delete": None}
        )
        client.indices.delete(index=",".join(names))
    get_client.cache_clear()


@pytest.fixture
def alias(server: Elasticsearch) -> str:
    """The name by which the index of the test is asked."""
    return alias_of(IndexClock.version().epoch)


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    """A server that answers as the test says."""
    with Stub() as stub:
        settings.ELASTICSEARCH_URLS = [stub.url]
        settings.ELASTICSEARCH_TIMEOUT_MS = 200
        get_client.cache_clear()
        yield stub
    get_client.cache_clear()
