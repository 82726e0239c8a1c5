"""What is done to finished pages for visitors: typesetting, and marks of links that lead away."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from cms.delivery.external_links import mark_external_links
from cms.delivery.typesetting import typeset


class PostprocessingMiddleware:
    """Finishes every page for visitors; the admin stays as it is, since its texts are edited.

    The page cache keeps what comes out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, finished if it is a page."""
        response = self.get_response(request)
        if not self._is_page(request, response):
            return response
        page = cast(HttpResponse, response)
        html = page.content.decode(page.charset)
        page.content = typeset(mark_external_links(html, request.get_host()))
        return page

    def _is_page(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        return (
            not response.streaming
            and response.get("Content-Type", "").startswith("text/html")
            and not response.has_header("Content-Encoding")
            and not request.path_info.startswith(self.admin)
        )
