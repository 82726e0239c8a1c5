"""Counts every search before the page cache: also those that are answered from it."""

import json
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.signals import request_finished
from django.db import Error
from django.http import HttpRequest, HttpResponseBase

from search.results.types import Results
from search.statistics.counter import Asked, SearchCounter, countable

#: Goes from the view through the page cache to the middleware, and no further.
HEADER = "X-Search-Count"

logger = logging.getLogger(__name__)


def note_search(response: HttpResponseBase, found: object) -> None:
    """Have a search counted each time that its answer is given, from memory too.

    Args:
        response: the answer.
        found: the results in it; where a list shows none, nothing is counted.
    """
    if not (settings.SEARCH_STATISTICS_SECONDS and isinstance(found, Results) and found.asked):
        return
    if searches := [(one.locale, one.kind, one.text) for one in countable(found.asked)]:
        response[HEADER] = json.dumps([found.total, searches])


class SearchStatisticsMiddleware:
    """Counts in memory; a batch is written when the answer has been sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.SEARCH_STATISTICS_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.counter = SearchCounter(settings.SEARCH_STATISTICS_SECONDS)
        request_finished.connect(self.flush_if_due)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Count what the answer says of a search, and take that out of it."""
        response = self.get_response(request)
        if HEADER in response:
            results, searches = json.loads(response[HEADER])
            del response[HEADER]
            if request.method == "GET":
                self.counter.add((Asked(*one) for one in searches), results)
        return response

    def flush_if_due(self, **kwargs: object) -> None:
        """Write the batch; a database that is away costs the counts, never an answer."""
        if self.counter.is_due():
            try:
                self.counter.flush()
            except Error:
                logger.warning("Counts of searches were lost", exc_info=True)
