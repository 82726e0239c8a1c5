"""The weekly digest: what waits on somebody's start page, by mail, for those who want it."""

import datetime
import logging

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.dashboard.sections import Board, Section
from cms.jobs.mail_queue import AUTOMATIC, queue_mail
from cms.jobs.registry import register as register_work
from cms.models import User, WeeklyDigest
from cms.signed_links import SignedLink

logger = logging.getLogger(__name__)

DIGEST_LINK = SignedLink(
    WeeklyDigest.objects.select_related("user"), "digest_unsubscribe", salt="cms.weekly_digest"
)


def sections_for(user: User) -> list[Section]:
    """The sections of the start page of ``user`` in which something waits."""
    request = HttpRequest()
    request.user = user
    panels: list[Component] = []
    for add in hooks.get_hooks("construct_homepage_panels"):
        add(request, panels)
    boards = [panel for panel in panels if isinstance(panel, Board)]
    return [section for board in boards for section in board.sections if section.listing.total]


@transaction.atomic
def send_to(digest: WeeklyDigest, today: datetime.date) -> bool:
    """Queue the digest of this week, once; nothing where nothing waits.

    Returns:
        Whether there was something to say.
    """
    # Whoever has ended it since the list was read gets none.
    if not WeeklyDigest.objects.filter(pk=digest.pk).update(sent_on=today):
        return False
    sections = sections_for(digest.user)
    if not sections:
        return False
    leave = DIGEST_LINK.url(digest)
    queue_mail(
        digest.user.email,
        _("What waits for you this week"),
        _body(digest.user, sections, leave),
        # RFC 2369, 3.2 and RFC 8058: mail programs offer to end it with one click.
        headers=AUTOMATIC
        | {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        key=f"digest:{today:%G-%V}:{digest.user_id}",
    )
    return True


def _body(user: User, sections: list[Section], leave: str) -> str:
    counts = "\n".join(f"- {section.heading}: {section.listing.total}" for section in sections)
    start = settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home")
    return _(
        "Hello %(name)s,\n\nthis is on your start page:\n\n%(counts)s\n\nTo your start page: "
        "%(start)s\n\nYou get this mail because you chose to. No more of them: %(leave)s"
    ) % {"name": user.get_full_name(), "counts": counts, "start": start, "leave": leave}


def send_due(today: datetime.date | None = None) -> str:
    """Queue the digests of this week, from Monday on.

    Returns:
        How many mails.

    Raises:
        Exception: what stopped the last one that failed, after all others.
    """
    today = today or timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    due = WeeklyDigest.objects.filter(sent_on__lt=monday, user__is_active=True)
    sent, failure = 0, None
    for digest in due.select_related("user"):
        try:
            sent += send_to(digest, today)
        except Exception as error:
            # The others get theirs; the run is on record as failed.
            logger.exception("No digest for account %s", digest.user_id)
            failure = error
    if failure:
        raise failure
    return _("%(count)d sent") % {"count": sent}


def register() -> None:
    """Register the mails as periodic work."""
    every = datetime.timedelta(hours=6)
    register_work("weekly_digest", every, send_due, gettext_lazy("Weekly digests"))
