"""Lead addresses written with capitals, umlauts or decomposed letters to the page they mean."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve

from cms.text import fold
from home.routing import request_cache


class CanonicalPathMiddleware:
    """Redirect what would be a 404 to the folded address, if that one exists.

    Addresses of pages are lower case ASCII: typed from paper they come as *Kreis-Görlitz*, and
    copied on a Mac with letters taken apart (NFD).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        path, query = canonical_path(request), request.META.get("QUERY_STRING", "")
        if not path:
            return response
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def canonical_path(request: HttpRequest) -> str:
    """The address that was meant; empty if it is the one asked for, or there is none."""
    typed = request.path_info
    path = fold(typed)
    if path == typed or not _is_page(typed):
        return ""
    if not path.endswith("/"):
        path += "/"
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    if match.url_name == "wagtail_serve" and request_cache.find(request, match.args[0]) is None:
        return ""
    return path


def _is_page(path: str) -> bool:
    """Whether an address can be nothing but a page's: names of files keep their capitals."""
    try:
        return resolve(path).url_name == "wagtail_serve"
    except Resolver404:
        return not path.startswith((settings.MEDIA_URL, settings.STATIC_URL))
