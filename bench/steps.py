"""The steps of a run, each in a process of its own that Django has been set up in."""

import sqlite3

from django.db import connection

from bench import generate, pages, publish
from bench.admin import fixtures, houses, views
from bench.admin import pages as house_pages
from bench.rows import Row


def _version() -> str:
    """Name and version of the database in use."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def _generate(total: int) -> Row:
    seconds = generate.generate(total)
    pages.render_pictures()
    return {"seconds": seconds}


def _pages(requests: int) -> Row:
    return {"rows": pages.measure(requests)}


def _publish(number: int) -> Row:
    return {"rows": publish.measure(number)}


def _houses(number: int) -> Row:
    return houses.provision(number)


def _people(total: int) -> Row:
    return {"people": houses.add_people(total), **fixtures.add_media()}


def _house_pages(total: int) -> Row:
    return {"written": house_pages.write(total)}


def _work(_number: int) -> Row:
    return fixtures.add_work()


def _settle(_number: int) -> Row:
    generate.settle()
    return {}


def _admin(requests: int, only: str) -> Row:
    return {"rows": views.measure(requests, only), "facts": views.facts()}


#: Those of ``python -m bench.admin`` come last.
STEPS = {
    "generate": _generate,
    "pages": _pages,
    "publish": _publish,
    "houses": _houses,
    "people": _people,
    "house-pages": _house_pages,
    "work": _work,
    "settle": _settle,
}


def take(step: str, number: int, only: str = "") -> Row:
    """Take one step.

    Args:
        step: one of :data:`STEPS`.
        number: of pages to have, requests to make, or pages to publish.
        only: views of the admin with this in their name.

    Returns:
        What it found, with the database's version and how much there is.
    """
    found = _admin(number, only) if step == "admin" else STEPS[step](number)
    return {"database": _version(), "facts": generate.facts(), **found}
