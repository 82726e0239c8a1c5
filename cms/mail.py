"""Sending mail without waiting for a mail server.

Everything Django or Wagtail mails goes through :class:`QueueBackend` into
rows; :func:`send_waiting` takes them to the real transport.
"""

import datetime
import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from cms.models import OutgoingMail

logger = logging.getLogger(__name__)

KEEP_SENT_FOR = datetime.timedelta(days=30)
GIVE_UP_AFTER = 12
BATCH = 50


def queue_mail(recipient: str, subject: str, body: str) -> OutgoingMail:
    """Put a mail into the queue, in the transaction of what it tells about.

    Args:
        recipient: one address.
        subject: one line; line breaks are removed.
        body: plain text.
    """
    return OutgoingMail.objects.create(
        recipient=recipient, subject=" ".join(subject.split())[:250], body=body
    )


class QueueBackend(BaseEmailBackend):
    """Django mail backend that queues instead of sending (``EMAIL_BACKEND``)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message once for every recipient."""
        for message in email_messages:
            for recipient in message.recipients():
                queue_mail(recipient, message.subject, message.body)
        return len(email_messages)


def send_waiting() -> str:
    """Send what waits; a failing mail is tried again later, ever more seldom.

    Each mail is claimed before it is sent, so that two senders never send it
    twice and no database lock is held while a mail server hangs.

    Returns:
        How many were sent and how many failed.
    """
    now = timezone.now()
    OutgoingMail.objects.filter(sent_at__lt=now - KEEP_SENT_FOR).delete()
    waiting = OutgoingMail.objects.filter(
        sent_at__isnull=True, send_after__lte=now, attempts__lt=GIVE_UP_AFTER
    ).order_by("pk")[:BATCH]
    sent = failed = 0
    for mail in waiting:
        if not _claim(mail, now):
            continue
        if _send(mail):
            sent += 1
        else:
            failed += 1
    return f"{sent} sent, {failed} failed"


def _claim(mail: OutgoingMail, now: datetime.datetime) -> bool:
    """Move the next attempt into the future: 1, 2, 4 … minutes, at most a day."""
    pause = datetime.timedelta(minutes=min(2**mail.attempts, 24 * 60))
    with transaction.atomic():
        claimed = OutgoingMail.objects.filter(
            pk=mail.pk, attempts=mail.attempts, sent_at__isnull=True
        ).update(attempts=mail.attempts + 1, send_after=now + pause)
    return bool(claimed)


def _send(mail: OutgoingMail) -> bool:
    try:
        connection = get_connection(settings.MAIL_TRANSPORT)
        EmailMessage(mail.subject, mail.body, to=[mail.recipient], connection=connection).send()
    except Exception as error:  # whatever is wrong with one mail, the others go out
        OutgoingMail.objects.filter(pk=mail.pk).update(last_error=(str(error) or repr(error))[:500])
        logger.warning("Mail %s could not be sent: %s", mail.pk, error)
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), last_error="")
    return True
