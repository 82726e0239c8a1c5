"""One request through the whole of Django, timed, with its questions to the database."""

import io
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory

from bench.rows import Row
from cms.accounts.mfa import SET_UP_KEY
from cms.delivery import content_version
from cms.models import User
from cms.wsgi import application
from search.engines import facet_arrays

T = TypeVar("T")
_TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@dataclass(frozen=True)
class Answer:
    """What one request cost: server time, and processor time of this process, in milliseconds."""

    status: int
    milliseconds: float
    processor: float
    queries: int
    kilobytes: float


@dataclass(frozen=True)
class Figures:
    """What many requests of one kind cost; ``queries`` in a warm process, times in a cold one.

    ``changed`` is the 95th percentile of the first request after any change.
    """

    name: str
    requests: int
    median: float
    p95: float
    slowest: float
    processor: float
    queries: int
    cold_queries: int
    kilobytes: float
    changed: float | None = None

    @classmethod
    def of(
        cls,
        name: str,
        cold: Iterable[Answer],
        warm: Iterable[Answer] = (),
        changed: Iterable[Answer] = (),
    ) -> "Figures":
        """Median and 95th percentile of the times, the most queries, the median size.

        Args:
            name: what was asked for.
            cold: answers of a process with cold caches.
            warm: answers with warm caches, for the number of queries.
            changed: answers each after a change of what is public.
        """
        answers = list(cold)
        times = sorted(answer.milliseconds for answer in answers)
        after = sorted(answer.milliseconds for answer in changed)
        return cls(
            name=name,
            requests=len(times),
            median=statistics.median(times),
            p95=percentile(times, 0.95),
            slowest=times[-1],
            processor=statistics.median(answer.processor for answer in answers),
            queries=max(answer.queries for answer in list(warm) or answers),
            cold_queries=max(answer.queries for answer in answers),
            kilobytes=statistics.median(answer.kilobytes for answer in answers),
            changed=percentile(after, 0.95) if after else None,
        )

    def as_json(self) -> Row:
        """JSON, to pass the figures from one process to another."""
        return asdict(self)


def percentile(ordered: list[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values do not exceed."""
    rank = -(-len(ordered) * int(share * 100) // 100)
    return ordered[max(rank, 1) - 1]


def forget() -> None:
    """Cold caches: empty Django's caches and what the search remembers of its facets.

    What stays is what a serving process has anyway: compiled templates, the German nouns,
    the arrays of the entries, menus and settings, and the connection to the database.
    """
    for cache in caches.all(initialized_only=False):
        cache.clear()


def forget_frame() -> None:
    """As after any change of what is public: menus, settings, pages above are asked for again."""
    forget()
    content_version.clear()


def forget_arrays() -> None:
    """As a process that has just been started: the next list reads all entries."""
    forget()
    facet_arrays._shared = facet_arrays.Snapshot()


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements sent to the database, less those around transactions."""
    statements: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *args: object) -> Any:
        if not sql.lstrip().startswith(_TRANSACTION):
            statements.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        yield statements


def timed(action: Callable[[], T]) -> tuple[Answer, T]:
    """Carry out ``action``; gives what it cost, and its result."""
    with counted() as statements:
        started, used = time.perf_counter(), time.process_time()
        result = action()
        seconds, used = time.perf_counter() - started, time.process_time() - used
    return Answer(200, seconds * 1000, used * 1000, len(statements), 0.0), result


def signed_in(user: User) -> Client:
    """A browser in which somebody has signed in with the second factor."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[SET_UP_KEY] = str(user.pk)
    session.save()
    return client


class Visitor:
    """Asks for pages as a web server does: environment in, bytes out, signals included.

    Args:
        cookie: sent with every request.
    """

    def __init__(self, cookie: str = "") -> None:
        self._application = application
        self._factory = RequestFactory()
        self._cookie = {"HTTP_COOKIE": cookie} if cookie else {}
        #: Where the last answer sent us.
        self.location = ""

    def get(self, address: str) -> Answer:
        """Send one GET request through the WSGI application and read the whole answer."""
        parts = urlsplit(address)
        environment = self._factory._base_environ(
            PATH_INFO=parts.path,
            QUERY_STRING=quote(parts.query, safe="=&%+"),
            REQUEST_METHOD="GET",
            **{"wsgi.input": io.BytesIO()},
            **self._cookie,
        )
        status: list[str] = []

        def start(line: str, headers: list[tuple[str, str]], *_: object) -> None:
            status.append(line)
            self.location = dict(headers).get("Location", "")

        def ask() -> int:
            response = self._application(environment, start)
            body = b"".join(response)
            response.close()
            return len(body)

        cost, size = timed(ask)
        return replace(cost, status=int(status[0].split()[0]), kilobytes=size / 1024)
