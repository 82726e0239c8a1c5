"""Finds the page of a request with what the request cache holds."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from home.routing import request_cache

#: Views that make addresses of pages before anything of the page around them is asked for.
_LISTING = ("search", "search_suggestions")


class RequestCacheMiddleware:
    """Finds the page before Wagtail does, see :func:`home.routing.request_cache.route`.

    Where there is no page, it gives searches what makes the addresses of their hits.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., object],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> None:
        """Find the page, now that the language of its address is known."""
        match = request.resolver_match
        if request.method not in ("GET", "HEAD") or not match:
            return
        if match.url_name == "wagtail_serve":
            (path,) = args
            request_cache.route(request, str(path))
        elif match.url_name in _LISTING:
            request_cache.prepare(request)
