"""Guard of addresses: what is not declared is refused, before any view runs.

Wagtail's views ask for rights one by one, some only after they have shown the
title, some never.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from wagtail.admin.auth import permission_denied

from cms.models import User
from cms.spam_protection.origin import FORM_TYPES
from regions.isolation import current_request, guard
from regions.isolation.declarations import DECLARED, Declaration, GuardContext, Kind
from regions.isolation.reach import has_national_scope

logger = logging.getLogger(__name__)


@guard
def is_declared(name: str, arguments: Mapping[str, object]) -> bool:
    """Whether somebody has said what an address is about and what each of its arguments names."""
    declaration = DECLARED.get(name)
    return declaration is not None and set(arguments) <= set(declaration.arguments)


@guard
def is_open(user: User, name: str) -> bool:
    """Whether a view is there for ``user`` at all."""
    declaration = DECLARED.get(name)
    return not (declaration and declaration.is_national) or has_national_scope(user)


def requested_ids(
    declaration: Declaration, request: HttpRequest, arguments: Mapping[str, object]
) -> list[tuple[Kind, object]]:
    """Everything a request names, in its address, its query or its body, with its kind."""
    found = [
        (declaration.arguments[name], value)
        for name, value in arguments.items()
        if name in declaration.arguments
    ]
    for name, kind in declaration.fields.items():
        found += [(kind, value) for value in _sent(request, name) if value not in ("", None)]
    return found


def _sent(request: HttpRequest, name: str) -> list[object]:
    """What the query, the form or the JSON of a script says by ``name``."""
    sent: list[object] = [*request.GET.getlist(name), *request.POST.getlist(name)]
    if request.method in ("GET", "HEAD") or request.content_type in FORM_TYPES:
        return sent
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return sent
    return [*sent, body[name]] if isinstance(body, dict) and name in body else sent


def check(request: HttpRequest, user: User) -> HttpResponse | None:
    """Refuse what ``user`` may not ask for, or answer in the place of the view.

    Raises:
        PermissionDenied: if the address is not declared, not for the person, or names
            what is out of reach.
    """
    match = request.resolver_match
    if match is None:
        raise PermissionDenied
    # Arguments without a name cannot be declared; Django gives them only where none has one.
    unnamed = [] if match.kwargs else match.args
    # Constants that the list of addresses adds are no arguments; the stubs do not know them.
    constants = vars(match)["extra_kwargs"] or {}
    asked = {name: value for name, value in match.kwargs.items() if name not in constants}
    if unnamed or not is_declared(match.view_name, asked):
        logger.warning("Refused %s: not declared (check regions.E001)", match.view_name)
        raise PermissionDenied
    declaration = DECLARED.get(match.view_name, Declaration({}))
    context = GuardContext(user, match.kwargs)
    if not is_open(user, match.view_name):
        raise PermissionDenied
    ids = requested_ids(declaration, request, match.kwargs)
    if not all(kind(context, value) for kind, value in ids):
        raise PermissionDenied
    return declaration.before(request, **match.kwargs) if declaration.before else None


class IsolationMiddleware:
    """Lets nobody name what is another house's, and remembers who is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = current_request.set_current_request(request)
        try:
            response = self.get_response(request)
        finally:
            current_request.reset_current_request(token)
        # Exports are written while they are sent; a file is sent as it is.
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            written = cast(Iterable[bytes], response.streaming_content)  # the server is not async
            chunks = current_request.stream_within(request, written)
            response.streaming_content = chunks
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Let through, answer instead, or refuse with the admin's own message."""
        user = current_request.get_current_user()
        # People who are not signed in are sent to the log-in by Wagtail itself.
        if user is None or not user.has_perm("wagtailadmin.access_admin"):
            return None
        try:
            return check(request, user)
        except PermissionDenied:
            # Scripts want a status, people the admin's own message.
            by_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
            if by_script or request.method not in ("GET", "POST"):
                raise
            return permission_denied(request)
