"""Signing somebody in who has just set a password by a link that only they have."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cms.models import User


def sign_in_with_new_password(request: HttpRequest, user: User) -> HttpResponse:
    """Sign ``user`` in as if the password had been typed at the sign-in, and lead to the admin.

    All its steps are taken: who has a second factor is asked for it, who needs one sets it up
    before anything else (:class:`cms.accounts.middleware.SecondFactorMiddleware`).
    """
    login = Login(user=user, email=user.email, redirect_url=reverse("wagtailadmin_home"))
    return perform_password_login(request, {"email": user.email}, login)
