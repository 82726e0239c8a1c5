"""Engines: given words and filters they return ids and counts, nothing that is shown."""

from functools import cache

from django.conf import settings

from search.engines.base import Engine


@cache
def get_engine() -> Engine:
    """The engine that answers queries: Elasticsearch where the settings name a server."""
    from search.engines.database import DatabaseEngine

    if not settings.ELASTICSEARCH_URLS:
        return DatabaseEngine()
    from search.engines.elasticsearch.engine import ElasticsearchEngine
    from search.engines.elasticsearch.fallback import FallbackEngine

    return FallbackEngine(ElasticsearchEngine(), DatabaseEngine())


def for_one_search(engine: Engine) -> Engine:
    """``engine`` for the questions of one search.

    Nobody waits in vain more than once, and the database looks up each word once.
    """
    several = getattr(engine, "for_one_search", None)
    return several() if several else engine
