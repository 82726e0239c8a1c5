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
        self._epoch = query.index_version.epoch
        if (query.words is None and not query.facets) or not self.breaker.allows():
            return self._second.search(query)
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
        return self._second.search(query)

    def _ask_for_index(self) -> None:
        """Ask whether the server has the index."""
        client = get_client().options(request_timeout=_ATTEMPT_SECONDS)
        client.count(index=alias_of(self._epoch))
