"""Sending mail without waiting for a mail server.

Everything Django or Wagtail mails goes through :class:`QueueBackend` into
rows; :func:`send_waiting` takes them to the real transport. Rows are written in the transaction of
what they tell about: none is missing and none is there twice. At the transport, at most the mail in
hand goes again when the process is killed, under the same Message-ID.
"""

import base64
import datetime
import logging
from collections.abc import Iterable, Mapping, Sequence
from email.message import MIMEPart
from email.mime.base import MIMEBase

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.jobs.shutdown import shutdown
from cms.models import OutgoingMail

logger = logging.getLogger(__name__)

KEEP_FOR = datetime.timedelta(days=30)
GIVE_UP_AFTER = 12
BATCH = 50
# A mail server that is slow must not hold up the other periodic work.
TIME_FOR_A_BATCH = datetime.timedelta(seconds=30)


#: RFC 3834, 5: written by a program; no holiday notice answers it.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}
#: In columns of their own, or written by the transport.
_OWN_HEADERS = {"message-id", "reply-to", "from", "to", "cc", "bcc", "subject", "date"}
#: What a mail loses that needs no further attempt.
_CONTENT: dict[str, object] = {"body": "", "headers": {}, "attachments": []}
MAX_ATTACHMENTS = 10 * 1024 * 1024

Attachment = tuple[str, bytes, str]
"""Name, content and type."""


def queue_mail(
    recipient: str,
    subject: str,
    body: str,
    sender: str = "",
    reply_to: str = "",
    headers: Mapping[str, str] = AUTOMATIC,
    attachments: Iterable[Attachment] = (),
    key: str = "",
    may_wait: bool = False,
    forgets_recipient: bool = False,
) -> OutgoingMail:
    """Put a mail into the queue, in the transaction of what it tells about.

    Args:
        recipient: one address.
        subject: one line; line breaks are removed.
        body: plain text.
        sender: address it comes from; ``DEFAULT_FROM_EMAIL`` if empty.
        reply_to: where answers go, if not to the sender.
        headers: further ones, as ``List-Unsubscribe`` (RFC 2369, 3.2).
        attachments: files.
        key: names what is told and to whom, where the same may be told again after a failure; the
            mail that has it already is given back.
        may_wait: whether it may be put into the daily digest of whoever wants that. Never what
            concerns an account: a sign-in, a password, a role.
        forgets_recipient: whether the address is kept no longer than until it is sent or given up:
            it was promised to whoever typed it in.

    Raises:
        ValueError: when the attachments are larger than 10 MiB together, or a header holds a line
            break.
    """
    files = list(attachments)
    if sum(len(content) for _name, content, _type in files) > MAX_ATTACHMENTS:
        raise ValueError("The attachments are too large for the queue.")
    if any("\n" in part or "\r" in part for header in headers.items() for part in header):
        raise ValueError("A header cannot hold a line break.")
    row = {
        "recipient": recipient,
        "subject": " ".join(subject.split())[:250],
        "body": body,
        "sender": sender,
        "reply_to": reply_to,
        "may_wait": may_wait,
        "forgets_recipient": forgets_recipient,
        "headers": dict(headers),
        "attachments": [
            [name, base64.b64encode(content).decode(), kind] for name, content, kind in files
        ],
    }
    if not key:
        return OutgoingMail.objects.create(**row)
    return OutgoingMail.objects.get_or_create(key=key, defaults=row)[0]


def _attachment(given: object) -> Attachment:
    """An attachment of Django's, in any of its shapes."""
    if isinstance(given, MIMEBase | MIMEPart):
        content = given.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise ValueError("Queued mails have no messages as attachments.")
        return given.get_filename() or "", content, given.get_content_type()
    if not isinstance(given, tuple):
        raise TypeError("An attachment is a file or a part of a message.")
    name, content, kind = given
    data = content.encode() if isinstance(content, str) else content
    return name or "", data, kind or "application/octet-stream"


class QueueBackend(BaseEmailBackend):
    """Django mail backend that queues instead of sending (``EMAIL_BACKEND``).

    Only plain text: nothing here sends HTML.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message once for every recipient."""
        for message in email_messages:
            given = message.extra_headers.items()
            headers = {
                name: str(value) for name, value in given if name.lower() not in _OWN_HEADERS
            }
            attachments = [_attachment(each) for each in message.attachments]
            for recipient in message.recipients():
                queue_mail(
                    recipient,
                    str(message.subject),
                    str(message.body),
                    sender=message.from_email or "",
                    reply_to=next(iter(message.reply_to), ""),
                    headers=AUTOMATIC | headers,
                    attachments=attachments,
                    may_wait=_is_notification(message),
                )
        return len(email_messages)


