"""Mails that collect: queued once for each day or week, ended by the link in each of them."""

import datetime
import logging
from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cms.jobs.mail_queue import AUTOMATIC, queue_mail
from cms.models import Digest
from cms.signed_links import SignedLink

logger = logging.getLogger(__name__)

DIGEST_LINK = SignedLink(
    Digest.objects.select_related("user"), "digest_unsubscribe", salt="cms.weekly_digest"
)


def claim(digest: Digest, today: datetime.date) -> bool:
    """Note that the digest is sent today, in the transaction that queues it.

    Returns:
        Whether it still was to be sent: whoever has ended it since the list was read gets none.
    """
    due = Digest.objects.filter(pk=digest.pk, sent_on__lt=today)
    return bool(due.update(sent_on=today))


def queue_digest(digest: Digest, subject: str, body: str, period: str) -> None:
    """Queue the mail, once for each period.

    Args:
        digest: whose.
        subject: one line.
        body: with the way to end it, see :data:`DIGEST_LINK`.
        period: names the day or week it is about.
    """
    leave = DIGEST_LINK.url(digest)
    queue_mail(
        digest.user.email,
        subject,
        body,
        # RFC 2369, 3.2 and RFC 8058: mail programs offer to end it with one click.
        headers=AUTOMATIC
        | {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        key=f"digest:{period}:{digest.user_id}",
    )


def send_each(due: QuerySet[Digest], send: Callable[[Digest], bool]) -> str:
    """Queue what is due for people whose accounts are active.

    Args:
        due: the digests.
        send: queues one; whether there was something to say.

    Returns:
        How many mails.

    Raises:
        Exception: what stopped the last one that failed, after all others.
    """
    sent, failure = 0, None
    for digest in due.filter(user__is_active=True).select_related("user"):
        try:
            sent += send(digest)
        except Exception as error:
            # The others get theirs; the run is on record as failed.
            logger.exception("No digest for account %s", digest.user_id)
            failure = error
    if failure:
        raise failure
    return _("%(count)d sent") % {"count": sent}
