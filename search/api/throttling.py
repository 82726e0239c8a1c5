"""How many requests a network may make."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from cms.spam_protection.throttling import sender_of

#: Seconds that requests are counted for.
WINDOW = 60


class NetworkThrottle(BaseThrottle):
    """A fixed window for each sender, counted in the memory of the process.

    Requests that the page cache answers are not counted: they cost nothing. Counting in the shared
    cache would cost every request more than it asks for.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        """Count a request, and say whether it is within the limit."""
        key = f"api:{sender_of(request)}:{int(time.time()) // WINDOW}"
        if cache.add(key, 1, WINDOW):
            return settings.API_REQUESTS_PER_MINUTE > 0
        try:
            return cache.incr(key) <= settings.API_REQUESTS_PER_MINUTE
        except ValueError:  # it has just ended
            return True

    def wait(self) -> float:
        """Seconds until the next window."""
        return WINDOW - time.time() % WINDOW
