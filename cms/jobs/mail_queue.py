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
from django.utils.translation import gettext as _

from cms.models import OutgoingMail

logger = logging.getLogger(__name__)

KEEP_FOR = datetime.timedelta(days=30)
GIVE_UP_AFTER = 12
BATCH = 50
# A mail server that is slow must not hold up the other periodic work.
TIME_FOR_A_BATCH = datetime.timedelta(seconds=30)


def queue_mail(
    recipient: str, subject: str, body: str, sender: str = "", reply_to: str = ""
) -> OutgoingMail:
    """Put a mail into the queue, in the transaction of what it tells about.

    Args:
        recipient: one address.
        subject: one line; line breaks are removed.
        body: plain text.
        sender: address it comes from; ``DEFAULT_FROM_EMAIL`` if empty.
        reply_to: where answers go, if not to the sender.
    """
    return OutgoingMail.objects.create(
        recipient=recipient,
        subject=" ".join(subject.split())[:250],
        body=body,
        sender=sender,
        reply_to=reply_to,
    )


class QueueBackend(BaseEmailBackend):
    """Django mail backend that queues instead of sending (``EMAIL_BACKEND``).

    Only plain text: nothing here sends HTML or attachments.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message once for every recipient.

        Raises:
            ValueError: for a message with attachments, which a row cannot hold.
        """
        for message in email_messages:
            if message.attachments:
                raise ValueError("Queued mails have no attachments.")
            for recipient in message.recipients():
                queue_mail(
                    recipient,
                    str(message.subject),
                    str(message.body),
                    sender=message.from_email or "",
                    reply_to=next(iter(message.reply_to), ""),
                )
        return len(email_messages)


def send_waiting() -> str:
    """Send what waits; a failing mail is tried again later, ever more seldom.

    Each mail is claimed before it is sent, so that two senders never send it
    twice and no database lock is held while a mail server hangs.

    Returns:
        How many were sent, failed and given up.
    """
    start = timezone.now()
    OutgoingMail.objects.filter(created_at__lt=start - KEEP_FOR).delete()
    waiting = OutgoingMail.objects.filter(
        sent_at__isnull=True, send_after__lte=start, attempts__lt=GIVE_UP_AFTER
    ).order_by("pk")[:BATCH]
    sent = failed = 0
    connection: BaseEmailBackend | None = None
    for mail in waiting:
        if timezone.now() - start > TIME_FOR_A_BATCH:
            break
        if not _claim(mail):
            continue
        connection = connection or get_connection(settings.MAIL_TRANSPORT)
        if _send(mail, connection):
            sent += 1
        else:
            failed += 1
    if connection:
        _close(connection)
    given_up = OutgoingMail.objects.filter(sent_at=None, attempts__gte=GIVE_UP_AFTER).count()
    outcome = _("%(sent)d sent, %(failed)d failed, %(given_up)d given up")
    return outcome % {"sent": sent, "failed": failed, "given_up": given_up}


def _claim(mail: OutgoingMail) -> bool:
    """Move the next attempt into the future: 1, 2, 4 … minutes, at most a day."""
    pause = datetime.timedelta(minutes=min(2**mail.attempts, 24 * 60))
    with transaction.atomic():
        claimed = OutgoingMail.objects.filter(
            pk=mail.pk, attempts=mail.attempts, sent_at__isnull=True
        ).update(attempts=mail.attempts + 1, send_after=timezone.now() + pause)
    return bool(claimed)


def _send(mail: OutgoingMail, connection: BaseEmailBackend) -> bool:
    try:
        connection.open()  # does nothing while it is open
        EmailMessage(
            mail.subject,
            mail.body,
            from_email=mail.sender or None,
            to=[mail.recipient],
            reply_to=[mail.reply_to] if mail.reply_to else None,
            connection=connection,
        ).send()
    except Exception as error:  # whatever is wrong with one mail, the others go out
        OutgoingMail.objects.filter(pk=mail.pk).update(last_error=(str(error) or repr(error))[:500])
        # What the server says names the recipient: it stands in the list of mails, not in the log.
        logger.warning("Mail %s could not be sent: %s", mail.pk, type(error).__name__)
        _close(connection)
        return False
    # What was sent may have held a password link: only who and when stay.
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), last_error="", body="")
    return True


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except Exception:
        logger.warning("The connection to the mail server did not close properly")
