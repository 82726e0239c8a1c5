"""What people see when the server is in trouble, or a request cannot be met."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import loader
from django.urls import NoReverseMatch, reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import bad_request
from wagtail.admin import messages

#: Seconds after which a program may ask again (RFC 9110, Retry-After).
RETRY_AFTER = "120"


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database does not answer: that passes by itself.

    Both pages stand alone: no context processor, no query.
    """
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
