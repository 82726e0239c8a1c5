"""What django-allauth's views do differently here, and where the stock addresses lead."""

from allauth.account.views import LoginView, PasswordResetFromKeyView
from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cms.accounts import known_devices, mfa
from cms.accounts.requests import SignedInRequest
from cms.accounts.sessions import end_sessions
from cms.accounts.user_agents import browser_name

ENTER = "wagtailadmin.access_admin"


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Where Wagtail's sign-in stood: ours takes over, with the page that was wanted."""
    wanted = request.GET.get("next", "")
    address = reverse("account_login")
    return redirect(f"{address}?{urlencode({'next': wanted})}" if wanted else address)


def to_new_password(request: HttpRequest) -> HttpResponse:
    """Where Wagtail's password reset stood, its links included."""
    return redirect("account_reset_password")


class SignInView(LoginView):
    """Sign in; who is signed in already is sent on."""

    def get_authenticated_redirect_url(self) -> str:
        """To the page that was wanted, unless it would send somebody without rights back here."""
        if self.request.user.has_perm(ENTER):
            return super().get_authenticated_redirect_url()
        return reverse("account_home")


class NewPasswordView(PasswordResetFromKeyView):
    """Set a new password with a link from a mail."""

    def form_valid(self, form: Form) -> HttpResponse:
        """The owner opened the mail here: no stranger's attempts keep this browser out."""
        response = super().form_valid(form)
        known_devices.remember(response, self.reset_user)
        return response


@method_decorator(login_required, name="dispatch")
class AccountView(TemplateView):
    """The own account at a glance."""

    request: SignedInRequest

    template_name = "account/home.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Say whether there is a second factor, and whether one is needed."""
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "has_factor": mfa.has_one(user),
            "needs_factor": mfa.is_required(user),
            "may_enter": user.has_perm(ENTER),
        }


class SecondFactorView(IndexView):
    """What there is of a second factor, and what can be done with it."""

    request: SignedInRequest

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Say whether the role needs it."""
        needs = mfa.is_required(self.request.user)
        return super().get_context_data(**kwargs) | {"needs_factor": needs}


class SetUpView(ActivateTOTPView):
    """Set up an authenticator app."""

    request: SignedInRequest

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Say whether the role needs it."""
        needs = mfa.is_required(self.request.user)
        return super().get_context_data(**kwargs) | {"needs_factor": needs}

    def form_valid(self, form: Form) -> HttpResponse:
        """From now on the factor counts: sessions opened without it end."""
        response = super().form_valid(form)
        mfa.remember_set_up(self.request)
        end_sessions(self.request.user, self.request)
        return response


class SwitchOffView(DeactivateTOTPView):
    """Switch the authenticator app off, where the role allows it."""

    request: SignedInRequest

    def form_valid(self, form: Form) -> HttpResponse:
        """This session, too, is one without a factor again."""
        response = super().form_valid(form)
        mfa.forget(self.request)
        return response


class SessionsView(ListUserSessionsView):
    """Where one is signed in, and sign out everywhere else."""

    request: SignedInRequest

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Name the browsers as people do."""
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.browser = browser_name(session.user_agent)
        return context

    def form_valid(self, form: Form) -> HttpResponse:
        """End all other sessions, listed or not."""
        end_sessions(self.request.user, self.request)
        messages.success(self.request, _("You are signed out everywhere else."))
        return redirect(self.get_success_url())
