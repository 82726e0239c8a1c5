"""Engines: given words and filters they return ids and counts, nothing that is shown."""

from functools import cache

from search.engines.base import Engine


@cache
def get_engine() -> Engine:
    """The engine that answers queries."""
    from search.engines.database import DatabaseEngine

    return DatabaseEngine()
