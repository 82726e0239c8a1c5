"""Who is being answered, for code that Wagtail does not tell."""

from collections.abc import Iterable, Iterator
from contextvars import ContextVar

from django.http import HttpRequest

from cms.models import User

_request: ContextVar[HttpRequest | None] = ContextVar("isolation_request", default=None)

set_current_request = _request.set
reset_current_request = _request.reset


def get_current_user() -> User | None:
    """The signed-in person whose request to the admin is being answered, if any."""
    request = _request.get()
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def stream_within(request: HttpRequest, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """``chunks`` of an answer to ``request``: they are made after all middleware has finished."""
    iterator = iter(chunks)
    while True:
        token = set_current_request(request)
        try:
            chunk = next(iterator)
        except StopIteration:
            return
        finally:
            reset_current_request(token)
        yield chunk
