"""Counts searches in memory and writes them in batches.

A search is two kinds of rows: its words, and each of its filters; which belonged together is not
kept. Places are never counted, nor words that look like somebody's address or number.
"""

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.http import urlencode

from search import registry
from search.models import SearchCount
from search.query import Query

#: Characters of the words that are kept.
MAX_WORDS = 100
#: Different searches in memory; further ones are not counted until the next batch.
MOST_WAITING = 2_000
#: Different searches of a day, so that a program that makes them up fills no database.
MOST_A_DAY = 5_000
#: Searches that fill a batch before its time.
_BATCH = 200
# E-mail addresses, and numbers of telephones, accounts and postal codes.
_PERSONAL = re.compile(r"@|\d(?:[\s/().-]*\d){4}")
_UPSERT = """
INSERT INTO search_searchcount (day, locale, kind, text, asked, without_result, results)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (day, locale, kind, text) DO UPDATE SET
asked = search_searchcount.asked + excluded.asked,
without_result = search_searchcount.without_result + excluded.without_result,
results = excluded.results
"""


@dataclass(frozen=True)
class Asked:
    """What is counted: words or one filter, in a language."""

    locale: str
    kind: str
    text: str


@dataclass
class _Count:
    asked: int = 0
    without_result: int = 0
    results: int = 0


def countable(query: Query) -> Iterator[Asked]:
    """What of ``query`` is counted: its first page, without the place.

    Args:
        query: what a visitor asks.
    """
    if query.page > 1:
        return
    words = " ".join(query.text.casefold().split())
    # Before they are cut: half an address names somebody, too.
    if words and not _PERSONAL.search(words):
        yield Asked(query.language, SearchCount.Kind.WORDS, words[:MAX_WORDS])
    for name in registry.facets():
        for value in query.filters.get(name, ()):
            text = urlencode({name: value})
            if len(text) <= MAX_WORDS:
                yield Asked(query.language, SearchCount.Kind.FILTER, text)


class SearchCounter:
    """Counts of one process.

    Args:
        seconds: after which a batch is written; 0 for never.
        clock: gives seconds.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: dict[tuple[date, Asked], _Count] = {}
        self._since = 0.0

    def add(self, searches: Iterable[Asked], results: int) -> None:
        """Count ``searches``, which found so many pages."""
        today = timezone.localdate()
        with self._lock:
            if not self._counts:
                self._since = self._clock()
            for asked in searches:
                key = today, asked
                if key not in self._counts and len(self._counts) >= MOST_WAITING:
                    continue
                count = self._counts.setdefault(key, _Count())
                count.asked += 1
                count.without_result += not results
                count.results = results

    def is_due(self) -> bool:
        """Whether the batch should be written."""
        if not (self._seconds and self._counts):
            return False
        return len(self._counts) >= _BATCH or self._clock() - self._since >= self._seconds

    def flush(self) -> int:
        """Write what has been counted.

        Returns:
            How many different searches.
        """
        with self._lock:
            counts, self._counts = self._counts, {}
        if counts:
            with transaction.atomic():
                _write(counts)
        return len(counts)


def _write(counts: dict[tuple[date, Asked], _Count]) -> None:
    days = {day for day, _asked in counts}
    full = {d for d in days if SearchCount.objects.filter(day=d).count() >= MOST_A_DAY}
    known = _known(full, counts) if full else set()
    rows = [
        (day, asked.locale, asked.kind, asked.text, n.asked, n.without_result, n.results)
        for (day, asked), n in sorted(counts.items(), key=lambda item: str(item[0]))
        if day not in full or (day, asked) in known
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, rows)


def _known(days: Iterable[date], counts: Iterable[tuple[date, Asked]]) -> set[tuple[date, Asked]]:
    """Those of ``counts``, and maybe others, that have a row on one of ``days``."""
    rows = SearchCount.objects.filter(day__in=days, text__in={asked.text for _day, asked in counts})
    columns = "day", "locale", "kind", "text"
    return {(day, Asked(*asked)) for day, *asked in rows.values_list(*columns)}
