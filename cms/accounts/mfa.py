"""The second factor: who needs one, who has one, whether this session was opened with it."""

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.module_loading import import_string

from cms.accounts.requests import SignedInRequest
from cms.models import User

#: In a session: the account whose second factor was set up in it.
SET_UP_KEY = "second_factor_set_up"


def is_required(user: User) -> bool:
    """Whether ``user`` may not work without a second factor.

    The rule is ``SECOND_FACTOR_RULE``; ``SECOND_FACTOR_REQUIRED`` says whether it is enforced.
    """
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return bool(import_string(settings.SECOND_FACTOR_RULE)(user))


def has_one(user: User) -> bool:
    """Whether ``user`` has set up an authenticator app; recovery codes alone are no factor."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def passed(request: HttpRequest, user: User) -> bool:
    """Whether this session of ``user`` was opened with the factor, or the factor set up in it."""
    if request.session.get(SET_UP_KEY) == str(user.pk):
        return True
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


def missing_step(request: HttpRequest, user: User | AnonymousUser) -> str:
    """What ``user`` has to do in this session before anything else.

    Returns:
        Name of the address to send them to; empty if nothing is missing.
    """
    if not user.is_authenticated or passed(request, user):
        return ""
    if has_one(user):
        return "mfa_reauthenticate"
    return "mfa_activate_totp" if is_required(user) else ""


def remember_set_up(request: HttpRequest) -> None:
    """The factor was set up in this session: its owner need not prove it again."""
    request.session[SET_UP_KEY] = str(request.user.pk)


def forget(request: SignedInRequest) -> None:
    """The factor is gone: this session no longer counts as opened with one."""
    request.session.pop(SET_UP_KEY, None)
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record for record in records if record.get("method") != "mfa"
    ]
