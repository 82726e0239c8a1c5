"""Searches in Elasticsearch beside the same searches in the database, and how long a rebuild takes.

Entries are generated without pages (:mod:`bench.entries`): what is measured is the search up to its
results, not the page around them.
"""

import time
from collections.abc import Iterator, Sequence
from itertools import islice
from unittest.mock import patch
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils import translation

from bench.corpus import Corpus
from bench.report import Row, percentile, verdict
from regions.models import Region
from search import registry
from search.engines.base import Engine, EngineAnswer, EngineQuery
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.index import indexes_of
from search.engines.elasticsearch.rebuild import Rebuild
from search.models import IndexClock
from search.presets import Preset
from search.query import Query
from search.results.run import run

#: Milliseconds of a search in Elasticsearch, median and 95th percentile; entries sent a second.
MEDIAN, P95, ENTRIES_A_SECOND = 20, 65, 1500


class Timed:
    """An engine that notes how long its answers took.

    Args:
        engine: answers.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.milliseconds: list[float] = []

    def search(self, query: EngineQuery) -> EngineAnswer:
        started = time.perf_counter()
        answer = self._engine.search(query)
        self.milliseconds.append((time.perf_counter() - started) * 1000)
        return answer


def _addresses(corpus: Corpus) -> Iterator[dict[str, str]]:
    """Parameters without end: half with filters, a third with a place, some without words."""
    chance = corpus.random
    words = sorted(
        {w.strip(".,:;!?„“()") for w in " ".join(corpus.sentences).split() if len(w) > 3}
    )
    regions = list(Region.objects.values_list("slug", flat=True))
    number = 0
    while True:
        number += 1
        asked = {"q": " ".join(chance.sample(words, number % 5))} if number % 5 else {}
        if number % 2:
            asked["region"] = chance.choice(regions)
        if number % 3 == 0:
            asked["ort"] = corpus.place()
        if number % 7 == 0:
            asked["seite"] = "3"
        yield asked


def measure(requests: int) -> list[Row]:
    """Build the index, then ask both engines the same."""
    settings.ELASTICSEARCH_INDEX, settings.ELASTICSEARCH_TIMEOUT_MS = "haeuser-bench", 60_000
    started = time.perf_counter()
    rebuild = Rebuild()
    rebuild.run()
    rate = rebuild.done / (time.perf_counter() - started)
    asked = list(islice(_addresses(Corpus(7)), requests))
    rows = [
        _row("Elasticsearch", ElasticsearchEngine(), asked, is_limited=True),
        _row("database", DatabaseEngine(), asked),
    ]
    epoch = IndexClock.version().epoch
    get_client().indices.delete(index=",".join(indexes_of(get_client(), epoch)))
    late = verdict(rate < ENTRIES_A_SECOND and "time")
    return [*rows, dict.fromkeys(rows[0]) | {"": f"rebuild: {rate:.0f} entries/s", "verdict": late}]


@translation.override("de")
def _row(
    name: str, engine: Engine, asked: Sequence[dict[str, str]], *, is_limited: bool = False
) -> Row:
    preset = Preset(facets=tuple(registry.facets()), takes_place=True)
    wholes = []
    # Once to warm caches; the measured round asks in the same order, so the server's own cache
    # would answer: its keys differ by the page.
    for offset, timed in ((0, Timed(engine)), (1, Timed(engine))):
        with patch("search.results.run.get_engine", lambda timed=timed: timed):
            for parameters in asked:
                page = str(int(parameters.get("seite", "1")) + offset)
                params = QueryDict(urlencode({**parameters, "seite": page}))
                query = Query.from_params(params, preset, "de", "/suche/")
                started = time.perf_counter()
                run(query)
                wholes.append((time.perf_counter() - started) * 1000)
    wholes = wholes[len(asked) :]
    median, p95 = (percentile(timed.milliseconds, share) or 0.0 for share in (50, 95))
    missed = [is_limited and median > MEDIAN and "median", is_limited and p95 > P95 and "p95"]
    return {
        "": name,
        "n": len(timed.milliseconds),
        "engine median ms": median,
        "engine p95 ms": p95,
        "results median ms": percentile(wholes, 50),
        "results p95 ms": percentile(wholes, 95),
        "verdict": verdict(*missed),
    }
