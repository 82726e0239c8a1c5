"""django-allauth asks these what our rules are."""

import base64
import hashlib
import secrets
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from cms.accounts import known_devices, mfa
from cms.delivery.client_ip import client_address
from cms.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations; the e-mail address is the log-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail address and password do not match."),
        "too_many_login_attempts": _(
            "Too many attempts. Please wait five minutes, or set a new password."
        ),
        "rate_limited": _("Too many attempts. Please wait five minutes."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _(
            "This code does not fit. Wait for the next one, and check the time of your phone."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up; accounts are made by invitation."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether ``next=`` may lead there: only to this very site."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address attempts are counted by."""
        return client_address(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built on the configured address, never on the host a request names."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path.replace("UID-KEY", key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the overview of the account."""
        return reverse("account_home")

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Who has just signed in need not confirm it for what is sensitive."""
        request = context.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def forgive_attempts(self, request: HttpRequest, user: User) -> None:
        """Count attempts on this account from zero, for password and code."""
        self._delete_login_attempts_cached_email(request, email=user.email)
        ratelimit.clear(request, action="login_failed", key=f"mfa-auth-user-{user.pk}")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
        """Count a browser that its owner has signed in with before apart from all others."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return key + known_devices.rate_limit_suffix(request, credentials.get("email", ""))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets encrypted, and the last factor where one is needed."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _(
            "Your role needs the second factor: you cannot switch it off. If you have a new "
            "phone, ask the administration to reset it."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt with the site's secret: a copy of the database alone opens no account."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again.

        After a change of ``SECRET_KEY`` without ``SECRET_KEY_FALLBACKS`` it is lost: then a
        random one, which no code fits, and the factor has to be reset.
        """
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the app of somebody whose role needs it."""
        is_factor = authenticator.type == Authenticator.Type.TOTP
        return not (is_factor and mfa.is_required(authenticator.user))

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """What the app shows beside the code."""
        return str(user)


def _cipher() -> MultiFernet:
    return MultiFernet(
        Fernet(
            base64.urlsafe_b64encode(hashlib.sha256(b"second-factor:" + str(key).encode()).digest())
        )
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
