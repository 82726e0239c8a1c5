"""Sessions of the people who work here: ending them, and clearing what has expired."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import User


def end_sessions(user: User, exclude: str | None = None) -> int:
    """End all sessions of ``user``.

    Looks into the sessions themselves, not into the list that people see: a session must not
    outlive "sign out everywhere" because it is missing there.

    Args:
        user: whose sessions.
        exclude: key of a session that goes on, usually the current one.

    Returns:
        How many ended.
    """
    open_now = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=exclude)
    keys = [
        session.session_key
        for session in open_now.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).exclude(session_key=exclude).delete()
    return len(keys)


def follow_key(request: HttpRequest, before: str | None) -> None:
    """Keep the list right when a session got another key (Wagtail's account page does that)."""
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
