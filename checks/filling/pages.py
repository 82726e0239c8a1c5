"""What all pages behind the link of a run have in common: nobody keeps, names or indexes them."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from checks.filling.links import RUN_LINK
from checks.models import CheckRun, CheckVersion
from cms.spam_protection.origin import is_same_origin
from regions.enquiries.recipients import national_desk
from regions.finder.selected_region import keeping

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
GONE = 410
RunView = Callable[..., HttpResponse]


def private_page(view: RunView) -> RunView:
    """A page without cookie, cache, index and referrer, whose posts come from this site.

    The check of the Origin header replaces the CSRF token: visitors get no cookie.
    """

    @csrf_exempt
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and request.content_type not in FORM_TYPES:
            response = HttpResponse(status=415)
        else:
            response = view(request, *args, **kwargs)
        # The address is the key. Not "no-referrer": browsers would send forms with the Origin
        # "null" then.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def with_run(view: RunView) -> RunView:
    """A private page of the run whose link is the address; others are told that it is not valid."""

    @private_page
    @wraps(view)
    @sensitive_variables()
    def opened(
        request: HttpRequest, key: uuid.UUID, signature: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        run = RUN_LINK.find(key, signature)
        if run is None:
            return show(
                request,
                "not_valid",
                _("This link is not valid"),
                status=GONE,
                contact=national_desk(request).contact,
            )
        return view(request, run, *args, **kwargs)

    return opened


def came_from_here(request: HttpRequest) -> bool:
    """Whether a post may be acted on."""
    return request.method == "POST" and is_same_origin(request)


def not_from_here() -> str:
    """What is said to a post of which the browser does not say where it comes from."""
    return _("We could not see that you came from this website. Please send the form once more.")


def show(
    request: HttpRequest,
    template: str,
    title: str,
    status: int = 200,
    version: CheckVersion | None = None,
    run: CheckRun | None = None,
    **context: object,
) -> HttpResponse:
    """Render one of the pages.

    200 also with mistakes in a form: other answers would write the address, which is the key, to
    the log.
    """
    version = version or (run.version if run else None)
    crumbs = [{"title": "", "url": reverse("wagtail_serve", args=[""])}]
    if version and version.page and version.page.live:
        crumbs.append({"title": version.title, "url": version.page.get_url(request) or ""})
    context |= {
        "page_title": title,
        "noindex": True,
        "breadcrumbs": [crumb | {"url": keeping(request, crumb["url"])} for crumb in crumbs],
        "version": version,
        "run": run,
    }
    return render(request, f"checks/{template}.html", context, status=status)
