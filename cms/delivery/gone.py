"""Answers for addresses that are no more."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.models import GonePath


class GoneMiddleware:
    """Turn 404 into 410 for pages that were public and have been deleted.

    Stands before the redirect middleware, so that a redirect wins.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if "\0" in request.path:  # no path of a page; PostgreSQL refuses to look for it
            return response
        path = request.path if request.path.endswith("/") else f"{request.path}/"
        if GonePath.objects.filter(path=path).exists():
            return render(request, "410.html", status=410)
        return response
