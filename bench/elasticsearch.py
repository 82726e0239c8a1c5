"""Searches in Elasticsearch: whole pages, the engine alone, and what others take for the same.

Entries are generated (:mod:`bench.entries`). No search is asked twice, because the server would
answer it from its request cache: what warms up are other searches.
"""

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from unittest.mock import patch
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections

from bench.corpus import Corpus
from bench.databases import say
from bench.measure import Visitor, timed
from bench.report import Row, percentile, verdict
from bench.wagtail_search import WagtailSearch
from regions.models import Region
from search import registry
from search.engines.base import Engine, EngineAnswer, EngineQuery
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.index import delete_others
from search.engines.elasticsearch.rebuild import Rebuild
from search.models import IndexClock
from search.presets import Preset

#: Milliseconds, median and 95th percentile, of a whole page and of the engine; of suggestions.
PAGE, ENGINE, SUGGESTIONS = (45, 100), (20, 65), (None, 25)
#: Database queries of a page; pages a second of so many clients; entries a second of a rebuild.
MOST_QUERIES, PAGES_A_SECOND, CLIENTS, ENTRIES_A_SECOND = 4, 35, 4, 1500
_WARM = 60
Asked = dict[str, str]
Limits = tuple[float | None, float | None]
_NONE: Limits = (None, None)


