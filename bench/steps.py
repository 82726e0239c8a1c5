"""The steps of a run, each in a process of its own that Django has been set up in."""

import sqlite3
from typing import Any

from django.db import connection

from bench import generate, pages, publish


def _version() -> str:
    """Name and version of the database in use."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def _generate(total: int) -> dict[str, Any]:
    seconds = generate.generate(total)
    pages.render_pictures()
    return {"seconds": seconds}


def _pages(requests: int) -> dict[str, Any]:
    return {"rows": pages.measure(requests)}


def _publish(number: int) -> dict[str, Any]:
    return {"rows": publish.measure(number)}


STEPS = {"generate": _generate, "pages": _pages, "publish": _publish}


def take(step: str, number: int) -> dict[str, Any]:
    """Take one step.

    Args:
        step: one of :data:`STEPS`.
        number: of pages to have, requests to make, or pages to publish.

    Returns:
        What it found, with the database's version and how much there is.
    """
    return {**STEPS[step](number), "database": _version(), "facts": generate.facts()}
