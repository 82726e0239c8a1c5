"""Sign-in in Wagtail's admin: the way to the own account, and help with a lost phone."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_stubs_ext import StrOrPromise
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry

from cms.accounts.mfa import has_one
from cms.accounts.mfa_reset import ACTION, may_reset, reset
from cms.accounts.requests import SignedInRequest
from cms.editing.titled_view import TitledView
from cms.models import User


class ResetFactorView(TitledView, TemplateView):
    """Ask, then reset the second factor of somebody else."""

    request: SignedInRequest

    template_name = "admin/reset_factor.html"
    page_title = _("Reset the second factor")
    header_icon = "key"

    @cached_property
    def person(self) -> User:
        """The account whose second factor is to be reset."""
        return get_object_or_404(User, pk=self.kwargs["user_id"])

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Refuse whoever may not reset this factor, before anything is shown."""
        if not may_reset(self.request.user, self.person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Name the person, and say whether there is anything to reset."""
        context = super().get_context_data(**kwargs)
        return context | {"person": self.person, "has_factor": has_one(self.person)}

    def post(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Reset the second factor, write it to the log and tell the person by e-mail."""
        if reset(self.person, self.request.user):
            done = _("The second factor of %(name)s is reset. A mail tells of it.")
            messages.success(request, done % {"name": self.person.get_full_name()})
        return redirect("reset_second_factor", self.person.pk)


@hooks.register("register_admin_urls")
def register_reset() -> list[URLPattern]:
    """Address for resetting a second factor, beside Wagtail's views of accounts."""
    return [
        path(
            "konten/<int:user_id>/zweiter-faktor/",
            ResetFactorView.as_view(),
            name="reset_second_factor",
        )
    ]


@hooks.register("register_user_listing_buttons")
def offer_reset(user: User, request_user: User) -> list[Button]:
    """In the list of accounts, for those who may."""
    if not may_reset(request_user, user):
        return []
    url = reverse("reset_second_factor", args=[user.pk])
    return [Button(_("Reset the second factor"), url=url, icon_name="key", priority=40)]


@hooks.register("register_account_menu_item")
def lead_to_own_account(request: HttpRequest) -> dict[str, StrOrPromise]:
    """From Wagtail's account page to password, second factor and sessions."""
    return {
        "url": reverse("account_home"),
        "label": _("Password, second factor, sessions"),
        "help_text": _("Everything that protects your account."),
    }


@hooks.register("register_log_actions")
def register_log(actions: LogActionRegistry) -> None:
    """Log action for the reset of a second factor."""
    actions.register_action(ACTION, _("Second factor reset"), _("Reset the second factor"))
