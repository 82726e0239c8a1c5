"""Browsers that somebody has signed in with before.

Guessing is slowed per account. If all attempts counted together, a stranger who keeps guessing
would keep the owner out too. So a browser that has signed in gets a signed cookie, and its
attempts are counted apart (OWASP, "device cookies").
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from cms.models import User

COOKIE = "known_browser"
SALT = "cms.accounts.known_devices"
LIVES = 180 * 24 * 60 * 60
PATH = "/anmelden/"


def rate_limit_suffix(request: HttpRequest, email: str) -> str:
    """Suffix of the rate limit's key that counts a known browser apart; empty for all others.

    Args:
        request: of the attempt to sign in.
        email: of the account.
    """
    try:
        known, device = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIVES)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return f":{device}" if known == User.objects.normalize_email(email) else ""


def remember(response: HttpResponse, user: User) -> None:
    """Have the browser that gets ``response`` known for ``user``."""
    response.set_cookie(
        COOKIE,
        signing.dumps([user.email, secrets.token_urlsafe(9)], salt=SALT),
        max_age=LIVES,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
