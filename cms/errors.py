"""What visitors see when the server itself is in trouble."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

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
