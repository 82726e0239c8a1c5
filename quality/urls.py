"""All addresses, and one for every error page, in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from cms.urls import urlpatterns as site

#: How the addresses of error pages begin; below ``/en/`` too.
ERRORS = "-/fehler/"


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


urlpatterns = [
    *i18n_patterns(path(f"{ERRORS}<int:status>/", fail), prefix_default_language=False),
    *site,
]
