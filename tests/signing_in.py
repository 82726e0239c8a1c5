"""Signing in as people do, with the code that their app would show."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client
from django.urls import reverse

from demo.people import DEMO_PASSWORD

PERIOD = 30


def set_up_factor(user) -> Authenticator:
    """Give ``user`` an authenticator app and recovery codes."""
    app = TOTP.activate(user, generate_totp_secret()).instance
    RecoveryCodes.activate(user)
    return app


def code_for_secret(secret: str, periods_off: int = 0) -> str:
    """What an app with this key shows, on a phone whose clock is so many periods wrong."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + periods_off))


def code_of(user, periods_off: int = 0) -> str:
    """What the app of ``user`` shows."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return code_for_secret(decrypt(app.data["secret"]), periods_off)


def recovery_codes_of(user) -> list[str]:
    """The unused recovery codes of ``user``."""
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def give_password(client: Client, user, password: str = DEMO_PASSWORD, next_page: str = ""):
    """The first step of signing in; returns the answer."""
    data = {"login": user.email, "password": password, "next": next_page}
    return client.post(reverse("account_login"), data)


def give_code(client: Client, code: str):
    """The second step."""
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_signed_in(client: Client) -> bool:
    """Whether the client has a session of somebody."""
    return "_auth_user_id" in client.session
