"""The engine that asks Elasticsearch."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings
from elastic_transport import ApiResponseMeta
from elasticsearch import ApiError, TransportError
from elasticsearch.exceptions import HTTP_EXCEPTIONS

from search.engines.base import EngineAnswer, EngineQuery
from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.answers import Counts, Found
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.index import alias_of
from search.engines.elasticsearch.mapping import Json, page_id_of
from search.engines.elasticsearch.ranking import COMPLETE
from search.engines.elasticsearch.requests import MAX_WINDOW, Requests, Together
from search.engines.facet_arrays import Column, Snapshot
from search.engines.matching import MAX_PHRASE_PAGES, Ranked, pages_with_phrase
from search.engines.nearness import kilometres_between
from search.engines.reranking import MOST, rerank
from search.registry import REGION_FACET

# The server is given a little time, whatever has been used up.
_LEAST_SECONDS = 0.05
#: Before each of several requests that are sent together.
_HEADER: Json = {"request_cache": True, "allow_partial_search_results": False}


@dataclass(frozen=True)
class _Window:
    """Which hits are asked for: to rank the best once more, all of those are needed."""

    start: int
    size: int
    skipped: int

    @classmethod
    def of_page(cls, page: int, page_size: int, *, is_ranked: bool) -> "_Window":
        start = (page - 1) * page_size
        if is_ranked and start < MOST:
            return cls(0, max(MOST, start + page_size), start)
        return cls(start, page_size, 0)


class ElasticsearchEngine:
    """See :class:`search.engines.base.Engine`.

    Two requests for words, one without. What the server answers refers to entries that it has been
    sent; which of them are public is the database's to say, when they are shown.
    """

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Find, filter, count, sort and cut.

        Raises:
            elasticsearch.ApiError: the server refuses.
            elasticsearch.TransportError: it does not answer in time, or not as it should.
        """
        return _Search(query).answer()


