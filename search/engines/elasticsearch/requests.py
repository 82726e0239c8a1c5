"""The requests that a query makes of the server, and what is read from its answers.

Hits and counts are asked for apart, in requests that are sent together: to show the best hits the
server need not score all of them, and what only counts needs no scores at all, may be answered from
its cache (another page or place counts the same), and is worked on by several processors.
"""

from collections.abc import Iterable, Iterator, Mapping

from search.engines.base import EngineQuery
from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.answers import PREFERENCE, Counts, Found, number_of_hits
from search.engines.elasticsearch.clauses import NearClauses
from search.engines.elasticsearch.facets import FacetClauses, soonest_first
from search.engines.elasticsearch.mapping import NEWEST, Json, facet_field
from search.engines.elasticsearch.ranking import PREFERENCES, Ranking, WordCounts
from search.places import RADII, RADIUS_PARAMETER
from search.registry import REGION_FACET, TYPE_FACET

#: Elasticsearch numbers hits so far and no further (index.max_result_window).
MAX_WINDOW = 10_000
_LARGEST = 2**63 - 1
# Sort values say which page a hit is: nothing is decompressed for it.
_NOTHING_STORED: Json = {"stored_fields": "_none_"}
#: Names of requests; before the name of a facet, before a radius.
_ALL, _SELECTED, _BASE, _HITS, _COMPLETE = "all", "selected", "base", "hits", "complete"
_WITHOUT, _WITHIN = "without ", "within "

