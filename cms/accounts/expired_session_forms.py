"""What somebody typed is not lost when their session, or their role, ended while they were typing.

A form that arrives too late is answered with a page that holds it: sign in, and send it once
more. The text stays in the browser; the server keeps nothing.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

#: Addresses below the admin that are there for those who are not signed in.
OPEN_TO_ALL = ("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset")
#: Forms with a token stand below these; what else is public can only be read, or checks the
#: origin instead.
FORMS_WITH_TOKEN = ("/admin/", "/konto/", "/documents/")
SIGNED_OUT = _(
    "You are signed out. Your text is still here. Sign in again in a new window; then save here "
    "with the button."
)
SIGNED_IN_AGAIN = _(
    "You have signed in again meanwhile. Your text is still here: save it once with the button."
)
NO_RIGHTS = _(
    "Your account has no rights any more, so nothing has been saved. Please do not close this tab, "
    "and ask the lead of your house."
)
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a form field


class ExpiredSessionFormMiddleware:
    """Answers forms of the admin that arrive after the session or every right has ended.

    Stands behind Django's check against forged forms, which has its say first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.open_to_all = tuple(reverse(name) for name in OPEN_TO_ALL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Answer in place of the view, which would only lead away from what was typed."""
        if request.method != "POST" or request.path_info.startswith(self.open_to_all):
            return None
        is_signed_in = request.user.is_authenticated
        if is_signed_in and request.user.has_perm("wagtailadmin.access_admin"):
            return None
        if _wants_a_page(request):
            return resubmit_page(request)
        reason = NO_RIGHTS if is_signed_in else SIGNED_OUT
        return _saving_refused(reason) if _is_of_editor(request) else None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token no longer fits (``CSRF_FAILURE_VIEW``).

    Signing in changes the token, so every form in other tabs is too old. Of the admin they are
    held, to be sent once more by hand, if the browser says that they come from this very site.
    What is sent to an address without such a form is refused by its method (405).
    """
    if not request.path_info.startswith(FORMS_WITH_TOKEN):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    own = f"{request.scheme}://{request.get_host()}"
    is_own = request.headers.get("Origin") == own
    if is_own and request.path_info.startswith(reverse("wagtailadmin_home")):
        if _is_of_editor(request):
            is_signed_in = request.user.is_authenticated
            return _saving_refused(SIGNED_IN_AGAIN if is_signed_in else SIGNED_OUT)
        return resubmit_page(request)
    return render(request, "account/form_too_old.html", status=HTTPStatus.FORBIDDEN)


def resubmit_page(request: HttpRequest) -> HttpResponse:
    """The page that asks to sign in and holds what was sent, to be sent once more.

    Who is signed in and has no rights reads that instead.
    """
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if name != TOKEN
    ]
    context: dict[str, object] = {"fields": fields, "had_files": bool(request.FILES)}
    user = request.user
    if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
        context["lead"] = NO_RIGHTS
    return render(request, "account/resubmit.html", context, status=HTTPStatus.FORBIDDEN)


def _is_of_editor(request: HttpRequest) -> bool:
    """Whether the page editor saves by itself; its script shows what is answered."""
    is_json = request.headers.get("Accept", "") == "application/json"
    pages = reverse("wagtailadmin_explore_root")
    return is_json and request.path_info.startswith(pages)


def _saving_refused(message: StrOrPromise) -> JsonResponse:
    # Of Wagtail's codes the one whose message its script shows as it is, and goes on trying after.
    answer = {"success": False, "error_code": "locked", "error_message": str(message)}
    return JsonResponse(answer, status=HTTPStatus.FORBIDDEN)


def _wants_a_page(request: HttpRequest) -> bool:
    return "text/html" in request.headers.get("Accept", "text/html")
