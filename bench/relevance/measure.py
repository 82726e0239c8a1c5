"""How good the search is over judged queries: nDCG, recall and bootstrap intervals."""

import math
import random
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from unittest.mock import patch

from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict
from django.utils import translation
from wagtail.models import Locale, Page

from bench.relevance.collection import Judged, queries
from bench.report import Row
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.rebuild import Rebuild
from search.query import Query
from search.results.run import hits
from search.sweep import sweep
from search.views import SITE

_DEPTH, _TOP, _RECALLED, _SAMPLES = 50, 10, 20, 2000


@dataclass(frozen=True)
class Found:
    """What one system found for one query."""

    query: Judged
    ranking: tuple[int, ...]

    @property
    def ndcg(self) -> float:
        """nDCG@10 with the gain 2^grade - 1 (Järvelin and Kekäläinen 2002)."""
        ideal = _dcg(sorted(self.query.grades.values(), reverse=True))
        return _dcg([self.query.grades.get(pk, 0) for pk in self.ranking]) / ideal if ideal else 0.0

    @property
    def recall(self) -> float:
        """Share of the pages of any grade among the first 20."""
        wanted = self.query.grades.keys()
        return len(wanted & set(self.ranking[:_RECALLED])) / min(len(wanted), _RECALLED)

    @property
    def violates(self) -> bool:
        """Whether a page that must not stands above one that was meant, or was excluded."""
        if self.query.kind == "exclude":
            return not self.query.never.isdisjoint(self.ranking)
        place = {pk: number for number, pk in enumerate(self.ranking)}
        best = [place.get(pk, math.inf) for pk, grade in self.query.grades.items() if grade == 3]
        return any(place[pk] < max(best, default=0) for pk in self.query.never if pk in place)

    def row(self) -> Row:
        """What was found, by the grades of the first ten."""
        grades = " ".join(str(self.query.grades.get(pk, 0)) for pk in self.ranking[:_TOP])
        shown = {"nDCG@10": f"{self.ndcg:.2f}", "id": self.query.id, "query": self.query.text}
        return {**shown, "grades": grades, "never": self.violates}


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:_TOP]))


def _summary(system: str, kind: str, found: Sequence[Found]) -> Row:
    """A row: nDCG with its 95 % bootstrap interval, recall, without result, violations."""
    values, sample = [item.ndcg for item in found], random.Random(1)
    means = sorted(statistics.mean(sample.choices(values, k=len(values))) for _ in range(_SAMPLES))
    low, high = means[int(_SAMPLES * 0.025)], means[int(_SAMPLES * 0.975)]
    return {
        "system": system,
        "kind": kind,
        "queries": len(found),
        "nDCG@10": f"{statistics.mean(values):.3f}",
        "95 %": f"{low:.2f}-{high:.2f}",
        "recall@20": f"{statistics.mean(item.recall for item in found):.2f}",
        "without result": f"{sum(not item.ranking for item in found) / len(found):.0%}",
        "never": sum(item.violates for item in found),
    }


@translation.override("de")
def measure(half: str, page_ids: dict[str, int]) -> dict[str, list[Row]]:
    """Ask every system the queries of a half; gives rows by kind, and ours by query."""
    sweep(full=True)
    call_command("update_index", verbosity=0)
    asked, kinds, ours = queries(half, page_ids), [], []
    for system, find in systems().items():
        ours = [Found(query, tuple(find(query.text))) for query in asked]
        for kind in ["all", *dict.fromkeys(query.kind for query in asked)]:
            chosen = [item for item in ours if kind in ("all", item.query.kind)]
            kinds.append(_summary(system, kind, chosen))
    worst_first = sorted(ours, key=lambda item: item.ndcg)
    return {"kinds": kinds, "queries": [item.row() for item in worst_first]}


def _wagtail(text: str, operator: str) -> Iterable[int]:
    pages = Page.objects.live().filter(locale=Locale.objects.get(language_code="de"))
    return [page.pk for page in pages.search(text, operator=operator)[:_DEPTH]]


def _ours(text: str) -> Iterable[int]:
    params = QueryDict(mutable=True)
    params["q"] = text
    preset = replace(SITE, page_size=_DEPTH, facets=())
    return [hit.page.pk for hit in hits(Query.from_params(params, preset, "de", "/suche/"))]


def _ours_elasticsearch(text: str) -> Iterable[int]:
    with patch("search.results.run.get_engine", ElasticsearchEngine):
        return list(_ours(text))


def systems() -> dict[str, Callable[[str], Iterable[int]]]:
    """What is compared; the last is ours. Elasticsearch is filled, where the settings name one."""
    found: dict[str, Callable[[str], Iterable[int]]] = {
        "Wagtail and": lambda text: _wagtail(text, "and"),
        "Wagtail or": lambda text: _wagtail(text, "or"),
    }
    if settings.ELASTICSEARCH_URLS:
        settings.ELASTICSEARCH_TIMEOUT_MS = 60_000
        Rebuild().run()
        found["ours, Elasticsearch"] = _ours_elasticsearch
    return found | {"ours": _ours}
