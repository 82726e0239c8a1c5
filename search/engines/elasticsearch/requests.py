"""The requests that a query makes of the server, and what is read from its answers."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from search.engines.base import EngineQuery
from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.clauses import NearClauses
from search.engines.elasticsearch.facets import FacetClauses, soonest_first
from search.engines.elasticsearch.mapping import Json, facet_field
from search.engines.elasticsearch.ranking import LITERAL, PREFERENCES, Ranking, WordCounts
from search.places import RADII, RADIUS_PARAMETER
from search.registry import REGION_FACET, TYPE_FACET

#: Elasticsearch numbers hits so far and no further (index.max_result_window).
MAX_WINDOW = 10_000
#: How the names of clauses begin that stand for preferences; those of words are numbers.
_PREFERENCE = "p"
_NEWEST: list[Json] = [{"date": {"order": "desc", "missing": "_last"}}, {"page_id": "desc"}]
_DAY_IN_MILLISECONDS, _FIRST_DAY = 86_400_000, datetime.date(1970, 1, 1).toordinal()
# Sort values say which page a hit is: nothing is decompressed for it.
_NOTHING_STORED: Json = {"stored_fields": "_none_"}


@dataclass(frozen=True)
class Found:
    """One hit.

    Args:
        page_id: of the page.
        score: see :mod:`search.engines.elasticsearch.ranking`.
        of_words: part of the score by position of the word.
        day: of the entry, counted from the first of year one; 0 for none.
        regions: keys of its regions; only if they were asked for.
        place: latitude and longitude; likewise.
        met: numbers of the preferences that it meets.
        is_literal: whether it has all words themselves.
    """

    page_id: int
    score: float
    of_words: Mapping[int, float] = field(default_factory=dict)
    day: int = 0
    regions: tuple[str, ...] = ()
    place: tuple[float, float] | None = None
    met: tuple[int, ...] = ()
    is_literal: bool = False

    @classmethod
    def read(cls, hit: Json) -> "Found":
        """Read a hit of an answer: it ends its sort values with date and page id."""
        fields = hit.get("fields", {})
        score = hit["_score"] or 0.0
        of_words: dict[int, float] = {}
        met: dict[int, float] = {}
        for name, part in (hit.get("matched_queries") or {}).items():
            if name.startswith(_PREFERENCE):
                met[int(name.removeprefix(_PREFERENCE))] = part
            else:
                number = int(name.partition(clauses.NAME_END)[0])
                of_words[number] = max(part, of_words.get(number, 0.0))
        return cls(
            # Every order ends with it; whose id is no number, somebody else has sent.
            page_id=hit["sort"][-1],
            score=score,
            of_words=of_words,
            day=_day(hit["sort"][-2]) if len(hit["sort"]) > 1 else 0,
            regions=tuple(fields.get(facet_field(REGION_FACET), ())),
            place=_point(fields.get("place")),
            met=tuple(sorted(met)),
            is_literal=score - sum(met.values()) >= LITERAL,
        )


def _day(milliseconds: int) -> int:
    """The day of a sort value; where there is no date it is the lowest number."""
    return max(0, _FIRST_DAY + milliseconds // _DAY_IN_MILLISECONDS)


def _point(values: list[str] | None) -> tuple[float, float] | None:
    if not values:
        return None
    lat, lon = str(values[0]).split(",")
    return float(lat), float(lon)


@dataclass(frozen=True)
class PageAnswer:
    """What the main request answers."""

    hits: list[Found]
    total: int
    counts: dict[str, dict[str, int]]
    without: dict[str, int]
    within: dict[int, int]
    complete: int
    base: int


class Requests:
    """The requests of one query.

    Args:
        query: what is asked.
    """

    def __init__(self, query: EngineQuery) -> None:
        self._query = query
        self.near = NearClauses(query.near) if query.near else None
        self.ranking = Ranking(query, self.near)
        self._facets = FacetClauses(query)
        self._allowed = self._filters()
        self._selected = self._selections()

    def _filters(self) -> list[Json]:
        """What the preset and the moment allow."""
        query = self._query
        # Of one minute all requests are alike, so that the cache of the server answers them.
        minute = query.now.replace(second=0, microsecond=0)
        found: list[Json] = [
            {"term": {"locale": query.locale}},
            {"range": {"expires_at": {"gt": minute.isoformat()}}},
        ]
        found += [self._facets.has(name, keys) for name, keys in query.fixed.items()]
        if query.hidden:
            hidden = [self._facets.has(name, keys) for name, keys in query.hidden.items()]
            found.append(clauses.none_of(hidden))
        if query.types:
            found.append(clauses.has_keys(TYPE_FACET, query.types))
        return found

    def _selections(self) -> dict[str, Json]:
        """What the visitor has chosen, by facet; the radius among it."""
        query = self._query
        found = {name: self._facets.has(name, keys) for name, keys in query.selected.items()}
        if self.near and query.near and query.near.radius:
            found[RADIUS_PARAMETER] = self.near.within(query.near.radius)
        return found

    def _selected_but(self, name: str = "") -> Json:
        return clauses.all_of(c for key, c in self._selected.items() if key != name)

    # How many entries have each word

    def counting(self) -> Json:
        """The request that counts entries by word."""
        holds = {str(n): word.holds() for n, word in enumerate(self.ranking.words)}
        aggregations: Json = {"without_text": {"filter": self._selected_but()}}
        if holds:
            aggregations["words"] = {"filters": {"filters": holds}}
        return {
            "size": 0,
            "track_total_hits": True,
            "query": clauses.all_of(self._allowed),
            "aggs": aggregations,
        }

    def read_counts(self, answer: Json) -> tuple[WordCounts, int]:
        """Counts by word, and the number of hits if there were no text."""
        buckets = answer["aggregations"].get("words", {}).get("buckets", {})
        having = tuple(buckets[str(n)]["doc_count"] for n in range(len(self.ranking.words)))
        size = answer["hits"]["total"]["value"]
        return WordCounts(size, having), answer["aggregations"]["without_text"]["doc_count"]

    # Pages that may hold the phrases

    def candidates(self, number: int) -> Json:
        """The request for the best pages that may hold all phrases."""
        return {
            "size": number,
            "query": self._scored([clauses.phrase(found) for found in self._query.phrases]),
            "_source": False,
        }

    # One page of hits, and all counts

    def page(self, base: Json, start: int, size: int) -> Json:
        """The request for hits.

        Args:
            base: a filter for what is found before the visitor's own filters.
            start: number of the first hit, from 0.
            size: how many.
        """
        return {
            **self._part(start, size),
            "track_total_hits": True,
            "query": self._scored([base]),
            "post_filter": self._selected_but(),
            "aggs": self._aggregations(),
            "docvalue_fields": list(self._fields()),
            **_NOTHING_STORED,
        }

    def _fields(self) -> Iterator[str]:
        """What is read of a hit beside its sort values."""
        if self.near:
            yield "place"
        if self.near or self._query.own_region:
            yield facet_field(REGION_FACET)

    def _part(self, start: int, size: int) -> Json:
        """Order and part of the hits; by page id there is no limit to how far one reads."""
        if self._query.sort == "id":
            return {"size": size, "sort": ["page_id"], "search_after": [self._query.after]}
        return {"from": start, "size": size, "sort": [*self._first_sort(), *_NEWEST]}

    @property
    def is_ranked(self) -> bool:
        """Whether hits are sorted by how well they fit the words."""
        return bool(self._query.words) and self._query.sort == "relevanz"

    def _first_sort(self) -> list[Json]:
        query = self._query
        if query.sort == "titel":
            return [{"title_key": "asc"}]
        if query.sort == "termin" and query.soonest:
            return [soonest_first(query.soonest, query.today)]
        is_scored = query.sort == "relevanz" and (query.words or query.preferences)
        return [{"_score": "desc"}] if is_scored else []

    def _scored(self, filters: list[Json]) -> Json:
        query = self._query
        conditions: Json = {"filter": [*self._allowed, *filters]}
        if query.excluded:
            conditions["must_not"] = [clauses.excluded(term) for term in query.excluded]
        conditions["should"] = [
            *(self.ranking.scores() if self.is_ranked else ()),
            *self._preferences(),
        ]
        return {"bool": conditions}

    def _preferences(self) -> Iterator[Json]:
        """What pages should have, named so that hits say what they meet."""
        wishes = self._query.preferences
        total = sum(wish.weight for wish in wishes) or 1.0
        for number, wish in enumerate(wishes):
            condition = self._facets.has(wish.facet, wish.keys)
            score = clauses.constant(condition, PREFERENCES * wish.weight / total)
            score["constant_score"]["_name"] = f"{_PREFERENCE}{number}"
            yield score

    def _aggregations(self) -> Json:
        """Facets without a selection together, each other one over what the others select."""
        query = self._query
        together: Json = {}
        for name in query.facets:
            if name not in self._selected:
                together |= self._facets.counting(name)
        if query.words:
            together["~complete"] = {"filter": self.ranking.whole()}
        found: Json = {"~base": {"filter": clauses.MATCH_ALL}}
        if together:
            found["~together"] = {"filter": self._selected_but(), "aggs": together}
        for name in self._selected:
            found[name] = {"filter": self._selected_but(name)}
            if name in query.facets:
                found[name]["aggs"] = self._facets.counting(name)
        if self.near:
            around = {str(radius): self.near.within(radius) for radius in RADII}
            found["~within"] = {
                "filter": self._selected_but(RADIUS_PARAMETER),
                "aggs": {"radii": {"filters": {"filters": around}}},
            }
        return found

    def read_page(self, answer: Json) -> PageAnswer:
        """Hits and counts of an answer."""
        found = answer["aggregations"]
        together = found.get("~together", {})
        counts = {
            name: self._facets.read_counts(
                name, found[name] if name in self._selected else together
            )
            for name in self._query.facets
        }
        radii = found["~within"]["radii"]["buckets"] if self.near else {}
        total = answer["hits"]["total"]["value"]
        return PageAnswer(
            hits=[Found.read(hit) for hit in answer["hits"]["hits"]],
            total=total,
            counts=counts,
            without={name: found[name]["doc_count"] for name in self._selected},
            within={int(radius): bucket["doc_count"] for radius, bucket in radii.items()},
            complete=together["~complete"]["doc_count"] if self._query.words else total,
            base=found["~base"]["doc_count"],
        )
