"""What follows from signing in and from setting a new password; clearing old sessions."""

import datetime

from allauth.account.signals import password_reset, user_logged_in
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cms.accounts import known_devices
from cms.accounts.adapters import AccountAdapter
from cms.accounts.sessions import clear_expired
from cms.jobs.registry import register
from cms.models import User


def know_browser(
    sender: type[User], request: HttpRequest, response: HttpResponse, user: User, **kwargs: object
) -> None:
    """From now on the attempts of this browser are counted apart."""
    known_devices.remember(response, user)


def forgive_attempts(
    sender: type[User], request: HttpRequest, user: User, **kwargs: object
) -> None:
    """Who could open the mailbox is the owner: attempts of others no longer count."""
    AccountAdapter(request).forgive_attempts(request, user)


def connect() -> None:
    """Connect all handlers and register the periodic work; called once when the app is ready."""
    user_logged_in.connect(know_browser)
    password_reset.connect(forgive_attempts)
    register("sessions", datetime.timedelta(days=1), clear_expired, _("Clearing expired sessions"))
