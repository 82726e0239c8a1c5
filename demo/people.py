"""People in their roles, for the demo and for tests."""

from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cms.models import User
from regions.access import NATIONAL_PERMISSION
from regions.models import Region, Role

DEMO_PASSWORD = "kooperation"  # noqa: S105 - printed by make demo, refused in production


def build_person(email: str, groups: list[Group] | None = None, **fields: object) -> User:
    """An account that can sign in with the demo password.

    Args:
        email: its address.
        groups: the groups it belongs to.
        fields: further fields, e.g. ``first_name``.
    """
    user, created = User.objects.get_or_create(email=email, defaults=fields)
    if created:
        user.password = _hashed_password(settings.PASSWORD_HASHERS[0])
        user.save()
    user.groups.add(*(groups or []))
    return user


@cache
def _hashed_password(hasher: str) -> str:
    """Made once for each ``hasher``: it is slow on purpose, and the demo password is no secret."""
    return make_password(DEMO_PASSWORD)


def build_editor(region: Region, email: str, **fields: object) -> User:
    """Somebody who writes for a house."""
    return build_person(email, [region.group_of(Role.EDITOR)], **fields)


def build_lead(region: Region, email: str, **fields: object) -> User:
    """Create an account in the *Leitung* group of a region."""
    return build_person(email, [region.group_of(Role.LEAD)], **fields)


def build_national_editor(email: str, **fields: object) -> User:
    """Somebody who approves for the national desk."""
    codename = NATIONAL_PERMISSION.split(".")[1]
    group = Group.objects.get(permissions__codename=codename)
    return build_person(email, [group], **fields)


def build_administrator(email: str, **fields: object) -> User:
    """Create a national administrator: a superuser in Wagtail's terms."""
    return build_person(email, None, is_superuser=True, **fields)
