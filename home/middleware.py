"""Requests of visitors bring along what is known of the site."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from home import frame


class FrameMiddleware:
    """Before a public page is made, see :mod:`home.frame`. The admin asks for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        """Prepare the request, now that its language and its view are known."""
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(self._admin):
            return
        frame.prepare(request)
        match = request.resolver_match
        if match and match.url_name == "wagtail_serve":
            (path,) = args
            frame.route(request, path)