class _Search:
    """One query on its way through several requests, which have to be answered in time."""

    def __init__(self, query: EngineQuery) -> None:
        self._query = query
        self._requests = Requests(query)
        self._index = alias_of(query.index_version.epoch)
        self._until = time.monotonic() + settings.ELASTICSEARCH_TIMEOUT_MS / 1000

    def answer(self) -> EngineAnswer:
        """What the engine answers."""
        requests, query = self._requests, self._query
        without_text: int | None = None
        if query.words is not None:
            word_counts, without_text = requests.read_counts(self._ask(requests.counting()))
            requests.ranking.weigh(word_counts)
        last = max(1, MAX_WINDOW // query.page_size)
        page_number = 1 if query.sort == "id" else min(max(query.page, 1), last)
        base, hits, counts = self._page(page_number)
        page_count = min(max(1, -(-counts.total // query.page_size)), last)
        if page_number > page_count:
            page_number = page_count
            hits = requests.read_hits(self._ask(self._hits(base, page_number)))
        window = self._window(page_number)
        if requests.is_ranked and window.start == 0 and len(hits) > 1:
            hits = self._ranked_once_more(hits)
        hits = hits[window.skipped : window.skipped + query.page_size]
        return EngineAnswer(
            page_ids=[hit.page_id for hit in hits],
            total=counts.total,
            page_number=page_number,
            page_count=page_count,
            counts=counts.of_facets,
            without=counts.without,
            without_text=counts.total if without_text is None else without_text,
            complete=counts.complete,
            unmatched=requests.ranking.unmatched,
            kilometres=self._kilometres(hits),
            within=counts.within,
            met={hit.page_id: hit.met for hit in hits if query.preferences},
        )

    def _window(self, page: int) -> _Window:
        return _Window.of_page(page, self._query.page_size, is_ranked=self._requests.is_ranked)

    def _page(self, number: int) -> tuple[Json, list[Found], Counts]:
        """Page ``number`` of what is found; by date or title only pages with all words, if any.

        Returns:
            Also a filter for what is found before the visitor's own filters.
        """
        base = self._base()
        if self._query.sort != "relevanz" and self._query.words:
            whole = clauses.all_of([base, self._requests.ranking.whole()])
            found = self._page_of(whole, number)
            if found[-1].base:
                return found
        return self._page_of(base, number)

    def _page_of(self, base: Json, number: int) -> tuple[Json, list[Found], Counts]:
        requests = self._requests
        answers = self._ask({**self._hits(base, number), **requests.counts(base)})
        return base, requests.read_hits(answers), requests.read_page_counts(answers)

    def _hits(self, base: Json, page: int) -> Together:
        window = self._window(page)
        return self._requests.hits(base, window.start, window.size)

    def _base(self) -> Json:
        """A filter for what is found before the visitor's own filters."""
        if self._query.phrases:
            return self._with_phrases()
        if self._query.words is None:
            return clauses.MATCH_ALL
        return self._requests.ranking.found() if self._query.words else clauses.MATCH_NONE

    def _with_phrases(self) -> Json:
        """The best pages that may hold the phrases are read to see whether they do."""
        answers = self._ask(self._requests.candidates(MAX_PHRASE_PAGES))
        candidates = self._requests.read_candidates(answers)
        ids = {pk for hit in candidates if (pk := page_id_of(hit)) is not None}
        for phrase in self._query.phrases:
            ids &= pages_with_phrase(phrase, sorted(ids))
        return {"ids": {"values": [str(pk) for pk in sorted(ids)]}}

    def _ask(self, requests: Together) -> Together:
        """Send requests together, those that are alike once."""
        left = max(_LEAST_SECONDS, self._until - time.monotonic())
        different: list[Json] = []
        for request in requests.values():
            if request not in different:
                different.append(request)
        answer = (
            get_client()
            .options(request_timeout=left)
            .msearch(
                index=self._index,
                searches=[line for request in different for line in (_HEADER, request)],
                include_named_queries_score=True,
            )
        )
        if "responses" not in answer.body:
            raise TransportError("What answers is not Elasticsearch")
        responses = answer.body["responses"]
        for response in responses:
            if "error" in response:
                raise _refusal(answer.meta, response)
        return {name: responses[different.index(one)] for name, one in requests.items()}

    def _ranked_once_more(self, hits: list[Found]) -> list[Found]:
        """The best hits by how often, where and how near to each other they have the words."""
        columns = {REGION_FACET: Column().extended(list(_regions(hits)))}
        count = len(hits)
        snapshot = Snapshot(
            page_ids=np.array([hit.page_id for hit in hits], dtype=np.int64),
            alive=np.ones(count, dtype=bool),
            dates=np.array([hit.day for hit in hits], dtype=np.int32),
            columns=columns,
        )
        ranking = self._requests.ranking
        factors = ranking.factors()
        strengths = [
            np.array([hit.of_words.get(number, 0.0) / (factor or 1.0) for hit in hits])
            for number, factor in enumerate(factors)
        ]
        complete = np.array([hit.score >= COMPLETE for hit in hits])
        ranked = Ranked(
            found=np.ones(count, dtype=bool),
            complete=complete,
            worded=complete,
            scores=np.array([hit.score for hit in hits]),
            literal=np.array([hit.is_literal for hit in hits]),
            strengths=strengths,
            rarity=ranking.rarity,
        )
        order = rerank(snapshot, self._query, ranked, np.arange(count))
        wishes = self._query.preferences
        weights = np.array([sum(wishes[number].weight for number in hit.met) for hit in hits])
        # Among those with all words, and among the others, preferences come first.
        order = order[np.lexsort((-weights[order], ~complete[order]))]
        return [hits[number] for number in order]

    def _kilometres(self, hits: Iterable[Found]) -> dict[int, float]:
        """Distances of the hits that have a place and are not of the own region."""
        near = self._query.near
        if near is None:
            return {}
        return {
            hit.page_id: kilometres_between(near.lat, near.lon, *hit.place)
            for hit in hits
            if hit.place and not (near.region and near.region in hit.regions)
        }


def _refusal(meta: ApiResponseMeta, response: Json) -> ApiError:
    """The error that the server has for one of several requests."""
    status: int = response.get("status", 500)
    error = HTTP_EXCEPTIONS.get(status, ApiError)
    reason = str(response["error"].get("type", "error"))
    return error(reason, replace(meta, status=status), response)


def _regions(hits: list[Found]) -> Iterable[tuple[int, str]]:
    return ((number, key) for number, hit in enumerate(hits) for key in hit.regions)
