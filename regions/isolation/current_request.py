"""Who is being answered, for code that Wagtail does not tell."""

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
