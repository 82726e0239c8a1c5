"""The daily digest: what would have come one by one, in one mail each morning.

Mails that may wait are rows of the queue like all others; of whoever wants the digest they are not
sent (``OutgoingMailQuerySet.released``) but put into it. Both happens in one transaction: nothing
is lost and nothing told twice. If no digest takes them, or it is ended, they go out one by one.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.dashboard.digests import DIGEST_LINK, claim, queue_digest, send_each
from cms.jobs.registry import register as register_work
from cms.models import Digest, OutgoingMail

#: Local time from which on it is sent.
FROM = datetime.time(6)
_RULE = "\n\n" + "-" * 40 + "\n\n"


@transaction.atomic
def send_to(digest: Digest, today: datetime.date) -> bool:
    """Queue the digest of today, once, and take what it holds out of the queue.

    Returns:
        Whether there was something to say.
    """
    if not claim(digest, today):
        return False
    # A sender that has claimed one of them meanwhile sends it.
    waiting = OutgoingMail.objects.collectable(digest.user.email).select_for_update()
    mails = list(waiting.order_by("pk"))
    if not mails:
        return False
    subject = ngettext(
        "%(count)d message of %(day)s", "%(count)d messages of %(day)s", len(mails)
    ) % {"count": len(mails), "day": date_format(today)}
    queue_digest(digest, subject, _body(digest, mails), f"daily:{today:%Y-%m-%d}")
    collected = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails])
    # As of a mail that was sent, only who and when stay.
    collected.update(sent_at=timezone.now(), body="")
    return True


def _body(digest: Digest, mails: list[OutgoingMail]) -> str:
    events = _RULE.join(f"{mail.subject}\n\n{mail.body}" for mail in mails)
    links = {
        "name": digest.user.get_full_name(),
        "start": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home"),
        "leave": DIGEST_LINK.url(digest),
    }
    hello = _("Hello %(name)s,\n\nthis happened since the last mail:") % links
    end = _(
        "To your start page: %(start)s\n\nYou get your messages once a day because you chose to. "
        "At once again: %(leave)s"
    )
    return _RULE.join([hello, events, end % links])


def send_due(now: datetime.datetime | None = None) -> str:
    """Queue the digests of today, from the morning on.

    Returns:
        How many mails.
    """
    moment = timezone.localtime(now)
    due = Digest.objects.filter(kind=Digest.Kind.DAILY, sent_on__lt=moment.date())
    if moment.time() < FROM:
        due = due.none()
    return send_each(due, lambda digest: send_to(digest, moment.date()))


def register() -> None:
    """Register the mails as periodic work."""
    every = datetime.timedelta(minutes=15)
    register_work("daily_digest", every, send_due, gettext_lazy("Daily digests"))
