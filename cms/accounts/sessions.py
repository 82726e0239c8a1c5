"""Sessions of the people who work here: ending them, and clearing what has expired."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import User


def end_sessions(user: User, request: HttpRequest | None = None) -> None:
    """End all sessions of ``user``, whether they are listed or not.

    Django compares ``get_session_auth_hash()`` with what a session carries whenever it is used, so
    no session has to be found.

    Args:
        user: whose sessions.
        request: whose session goes on, usually the current one.
    """
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    if request is not None:
        before = request.session.session_key
        update_session_auth_hash(request, user)
        follow_key(request, before)
    kept = request.session.session_key if request else None
    UserSession.objects.filter(user=user).exclude(session_key=kept).delete()


def follow_key(request: HttpRequest, before: str | None) -> None:
    """Keep the list right when a session got another key (ending the others does that,
    and Wagtail's account page)."""
    after = request.session.session_key
    if not before or not after or before == after:
        return
    listed = UserSession.objects.filter(session_key=before)
    if UserSession.objects.filter(session_key=after).exists():
        listed.delete()
    else:
        listed.update(session_key=after)


def clear_expired() -> str:
    """Delete sessions that have run out, with address and browser of their owners.

    Returns:
        How many sessions were deleted.
    """
    count, _rows = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return _("%(count)d expired sessions deleted") % {"count": count}
