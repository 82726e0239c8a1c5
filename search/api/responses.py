"""What all answers of the API have in common: problems, paging, who may read them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import Schema
from pydantic import Field

PROBLEM = "application/problem+json"


class Problem(Schema):
    """Why a request was not answered (RFC 9457)."""

    title: str = Field(description="What is wrong, in a sentence.")
    status: int = Field(description="Status of the answer.")
    detail: str = Field("", description="Which parameter is meant.")


def problem(status: int, title: str, detail: str = "") -> HttpResponse:
    """An answer to a request that cannot be answered."""
    body = Problem(title=title, status=status, detail=detail).model_dump()
    options = {"ensure_ascii": False}
    return JsonResponse(body, status=status, content_type=PROBLEM, json_dumps_params=options)


# What handles errors takes an error or its class, as django-ninja types it.


def not_found(request: HttpRequest, error: object) -> HttpResponse:
    """Nothing public has this address."""
    return problem(404, _("This does not exist, or it is not public."))


def not_valid(request: HttpRequest, error: Any) -> HttpResponse:
    """A parameter is not what it should be; named as it was typed."""
    names = dict.fromkeys(str(one["loc"][-1]) for one in error.errors)
    return problem(400, _("A parameter has a value that is not allowed."), ", ".join(names))


def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """What a view refuses, in its own words."""
    return problem(error.status_code, str(error))


def throttled(request: HttpRequest, error: Any) -> HttpResponse:
    """Too many requests of one network."""
    response = problem(429, _("Too many requests from this network. Please try again later."))
    response["Retry-After"] = str(max(1, round(error.wait or 0)))
    return response


def read_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer ``HEAD`` as ``GET``, and let programs on pages of others read the answer (CORS).

    Nothing here depends on who asks, so no cookie has to come along.
    """

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "HEAD":
            request.method = "GET"
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped
