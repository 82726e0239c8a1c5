"""Statistics of tables, which the planner of queries needs after much was written at once."""

from django.db import connection


def analyze() -> None:
    """Do what autovacuum, or SQLite's own optimisation, has done on a site that has grown."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
