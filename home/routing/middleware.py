"""Finds the page of a request with what the request cache holds."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from home.routing import request_cache


class RequestCacheMiddleware:
    """Finds the page before Wagtail does, see :func:`home.routing.request_cache.route`."""

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
        if request.method in ("GET", "HEAD") and match and match.url_name == "wagtail_serve":
            (path,) = args
            request_cache.route(request, str(path))
