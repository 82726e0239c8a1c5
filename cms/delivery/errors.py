"""What people see when the server is in trouble, or a request cannot be met."""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template import loader
from django.urls import NoReverseMatch, reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token
from wagtail.admin import messages

from cms.files.child import FULL

#: Seconds after which a program may ask again (RFC 9110, Retry-After).
RETRY_AFTER = "120"


#: The longest public address that is answered, in characters.
MAX_ADDRESS = 8000

_TEXTS = {
    HTTPStatus.METHOD_NOT_ALLOWED: (
        gettext_lazy("This page can only be read"),
        gettext_lazy("Nothing can be sent to it. Nothing has been saved."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        gettext_lazy("That was too much at once"),
        gettext_lazy(
            "Nothing has been saved. Please go back and send less text, or a smaller file."
        ),
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: (
        gettext_lazy("This address is too long"),
        gettext_lazy("Please choose fewer filters, or shorten what you search for."),
    ),
    HTTPStatus.INSUFFICIENT_STORAGE: (
        gettext_lazy("The server has no room left"),
        gettext_lazy(
            "Nothing has been saved. Please go back, where what you have typed still stands, "
            "keep a copy of it and tell the administration."
        ),
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        gettext_lazy("This form was sent in a way we cannot read"),
        gettext_lazy("Nothing has been saved. Please use the form on this website."),
    ),
}


class ErrorPagesMiddleware:
    """Gives refusals that Django answers without a word a page (RFC 9110, section 15.5)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.admin = reverse("wagtailadmin_home")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = len(request.META.get("QUERY_STRING", "")) + len(request.path)
        # The admin names rows in addresses, and says itself what is too long to be searched for.
        if length > MAX_ADDRESS and not request.path.startswith(self.admin):
            return error_page(HTTPStatus.REQUEST_URI_TOO_LONG)
        response = self.get_response(request)
        if response.status_code in _TEXTS and not getattr(response, "content", b"-"):
            page = error_page(HTTPStatus(response.status_code))
            if response.has_header("Allow"):
                page["Allow"] = response["Allow"]
            return page
        return response


def error_page(status: HTTPStatus) -> HttpResponse:
    """A page that says in words what a status means; it needs no database."""
    heading, text = _TEXTS[status]
    content = loader.get_template("base/refused.html").render({"heading": heading, "text": text})
    return HttpResponse(content, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where the request is larger than what is taken (``DATA_UPLOAD_MAX_…``)."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return error_page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return defaults.bad_request(request, exception)


def is_full_disk(error: BaseException | None) -> bool:
    """Whether nothing more can be written."""
    return isinstance(error, OSError) and error.errno in FULL


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database does not answer: that passes by itself; 507 for a full disk.

    All of them stand alone: no context processor, no query.
    """
    if is_full_disk(sys.exc_info()[1]):
        return error_page(HTTPStatus.INSUFFICIENT_STORAGE)
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        content = loader.get_template("503.html").render()
        return HttpResponse(content, status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(loader.get_template("500.html").render(), status=500)


class AdminErrorsMiddleware:
    """Says in words what Wagtail's own views answer with an error page.

    Something that is still needed cannot be deleted: Wagtail asks its index of references,
    which knows nothing of groups, and leaves it to the database to refuse. And a form without
    one of its fields is not the server's fault.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the view; its transaction is undone already."""
        if isinstance(exception, ProtectedError):
            return _still_needed(request, exception)
        if isinstance(exception, MultiValueDictKeyError):
            return bad_request(request, exception)
        # The upload of many files at once shows what this says beside the file.
        if is_full_disk(exception) and request.headers.get("X-Requested-With"):
            text = " ".join(map(str, _TEXTS[HTTPStatus.INSUFFICIENT_STORAGE]))
            return JsonResponse({"success": False, "error_message": text})
        return None


def _still_needed(request: HttpRequest, error: ProtectedError) -> HttpResponse:
    """Back to what should have been deleted, with the reason."""
    needing = {
        _("%(kind)s “%(name)s”") % {"kind": row._meta.verbose_name, "name": row}
        for row in error.protected_objects
    }
    text = _("Nothing was deleted. It is still needed by: %(needing)s.")
    messages.error(request, text % {"needing": ", ".join(sorted(needing))})
    match = request.resolver_match
    if match is None:
        return redirect("wagtailadmin_home")
    try:
        place = match.view_name.replace("delete", "edit")
        return redirect(reverse(place, args=match.args, kwargs=match.kwargs))
    except NoReverseMatch:
        return redirect("wagtailadmin_home")
