"""A refused publication answers with a message instead of an error page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from workflows.gate import PublishRefused


class PublishRefusedMiddleware:
    """Tells the editor in plain words; the text is still there as a draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer :class:`PublishRefused` only."""
        if not isinstance(error, PublishRefused):
            return None
        messages.error(request, str(error))
        if error.page.pk and error.page.permissions_for_user(request.user).can_edit():
            return redirect(reverse("wagtailadmin_pages:edit", args=[error.page.pk]))
        return redirect(reverse("wagtailadmin_home"))