#: Requests that are sent together, and their answers, by name.
Together = dict[str, Json]


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
        self._denied = self._exceptions()
        self._excluded = [clauses.excluded(term) for term in query.excluded]
        self._selected = self._selections()

    def _filters(self) -> list[Json]:
        """What the preset and the moment allow."""
        query = self._query
        found: list[Json] = [{"term": {"locale": query.locale}}]
        found += [self._facets.has(name, keys) for name, keys in query.fixed.items()]
        if query.types:
            found.append(clauses.has_keys(TYPE_FACET, query.types))
        return found

    def _exceptions(self) -> list[Json]:
        """What they deny: few entries, which are found faster than all others."""
        query = self._query
        # Of one minute all requests are alike, so that the cache of the server answers them.
        minute = query.now.replace(second=0, microsecond=0)
        expired: Json = {"range": {"expires_at": {"lte": minute.isoformat()}}}
        return [expired, *(self._facets.has(name, keys) for name, keys in query.hidden.items())]

    def _selections(self) -> dict[str, Json]:
        """What the visitor has chosen, by facet; the radius among it."""
        query = self._query
        found = {name: self._facets.has(name, keys) for name, keys in query.selected.items()}
        if self.near and query.near and query.near.radius:
            found[RADIUS_PARAMETER] = self.near.within(query.near.radius)
        return found

    def _selected_but(self, name: str = "") -> list[Json]:
        return [condition for key, condition in self._selected.items() if key != name]

    # How many entries have each word

    def counting(self) -> Together:
        """The requests that count entries by word."""
        found = {_ALL: self._allowed_and([]), _SELECTED: self._allowed_and(self._selected_but())}
        for number, word in enumerate(self.ranking.words):
            found[str(number)] = self._allowed_and([word.holds()])
        if self.is_ranked and not self._query.phrases:
            found[_COMPLETE] = self._found([*self._selected_but(), self.ranking.all_words()])
        return {name: _counted(query) for name, query in found.items()}

    def _allowed_and(self, filters: list[Json]) -> Json:
        return {"bool": {"filter": [*self._allowed, *filters], "must_not": self._denied}}

    def read_counts(self, answers: Together) -> tuple[WordCounts, int]:
        """Counts by word, and the number of hits if there were no text."""
        numbers = range(len(self.ranking.words))
        having = tuple(number_of_hits(answers[str(number)]) for number in numbers)
        complete = number_of_hits(answers[_COMPLETE]) if _COMPLETE in answers else None
        counts = WordCounts(number_of_hits(answers[_ALL]), having, complete)
        return counts, number_of_hits(answers[_SELECTED])

    # Pages that may hold the phrases

    def candidates(self, number: int) -> Together:
        """The request for the best pages that may hold all phrases."""
        filters = [clauses.phrase(found) for found in self._query.phrases]
        query = self._scored(filters)
        return {_HITS: {"size": number, "query": query, "_source": False}}

    def read_candidates(self, answers: Together) -> list[Json]:
        """The hits of that request."""
        return list(answers[_HITS]["hits"]["hits"])

    # One page of hits, and all counts

    def hits(self, base: Json, start: int, size: int) -> Together:
        """The request for hits; where enough of them have all words, no others are looked at.

        Args:
            base: a filter for what is found before the visitor's own filters.
            start: number of the first hit, from 0.
            size: how many.
        """
        is_complete = (self.ranking.number_complete or 0) >= start + size
        if is_complete:
            base = self.ranking.complete()
        request = {
            **self._part(start, size),
            "track_total_hits": False,
            "query": self._scored([base, *self._selected_but()], is_complete=is_complete),
            "docvalue_fields": list(self._fields()),
            **_NOTHING_STORED,
        }
        return {_HITS: request}

    def _fields(self) -> Iterator[str]:
        """What is read of a hit beside its sort values."""
        if self.near:
            yield "place"
        if self.near or self._query.own_region:
            yield facet_field(REGION_FACET)

    def _part(self, start: int, size: int) -> Json:
        """Order and part of the hits; by page id there is no limit to how far one reads."""
        if self._query.sort == "id":
            # Like all orders, this one ends with how new hits are.
            after = [self._query.after, _LARGEST]
            return {"size": size, "sort": ["page_id", NEWEST], "search_after": after}
        return {"from": start, "size": size, "sort": [*self._first_sort(), {NEWEST: "desc"}]}

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

    def _found(self, filters: Iterable[Json]) -> Json:
        """What ``filters`` find among what may be found."""
        found = [condition for condition in filters if condition != clauses.MATCH_ALL]
        denied = [*self._denied, *self._excluded]
        return {"bool": {"filter": [*self._allowed, *found], "must_not": denied}}

    def _scored(self, filters: Iterable[Json], *, is_complete: bool = False) -> Json:
        found = self._found(filters)
        found["bool"]["should"] = [
            *(self.ranking.scores(is_complete=is_complete) if self.is_ranked else ()),
            *self._preferences(),
        ]
        return found

    def _preferences(self) -> Iterator[Json]:
        """What pages should have, named so that hits say what they meet."""
        wishes = self._query.preferences
        total = sum(wish.weight for wish in wishes) or 1.0
        for number, wish in enumerate(wishes):
            condition = self._facets.has(wish.facet, wish.keys)
            score = clauses.constant(condition, PREFERENCES * wish.weight / total)
            score["constant_score"]["_name"] = f"{PREFERENCE}{number}"
            yield score

    def counts(self, base: Json) -> Together:
        """The requests that count: all facets without a selection at once, each other one apart.

        Args:
            base: as for :meth:`hits`.
        """
        query, selected = self._query, self._selected_but()
        free = [name for name in query.facets if name not in self._selected]
        found = {_SELECTED: _counted(self._found([base, *selected]), self._facets.counting(free))}
        for name in self._selected:
            others = self._found([base, *self._selected_but(name)])
            asked = self._facets.counting([name] if name in query.facets else [])
            found[f"{_WITHOUT}{name}"] = _counted(others, asked)
        if query.words and self.ranking.number_complete is None:
            complete = self._found([base, *selected, self.ranking.whole()])
            found[_COMPLETE] = _counted(complete)
        if query.words and not self.is_ranked:
            found[_BASE] = _counted(self._found([base]))
        if self.near:
            for radius in RADII:
                around = [base, *self._selected_but(RADIUS_PARAMETER), self.near.within(radius)]
                found[f"{_WITHIN}{radius}"] = _counted(self._found(around))
        return found

    def read_hits(self, answers: Together) -> list[Found]:
        """The hits of a page."""
        return [Found.read(hit) for hit in answers[_HITS]["hits"]["hits"]]

    def read_page_counts(self, answers: Together) -> Counts:
        """All counts of a page."""
        of_facets: dict[str, dict[str, int]] = {}
        free = [name for name in self._query.facets if name not in self._selected]
        of_facets |= self._facets.read_counts(free, answers[_SELECTED])
        for name in self._selected:
            if name in self._query.facets:
                answer = answers[f"{_WITHOUT}{name}"]
                of_facets |= self._facets.read_counts([name], answer)
        total = number_of_hits(answers[_SELECTED])
        complete = self.ranking.number_complete if self._query.words else total
        if _COMPLETE in answers:
            complete = number_of_hits(answers[_COMPLETE])
        return Counts(
            total=total,
            of_facets=of_facets,
            without={n: number_of_hits(answers[f"{_WITHOUT}{n}"]) for n in self._selected},
            within=_numbers(answers),
            complete=complete or 0,
            base=number_of_hits(answers[_BASE]) if _BASE in answers else total,
        )


def _counted(query: Json, aggregations: Json | None = None) -> Json:
    found: Json = {"size": 0, "track_total_hits": True, "query": query}
    return {**found, "aggs": aggregations} if aggregations else found


def _numbers(answers: Mapping[str, Json]) -> dict[int, int]:
    """Number of hits by radius."""
    names = [name for name in answers if name.startswith(_WITHIN)]
    return {int(name.removeprefix(_WITHIN)): number_of_hits(answers[name]) for name in names}