class Timed:
    """An engine that notes how long it takes.

    Args:
        engine: answers.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._milliseconds = 0.0

    def search(self, query: EngineQuery) -> EngineAnswer:
        started = time.perf_counter()
        try:
            return self._engine.search(query)
        finally:
            self._milliseconds += (time.perf_counter() - started) * 1000

    def take(self) -> float:
        """The milliseconds of all answers since the last call."""
        taken, self._milliseconds = self._milliseconds, 0.0
        return taken


def _mixed(seed: int) -> Iterator[Asked]:
    """Parameters without end: half with filters, a third with a place, a third of many words."""
    corpus = Corpus(seed)
    chance = corpus.random
    words = sorted(
        {w.strip(".,:;!?„“()") for w in " ".join(corpus.sentences).split() if len(w) > 3}
    )
    regions = list(Region.objects.order_by("pk").values_list("slug", flat=True))
    types = [document.type_key for document in registry.documents().values()]
    while True:
        number = chance.choice([0, 1, 1, 2, 3, 4])
        asked = {"q": " ".join(chance.sample(words, number))} if number else {}
        if chance.random() < 1 / 2:
            asked |= chance.choice(
                [{"region": chance.choice(regions)}, {"typ": chance.choice(types)}]
            )
        if chance.random() < 1 / 3:
            asked["ort"] = corpus.place()
        if number < 2 and chance.random() < 1 / 3:
            asked["seite"] = str(chance.randint(2, 5))
        yield asked


def _address(asked: Asked) -> str:
    return f"/suche/?{urlencode(asked)}"


def measure(requests: int) -> list[Row]:
    """Build the index, then ask for pages, by one client and by several, and ask others."""
    settings.ELASTICSEARCH_INDEX, settings.ELASTICSEARCH_TIMEOUT_MS = "haeuser-bench", 60_000
    started = time.perf_counter()
    rebuild = Rebuild()
    rebuild.run()
    built = rebuild.done / (time.perf_counter() - started)
    asked, others = list(islice(_mixed(7), requests)), list(islice(_mixed(8), requests))
    everything = Preset(facets=tuple(registry.facets()), takes_place=True)
    with patch("search.views.SITE", everything):
        rows = [
            *_pages("Elasticsearch", ElasticsearchEngine(), asked, (PAGE, ENGINE)),
            _clients(others),
            _suggestions(asked),
            *_pages("the database", DatabaseEngine(), asked),
        ]
    rows += _plain(asked)
    delete_others(get_client(), IndexClock.version().epoch, None)
    # The median of the engine as a share of what plain Wagtail takes for hits and number.
    rows[1]["plain Wagtail = 1"] = f"{rows[1]['median ms'] / rows[-2]['median ms']:.2f}"
    low = verdict(built < ENTRIES_A_SECOND and "rate")
    return [*rows, {**dict.fromkeys(rows[0]), "": "rebuild", "a second": built, "verdict": low}]


def _pages(
    name: str, engine: Engine, asked: Sequence[Asked], limits: Sequence[Limits] = (_NONE, _NONE)
) -> Iterator[Row]:
    """Whole pages, and of those the engine."""
    say(name)
    visitor, noted = Visitor(), Timed(engine)
    with patch("search.results.run.get_engine", lambda: noted):
        for other in islice(_mixed(1), _WARM):
            visitor.get(_address(other), 200, 302)
        noted.take()
        costs, times = [], []
        for one in asked:
            costs.append(visitor.get(_address(one), 200, 302))
            times.append(noted.take())
    queries = max(cost.queries for cost in costs)
    pages = [cost.milliseconds for cost in costs]
    processor = percentile([cost.processor for cost in costs], 50)
    yield _row(f"page, {name}", pages, limits[0], queries=queries) | {"Python": processor}
    yield _row(f"engine, {name}", times, limits[1])


def _clients(asked: Sequence[Asked]) -> Row:
    """Several clients, each served by a process of its own, as web processes do."""
    say("clients")
    connections.close_all()
    get_client.cache_clear()
    with (
        patch("search.results.run.get_engine", ElasticsearchEngine),
        multiprocessing.get_context("fork").Pool(CLIENTS) as pool,
    ):
        warm = list(islice(_mixed(2), _WARM))
        connections.close_all()
        pool.map(_ask, [warm[number::CLIENTS] for number in range(CLIENTS)], chunksize=1)
        started = time.perf_counter()
        found = pool.map(_ask, [asked[n::CLIENTS] for n in range(CLIENTS)], chunksize=1)
        rate = len(asked) / (time.perf_counter() - started)
    times = [taken for one in found for taken in one]
    return _row(f"page, {CLIENTS} clients", times, _NONE, rate=rate)


def _ask(asked: Sequence[Asked]) -> list[float]:
    visitor = Visitor()
    return [visitor.get(_address(one), 200, 302).milliseconds for one in asked]


def _suggestions(asked: Sequence[Asked]) -> Row:
    visitor = Visitor()
    begun = [words[: 2 + number % 9] for number, one in enumerate(asked) if (words := one.get("q"))]
    addresses = [f"/suche/vorschlaege/?{urlencode({'q': text})}" for text in begun]
    visitor.get(addresses[0])
    times = [visitor.get(address).milliseconds for address in addresses]
    return _row("suggestions", times, SUGGESTIONS)


def _plain(asked: Sequence[Asked]) -> Iterator[Row]:
    """Plain Wagtail on the same server."""
    say("plain Wagtail")
    plain = WagtailSearch()

    def took(one: Asked, *, with_facets: bool) -> float:
        return timed(lambda: plain.search(one, with_facets=with_facets))[0].milliseconds

    for other in islice(_mixed(1), _WARM):
        plain.search(other, with_facets=True)
    for name, with_facets in (("hits and number", False), ("and two facets", True)):
        get_client().indices.clear_cache(request=True)
        times = [took(one, with_facets=with_facets) for one in asked]
        yield _row(f"plain Wagtail: {name}", times, _NONE)
    plain.close()


def _row(
    name: str,
    times: list[float],
    limits: Limits,
    *,
    queries: int | None = None,
    rate: float | None = None,
) -> Row:
    median, p95 = percentile(times, 50) or 0.0, percentile(times) or 0.0
    missed = [
        limits[0] is not None and median > limits[0] and "median",
        limits[1] is not None and p95 > limits[1] and "p95",
        limits != _NONE and (queries or 0) > MOST_QUERIES and "queries",
        rate is not None and rate < PAGES_A_SECOND and "rate",
    ]
    return {
        "": name,
        "n": len(times),
        "median ms": median,
        "p95 ms": p95,
        "limits ms": " / ".join("–" if one is None else str(one) for one in limits),
        "slowest ms": max(times),
        "Python": None,
        "queries": queries,
        "a second": rate,
        "plain Wagtail = 1": None,
        "verdict": verdict(*missed),
    }