def _is_notification(message: EmailMessage) -> bool:
    """Whether it is about pages: Wagtail marks its notifications as RFC 3834 says.

    Mails about accounts, which ``allauth`` writes, are not marked, and never wait.
    """
    return AUTOMATIC.items() <= message.extra_headers.items() and not message.attachments


def send_waiting() -> str:
    """Send what waits; a failing mail is tried again later, ever more seldom.

    Each mail is claimed before it is sent, so that two senders never send it
    twice and no database lock is held while a mail server hangs.

    Returns:
        How many were sent, failed and given up.
    """
    start = timezone.now()
    OutgoingMail.objects.filter(created_at__lt=start - KEEP_FOR).delete()
    _forget_given_up()
    due = OutgoingMail.objects.filter(_due(start), sent_at__isnull=True, attempts__lt=GIVE_UP_AFTER)
    waiting = due.released(start).order_by("pk")[:BATCH]
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


def _pause(attempts: int) -> datetime.timedelta:
    """The wait after the next attempt: 1, 2, 4 … minutes, at most a day.

    Args:
        attempts: those before it.
    """
    return datetime.timedelta(minutes=min(2**attempts, 24 * 60))


def _due(now: datetime.datetime) -> Q:
    """Whose time has come, or is further away than any pause: the clock was set back since."""
    due = Q(send_after__lte=now) | Q(attempts=0)
    for attempts in range(1, GIVE_UP_AFTER):
        due |= Q(attempts=attempts, send_after__gt=now + _pause(attempts - 1))
    return due


def _claim(mail: OutgoingMail) -> bool:
    """Move the next attempt into the future."""
    with transaction.atomic():
        claimed = OutgoingMail.objects.filter(
            pk=mail.pk, attempts=mail.attempts, sent_at__isnull=True
        ).update(attempts=mail.attempts + 1, send_after=timezone.now() + _pause(mail.attempts))
    return bool(claimed)


def _send(mail: OutgoingMail, connection: BaseEmailBackend) -> bool:
    # A process that is told to end notes first what the mail server has taken, or why it has not.
    with shutdown.deferred():
        try:
            connection.open()  # does nothing while it is open
            _message(mail, connection).send()
            # What was sent may have held a password link, headers that of a subscription: only who
            # and when stay, or only when.
            OutgoingMail.objects.filter(pk=mail.pk).update(
                sent_at=timezone.now(), last_error="", **_emptied(mail)
            )
        except Exception as error:  # whatever is wrong with one mail, the others go out
            _note_failure(mail, error)
            # What the server says names the recipient: it stands in the list of mails, not in the
            # log.
            logger.warning("Mail %s could not be sent: %s", mail.pk, type(error).__name__)
            _close(connection)
            return False
    return True


def _emptied(mail: OutgoingMail) -> dict[str, object]:
    """What a mail loses that needs no further attempt."""
    return _CONTENT | {"recipient": ""} if mail.forgets_recipient else _CONTENT


def _forget_given_up() -> None:
    """Take the address out of mails whose last attempt noted nothing: its process was killed.

    Another process may just be at that attempt. It has read the whole mail before, and what it
    notes in the end leaves no address either.
    """
    left = OutgoingMail.objects.filter(
        forgets_recipient=True, sent_at=None, attempts__gte=GIVE_UP_AFTER
    ).exclude(recipient="")
    left.update(recipient="", last_error="", **_CONTENT)


def _note_failure(mail: OutgoingMail, error: Exception) -> None:
    """Say what was wrong; at the last attempt without the address, if that was promised."""
    row = OutgoingMail.objects.filter(pk=mail.pk)
    if mail.forgets_recipient and mail.attempts + 1 >= GIVE_UP_AFTER:
        row.update(last_error=type(error).__name__, **_emptied(mail))
    else:
        row.update(last_error=(str(error) or repr(error))[:500])


def _message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMessage:
    return EmailMessage(
        mail.subject,
        mail.body,
        from_email=mail.sender or None,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={**mail.headers, "Message-ID": mail.message_id},
        attachments=[
            (name, base64.b64decode(content), kind) for name, content, kind in mail.attachments
        ],
        connection=connection,
    )


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except Exception:
        logger.warning("The connection to the mail server did not close properly")
