"""The weekly digest: what waits on somebody's start page, by mail, for those who want it."""

import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.dashboard.digests import DIGEST_LINK, claim, queue_digest, send_each
from cms.dashboard.sections import Board, Section
from cms.jobs.registry import register as register_work
from cms.models import Digest, User


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
def send_to(digest: Digest, today: datetime.date) -> bool:
    """Queue the digest of this week, once; nothing where nothing waits.

    Returns:
        Whether there was something to say.
    """
    sections = sections_for(digest.user) if claim(digest, today) else []
    if not sections:
        return False
    body = _body(digest.user, sections, DIGEST_LINK.url(digest))
    queue_digest(digest, _("What waits for you this week"), body, f"{today:%G-%V}")
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
    """
    day = today or timezone.localdate()
    monday = day - datetime.timedelta(days=day.weekday())
    due = Digest.objects.filter(kind=Digest.Kind.WEEKLY, sent_on__lt=monday)
    return send_each(due, lambda digest: send_to(digest, day))


def register() -> None:
    """Register the mails as periodic work."""
    every = datetime.timedelta(hours=6)
    register_work("weekly_digest", every, send_due, gettext_lazy("Weekly digests"))
