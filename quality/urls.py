"""All addresses, one for every error page, in both languages, and one for what the proxy shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from cms.delivery.maintenance_page import HEADERS, maintenance_page
from cms.urls import urlpatterns as site

#: How the addresses of error pages begin; below ``/en/`` too.
ERRORS = "-/fehler/"
#: How the addresses of pages begin that are written into a file for the reverse proxy.
WRITTEN = "-/geschrieben/"


@dataclass(frozen=True)
class Written:
    """A page that is written into a file, as the reverse proxy shows it.

    Args:
        text: writes it.
        status: with which the proxy sends it.
        headers: sent with it; otherwise it would get those of the application.
    """

    text: Callable[[], str]
    status: int
    headers: Mapping[str, str]


#: By the name of the template.
WRITTEN_PAGES = {"maintenance": Written(maintenance_page, 503, HEADERS)}


def fail(request: HttpRequest, status: int) -> HttpResponse:
    """Fail as the site does.

    Raises:
        Http404: for 404.
        PermissionDenied: for 403.
        RuntimeError: for 500.
    """
    if status == 404:
        raise Http404
    if status == 403:
        raise PermissionDenied
    if status == 500:
        raise RuntimeError("asked for")
    return render(request, f"{status}.html", status=status)


def show_written(request: HttpRequest, name: str) -> HttpResponse:
    """A page as it is written.

    Raises:
        Http404: there is none of this name.
    """
    if not (page := WRITTEN_PAGES.get(name)):
        raise Http404
    return HttpResponse(page.text(), status=page.status, headers=dict(page.headers))


urlpatterns = [
    path(f"{WRITTEN}<slug:name>/", show_written),
    *i18n_patterns(path(f"{ERRORS}<int:status>/", fail), prefix_default_language=False),
    *site,
]
