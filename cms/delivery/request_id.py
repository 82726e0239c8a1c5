"""A short id for each request: in every line of the log that belongs to it, and in its error."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

HEADER, _META = "X-Request-ID", "HTTP_X_REQUEST_ID"
#: What a proxy may have given; anything else could forge lines of the log.
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="-")


def request_id_of(request: HttpRequest | None = None) -> str:
    """The id of ``request``, or of the one that is answered now; ``-`` outside of requests."""
    return request.META.get(_META, "-") if request else _current.get()


class RequestIdMiddleware:
    """Takes the proxy's id, or makes one. Outermost: it also completes answers to HEAD.

    An answer to HEAD has the headers of GET and no body (RFC 9110, 9.3.2); Django leaves the body
    to the server, which complains about it in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        request_id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex[:12]
        # Django logs some answers after all middleware: the log finds the id here.
        request.META[_META] = request_id
        token = _current.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            # Whoever reports an error can name it; other answers may come from a cache.
            response.headers[HEADER] = request_id
        if request.method == "HEAD":
            _take_body_away(response)
        return response


def _take_body_away(response: HttpResponseBase) -> None:
    if isinstance(response, HttpResponse):
        if response.status_code not in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
            response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    elif isinstance(response, StreamingHttpResponse):
        response.streaming_content = iter(())
