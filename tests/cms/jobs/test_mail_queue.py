"""Mails are rows of the same transaction; a mail server blocks nobody."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage, mail_admins, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone, translation

from cms.jobs import mail_queue as queue
from cms.jobs.mail_queue import queue_mail, send_waiting
from cms.models import OutgoingMail
from demo.review import submit

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def outcome() -> str:
    """What sending says, in English."""
    with translation.override("en"):
        return send_waiting()


class HangingTransport(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise TimeoutError("timed out")


class RefusingTransport(BaseEmailBackend):
    """A mail server that refuses one recipient."""

    def send_messages(self, messages):
        if messages[0].to == ["unbekannt@example.org"]:
            raise smtplib.SMTPRecipientsRefused({})
        mail.outbox.extend(messages)
        return 1


class BrokenTransport(BaseEmailBackend):
    """A transport that cannot make sense of a mail."""

    def send_messages(self, messages):
        if "kaputt" in messages[0].subject:
            raise ValueError("cannot encode")
        mail.outbox.extend(messages)
        return 1


def transport(settings, cls) -> None:
    settings.MAIL_TRANSPORT = f"{__name__}.{cls.__name__}"


@pytest.fixture(autouse=True)
def transports(monkeypatch):
    """Transports of this file, found by name whatever the import mode."""
    original = queue.get_connection
    classes = {cls.__name__: cls for cls in (HangingTransport, RefusingTransport, BrokenTransport)}

    def get_connection(path):
        name = path.rsplit(".", 1)[-1]
        return classes[name]() if name in classes else original(path)

    monkeypatch.setattr(queue, "get_connection", get_connection)


def let_minutes_pass(minutes: float) -> None:
    """Let time pass for the queue."""
    for row in OutgoingMail.objects.all():
        row.send_after -= datetime.timedelta(minutes=minutes)
        row.save(update_fields=["send_after"])


def test_what_django_mails_is_queued():
    send_mail("Betreff", "Text", None, ["a@example.org", "b@example.org"])
    assert set(OutgoingMail.objects.values_list("recipient", "subject", "body")) == {
        ("a@example.org", "Betreff", "Text"),
        ("b@example.org", "Betreff", "Text"),
    }


def test_hidden_recipients_get_their_own_mail():
    EmailMessage("Betreff", "Text", to=["a@example.org"], bcc=["b@example.org"]).send()
    assert OutgoingMail.objects.count() == 2


def test_queueing_sends_nothing():
    send_mail("Betreff", "Text", None, ["a@example.org"])
    assert mail.outbox == []


def test_mail_is_gone_when_the_transaction_is():
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        queue_mail("a@example.org", "Betreff", "Text")
        raise ZeroDivisionError
    assert not OutgoingMail.objects.exists()


def test_line_breaks_leave_the_subject():
    assert queue_mail("a@example.org", "Zwei\r\nZeilen", "Text").subject == "Zwei Zeilen"


def test_waiting_mail_is_sent_once():
    queue_mail("a@example.org", "Betreff", "Text")
    assert outcome() == "1 sent, 0 failed, 0 given up"
    let_minutes_pass(600)
    assert outcome() == "0 sent, 0 failed, 0 given up"
    assert len(mail.outbox) == 1


def test_sent_mail_says_when():
    queue_mail("a@example.org", "Betreff", "Text")
    send_waiting()
    assert OutgoingMail.objects.get().sent_at is not None


def test_review_does_not_wait_for_the_mail_server(settings, news, editor, lead):
    transport(settings, HangingTransport)
    submit(news, editor)
    assert OutgoingMail.objects.filter(recipient=lead.email, sent_at=None).exists()


def test_mail_goes_out_when_the_server_is_back(settings):
    queue_mail("a@example.org", "Betreff", "Text")
    normal = settings.MAIL_TRANSPORT
    transport(settings, HangingTransport)
    assert outcome() == "0 sent, 1 failed, 0 given up"
    settings.MAIL_TRANSPORT = normal
    let_minutes_pass(1)
    assert outcome() == "1 sent, 0 failed, 0 given up"


def test_failure_is_on_record(settings):
    queue_mail("a@example.org", "Betreff", "Text")
    transport(settings, HangingTransport)
    send_waiting()
    assert OutgoingMail.objects.get().last_error == "timed out"


def test_pauses_grow(settings):
    queue_mail("a@example.org", "Betreff", "Text")
    transport(settings, HangingTransport)
    pauses = []
    for _ in range(5):
        before = timezone.now()
        send_waiting()
        pauses.append(round((OutgoingMail.objects.get().send_after - before).total_seconds() / 60))
        let_minutes_pass(60 * 24)
    assert pauses == [1, 2, 4, 8, 16]


def test_no_attempt_before_the_pause_is_over(settings):
    queue_mail("a@example.org", "Betreff", "Text")
    transport(settings, HangingTransport)
    send_waiting()
    assert outcome() == "0 sent, 0 failed, 0 given up"


def test_gives_up_in_the_end(settings):
    mail_row = queue_mail("a@example.org", "Betreff", "Text")
    OutgoingMail.objects.filter(pk=mail_row.pk).update(attempts=queue.GIVE_UP_AFTER)
    assert outcome() == "0 sent, 0 failed, 1 given up"


@pytest.mark.parametrize(
    "cls, bad",
    [
        (RefusingTransport, ("unbekannt@example.org", "Betreff")),
        (BrokenTransport, ("a@example.org", "kaputt")),
    ],
)
def test_a_bad_mail_does_not_stop_the_others(settings, cls, bad):
    queue_mail(*bad, "Text")
    queue_mail("b@example.org", "Betreff", "Text")
    transport(settings, cls)
    assert outcome() == "1 sent, 1 failed, 0 given up"


def test_two_senders_never_send_the_same(monkeypatch):
    row = queue_mail("a@example.org", "Betreff", "Text")
    assert [queue._claim(row), queue._claim(row)] == [True, False]


def test_old_mails_are_deleted():
    old = queue_mail("a@example.org", "Betreff", "Text")
    OutgoingMail.objects.filter(pk=old.pk).update(created_at=timezone.now() - 31 * 24 * HOUR)
    send_waiting()
    assert not OutgoingMail.objects.exists()


def test_mails_to_administrators_are_queued_too(settings):
    settings.ADMINS = [("A", "admin@example.org")]
    mail_admins("Fehler", "Text")
    assert OutgoingMail.objects.get().recipient == "admin@example.org"
