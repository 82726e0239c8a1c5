"""The engine in production: Elasticsearch, and the database whenever it does not answer."""

import logging

from elasticsearch import ApiError, BadRequestError, TransportError

from search.engines.base import Engine, EngineAnswer, EngineQuery
from search.engines.elasticsearch.breaker import CircuitBreaker
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.index import alias_of

logger = logging.getLogger(__name__)

#: Seconds that nobody waits for.
_ATTEMPT_SECONDS = 2


class FallbackEngine:
    """See :class:`search.engines.base.Engine`.

    Teasers have neither words nor facets: the database answers them from memory, faster than any
    server, and so is ready at any time to answer everything else.

    Args:
        first: the engine that is asked.
        second: the one that answers while the first does not.
        breaker: keeps visitors from waiting for a server that does not answer.
    """

    def __init__(
        self, first: Engine, second: Engine, breaker: CircuitBreaker | None = None
    ) -> None:
        self._first, self._second = first, second
        self.breaker = breaker or CircuitBreaker(self._ask_for_index)
        self._epoch = 0

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Find, filter, count, sort and cut."""
        return self.answer_of_first(query) or self.answer_of_second(query)

    def for_one_search(self) -> Engine:
        """An engine that waits for the first one in vain at most once."""
        return _OneSearch(self)

    def answer_of_second(self, query: EngineQuery) -> EngineAnswer:
        """What the engine in reserve answers."""
        return self._second.search(query)

    def answer_of_first(self, query: EngineQuery) -> EngineAnswer | None:
        """What the first engine answers, if it does."""
        self._epoch = query.index_version.epoch
        if (query.words is None and not query.facets) or not self.breaker.allows():
            return None
        try:
            answer = self._first.search(query)
        except BadRequestError:
            # This query is refused; the server is well.
            logger.exception("Elasticsearch refused a query")
        except (ApiError, TransportError) as error:
            self.breaker.failed(error)
        except Exception:
            # A fault of ours: visitors need not see it, and the server is well.
            logger.exception("The search in Elasticsearch failed")
        else:
            self.breaker.succeeded()
            return answer
        return None

    def _ask_for_index(self) -> None:
        """Ask whether the server has the index."""
        client = get_client().options(request_timeout=_ATTEMPT_SECONDS)
        client.count(index=alias_of(self._epoch))


class _OneSearch:
    """See :class:`search.engines.base.Engine`: several questions of one visitor."""

    def __init__(self, engine: FallbackEngine) -> None:
        self._engine = engine
        self._has_failed = False

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Find, filter, count, sort and cut."""
        answer = None if self._has_failed else self._engine.answer_of_first(query)
        self._has_failed = answer is None
        return answer or self._engine.answer_of_second(query)
