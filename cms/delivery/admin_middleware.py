"""The middleware of the admin: ``ADMIN_MIDDLEWARE`` runs below ``/admin/`` and nowhere else.

Django has middleware for all requests, and decorators for single views. The admin's guards must
stand around every view of Wagtail and of packages, and cost readers nothing.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string

View = Callable[..., HttpResponse]


class AdminMiddleware:
    """Passes requests to the admin through ``ADMIN_MIDDLEWARE``, all others by it.

    The members are ordinary middleware classes, in Django's order: the first is the outermost. Of
    their hooks ``process_view`` and ``process_exception`` are called.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.admin = reverse("wagtailadmin_home")
        self.get_response = get_response
        members: list[Callable[[HttpRequest], HttpResponse]] = []
        for path in reversed(settings.ADMIN_MIDDLEWARE):
            inner = members[-1] if members else get_response
            members.append(import_string(path)(inner))
        self.get_admin_response = members[-1] if members else get_response
        # As in Django: a view is met from the outside, its exception from the inside.
        self.exception_hooks = _hooks(members, "process_exception")
        self.view_hooks = _hooks(reversed(members), "process_view")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._concerns(request):
            return self.get_admin_response(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """What the first member answers in place of the view, if any does."""
        return self._first(self.view_hooks, request, view, args, kwargs)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What the first member answers for the view that failed, if any does."""
        return self._first(self.exception_hooks, request, exception)

    def _concerns(self, request: HttpRequest) -> bool:
        return request.path_info.startswith(self.admin)

    def _first(self, hooks: list[View], request: HttpRequest, *args: object) -> HttpResponse | None:
        if not self._concerns(request):
            return None
        answers = (hook(request, *args) for hook in hooks)
        return next((answer for answer in answers if answer is not None), None)


def _hooks(members: Iterable[object], name: str) -> list[View]:
    return [getattr(member, name) for member in members if hasattr(member, name)]
