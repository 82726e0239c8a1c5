"""The full-text table of the database in use."""

from functools import cache

from django.db import connection

from search.engines.lexemes import Fulltext
from search.engines.postgresql import PostgresFulltext
from search.engines.sqlite import SqliteFulltext


@cache
def get_fulltext() -> Fulltext:
    """The full-text table of the database in use.

    Raises:
        NotImplementedError: on any but SQLite and PostgreSQL.
    """
    if connection.vendor == "sqlite":
        return SqliteFulltext()
    if connection.vendor == "postgresql":
        return PostgresFulltext()
    raise NotImplementedError(f"No full text for {connection.vendor}")
