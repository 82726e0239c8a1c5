"""One request through the whole of Django, timed, with its queries."""

import io
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory

from bench.report import Row, percentile, verdict
from cms.accounts.mfa import SET_UP_KEY
from cms.delivery import content_version
from cms.models import User
from cms.wsgi import application
from search.engines import facet_arrays

T = TypeVar("T")
#: Limits in milliseconds for the 95th percentile, by kind of page; some are higher on SQLite.
LIMITS = {
    "detail": 40,
    "list": 150,
    "after": 150,
    "highlight": 5,
    "publish": 300,
    "admin": 800,
    "editor": 800,
    "check": 100,
    "result": 300,
    "tables": 500,
}
LIMITS_ON_SQLITE = {"list": 250, "after": 250}
#: Queries of a page; publishing, the first list after it, and the page editor may make more.
MAX_QUERIES = {"detail": 12, "list": 12, "admin": 40, "check": 10}
_TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@dataclass(frozen=True)
class Cost:
    """What one request cost: server time, and processor time of this process, in milliseconds."""

    milliseconds: float
    processor: float
    queries: int
    kilobytes: float = 0.0


def figures(
    name: str,
    kind: str,
    cold: Iterable[Cost],
    warm: Iterable[Cost] = (),
    changed: Iterable[Cost] = (),
) -> Row:
    """What many requests of one kind cost, by column of the table.

    Args:
        name: what was asked for.
        kind: which limits apply; none if empty.
        cold: costs in a process with cold caches: the times.
        warm: costs with warm caches, for the number of queries.
        changed: costs each after a change of what is public.
    """
    costs, warm = list(cold), list(warm)
    times = [cost.milliseconds for cost in costs]
    p95, queries = percentile(times), max(cost.queries for cost in warm or costs)
    limit = LIMITS.get(kind)
    if connection.vendor == "sqlite":
        limit = LIMITS_ON_SQLITE.get(kind, limit)
    late = limit is not None and p95 > limit
    many = queries > MAX_QUERIES.get(kind, queries)
    return {
        "": name,
        "n": len(times),
        "median ms": statistics.median(times),
        "p95 ms": p95,
        "limit ms": limit,
        "slowest": max(times),
        "after a change": percentile([cost.milliseconds for cost in changed]),
        "Python": statistics.median(cost.processor for cost in costs),
        "Python, warm": statistics.median(cost.processor for cost in warm) if warm else None,
        "queries": queries,
        "cold": max(cost.queries for cost in costs),
        "HTML KB": statistics.median(cost.kilobytes for cost in costs) or None,
        "verdict": verdict(late and "time", many and "queries") if limit else None,
    }


def forget() -> None:
    """Cold caches: empty Django's caches and what the search remembers of its facets.

    What stays is what a serving process has anyway: compiled templates, the German nouns,
    the arrays of the entries, menus and settings, and the connection to the database.
    """
    for cache in caches.all(initialized_only=False):
        cache.clear()


def forget_content() -> None:
    """As after any change of what is public: menus, settings, pages above are asked for again."""
    forget()
    content_version.clear()


def forget_arrays() -> None:
    """As a process that has just been started: the next list reads all entries."""
    forget()
    facet_arrays.clear()


def timed(action: Callable[[], T]) -> tuple[Cost, T]:
    """Carry out ``action``; gives its cost, less statements around transactions, and its result."""
    statements: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *args: object) -> Any:
        if not sql.lstrip().startswith(_TRANSACTION):
            statements.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        started, used = time.perf_counter(), time.process_time()
        result = action()
        seconds, used = time.perf_counter() - started, time.process_time() - used
    return Cost(seconds * 1000, used * 1000, len(statements)), result


def signed_in(user: User) -> Client:
    """A browser in which somebody has signed in with the second factor."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[SET_UP_KEY] = str(user.pk)
    session.save()
    return client


class Visitor:
    """Asks for pages, signed in or not, as a web server does: environment in, bytes out."""

    def __init__(self, user: User | None = None) -> None:
        session = signed_in(user).session.session_key if user else ""
        self._cookie = {"HTTP_COOKIE": f"sessionid={session}"} if user else {}
        #: Where the last answer sent us.
        self.location = ""

    def get(self, address: str, *expected: int) -> Cost:
        """Send one GET request and read the whole answer, which must be expected (200)."""
        parts = urlsplit(address)
        environment = RequestFactory()._base_environ(
            PATH_INFO=parts.path,
            QUERY_STRING=quote(parts.query, safe="=&%+"),
            REQUEST_METHOD="GET",
            **{"wsgi.input": io.BytesIO()},
            **self._cookie,
        )
        self.location = ""

        def start(line: str, headers: list[tuple[str, str]], *_: object) -> None:
            self.location = dict(headers).get("Location", "")
            if int(line.split()[0]) not in (expected or (200,)):
                raise RuntimeError(f"{address} answers {line} {self.location}.")

        def ask() -> int:
            response = application(environment, start)
            body = b"".join(response)
            response.close()
            return len(body)

        cost, size = timed(ask)
        return replace(cost, kilobytes=size / 1024)
