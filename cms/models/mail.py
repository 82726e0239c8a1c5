"""Outgoing mails are rows: a mail server that hangs or is away blocks no save."""

import datetime
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.digest import Digest

#: So long a mail waits for a daily digest that does not come.
COLLECTED_WITHIN = datetime.timedelta(days=2)


def new_message_id() -> str:
    """A Message-ID of this site's."""
    return make_msgid(domain=urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Which mails wait for a daily digest."""

    def collectable(self, recipient: str) -> "OutgoingMailQuerySet":
        """Those that may be put into a digest of ``recipient``."""
        return self.filter(recipient=recipient, may_wait=True, sent_at=None, attempts=0)

    def released(self, now: datetime.datetime) -> "OutgoingMailQuerySet":
        """Those that need no longer wait, or never had to: the recipient wants no daily digest."""
        wanted = Digest.objects.filter(
            kind=Digest.Kind.DAILY,
            user__is_active=True,
            user__email=models.OuterRef("recipient"),
        )
        return self.filter(
            models.Q(may_wait=False)
            | models.Q(attempts__gt=0)
            | models.Q(created_at__lte=now - COLLECTED_WITHIN)
            | ~models.Exists(wanted)
        )


class OutgoingMail(models.Model):
    """A mail waiting to be sent, or sent. Rows are deleted after 30 days.

    ``message_id`` is the mail's Message-ID (RFC 5322, 3.6.4): the same in every attempt, so that
    the recipient's program shows once what a killed process has sent twice. ``key`` names what the
    mail tells about: a second mail with the same key is not queued. One that ``may_wait`` is put
    into the daily digest of whoever wants that; every other goes at once. One that
    ``forgets_recipient`` keeps no address once it is sent or given up.
    """

    changes_public_pages = False

    sender = models.CharField(_("sender"), max_length=320, blank=True)
    reply_to = models.CharField(_("answers to"), max_length=320, blank=True)
    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    #: Name, type and base64 of each; taken away with the text when the mail is sent.
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    message_id = models.CharField(max_length=250, unique=True, default=new_message_id)
    key = models.CharField(_("key"), max_length=200, blank=True)
    may_wait = models.BooleanField(_("may wait for a daily digest"), default=False)
    forgets_recipient = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    send_after = models.DateTimeField(_("not before"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [
            models.Index(
                fields=("send_after",),
                condition=models.Q(sent_at__isnull=True),
                name="mail_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("key",), condition=~models.Q(key=""), name="mail_queued_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject
