"""Nothing of the site is reached with half a sign-in."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from cms.accounts import mfa
from cms.accounts.sessions import follow_key
from cms.models import User

#: What works in any state: signing in and out, and files of the admin that say nothing.
ALWAYS = (
    "account_login",
    "account_logout",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
)


class SecondFactorMiddleware:
    """Asks for a missing second factor before the admin and the account, whatever the method.

    Everywhere else such a session counts as nobody's, so that no view has to know. Who needs a
    factor and has none reaches the pages to set it up; who has one and did not show it reaches
    only the page that asks for it. Signing out always works.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.account = reverse("account_home")
        self.guarded = (reverse("wagtailadmin_home"), self.account)
        self.always = tuple(reverse(name) for name in ALWAYS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path in self.always:
            return self.get_response(request)
        user = request.user
        if not path.startswith(self.guarded):
            # Lazily: most requests come from readers, and nobody asks who they are.
            vars(request)["user"] = SimpleLazyObject(lambda: _if_complete(request, user))
            return self.get_response(request)
        step = mfa.missing_step(request, user)
        if step and not self._leads_on(path, step):
            return _send_on(request, step)
        key = request.session.session_key
        response = self.get_response(request)
        follow_key(request, key)
        return response

    def _leads_on(self, path: str, step: str) -> bool:
        if step == "mfa_reauthenticate":
            return path == reverse(step)
        return path.startswith(self.account)


def _if_complete(request: HttpRequest, user: User | AnonymousUser) -> User | AnonymousUser:
    return AnonymousUser() if mfa.missing_step(request, user) else user


def _send_on(request: HttpRequest, step: str) -> HttpResponse:
    """To the missing step; a form or a program gets an answer that says what is missing."""
    asks_for_a_page = "text/html" in request.headers.get("Accept", "text/html")
    if request.method not in ("GET", "HEAD") or not asks_for_a_page:
        return render(request, "account/second_factor_missing.html", {"step": step}, status=403)
    address = reverse(step)
    if step == "mfa_reauthenticate":
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    return redirect(address)
