"""Mails are rows of the same transaction; a mail server blocks nobody."""

import datetime
import signal
import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage, mail_admins, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone, translation

from cms.jobs import mail_queue as queue
from cms.jobs.mail_queue import queue_mail, send_waiting
from cms.jobs.shutdown import Shutdown
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


class TerminatedTransport(BaseEmailBackend):
    """A mail server that takes the mail, while the process is told to end."""

    def send_messages(self, messages):
        mail.outbox.extend(messages)
        signal.raise_signal(signal.SIGTERM)
        return 1


class AwayTransport(BaseEmailBackend):
    """A mail server that is not there, while the process is told to end."""

    def open(self):
        signal.raise_signal(signal.SIGTERM)
        raise TimeoutError("timed out")


def transport(settings, cls) -> None:
    settings.MAIL_TRANSPORT = f"{__name__}.{cls.__name__}"


@pytest.fixture(autouse=True)
def transports(monkeypatch):
    """Transports of this file, found by name whatever the import mode."""
    original = queue.get_connection
    ours = (
        HangingTransport,
        RefusingTransport,
        BrokenTransport,
        TerminatedTransport,
        AwayTransport,
    )
    classes = {cls.__name__: cls for cls in ours}

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


@pytest.mark.parametrize("attempts, is_kept", [(0, True), (queue.GIVE_UP_AFTER - 1, False)])
def test_an_address_that_is_to_be_forgotten_goes_with_the_last_attempt(settings, attempts, is_kept):
    row = queue_mail("unbekannt@example.org", "Betreff", "Text", forgets_recipient=True)
    OutgoingMail.objects.filter(pk=row.pk).update(attempts=attempts)
    transport(settings, RefusingTransport)
    send_waiting()
    assert OutgoingMail.objects.filter(recipient="unbekannt@example.org").exists() == is_kept


def test_an_address_is_forgotten_though_the_last_attempt_was_killed():
    row = queue_mail(
        "unbekannt@example.org",
        "Betreff",
        "Text",
        headers={"List-Unsubscribe": "<https://example.org/>"},
        attachments=[("Plan.txt", b"Text", "text/plain")],
        forgets_recipient=True,
    )
    OutgoingMail.objects.filter(pk=row.pk).update(
        attempts=queue.GIVE_UP_AFTER,
        send_after=timezone.now() + datetime.timedelta(days=1),
        last_error="unbekannt@example.org: refused",
    )
    send_waiting()
    row.refresh_from_db()
    kept = (row.recipient, row.body, row.headers, row.attachments, row.last_error)
    assert kept == ("", "", {}, [], "")


def test_a_mail_at_its_last_attempt_goes_out_though_another_process_forgets_it(monkeypatch):
    row = queue_mail("unbekannt@example.org", "Betreff", "Text", forgets_recipient=True)
    OutgoingMail.objects.filter(pk=row.pk).update(attempts=queue.GIVE_UP_AFTER - 1)
    opened = mail.get_connection

    def meanwhile(*args: object):
        send_waiting()  # of the other process
        return opened(*args)

    monkeypatch.setattr(queue, "get_connection", meanwhile)
    send_waiting()
    row.refresh_from_db()
    assert (mail.outbox[0].to, bool(row.sent_at)) == (["unbekannt@example.org"], True)


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


@pytest.fixture
def handled(monkeypatch):
    """The signals of ``run_due --loop`` are handled."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    shutdown = Shutdown()
    monkeypatch.setattr(queue, "shutdown", shutdown)
    shutdown.install()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_process_told_to_end_finishes_the_mail_in_hand(settings, handled):
    for number in range(3):
        queue_mail(f"{number}@example.org", "Betreff", "Text")
    transport(settings, TerminatedTransport)
    with pytest.raises(KeyboardInterrupt):
        send_waiting()
    sent = OutgoingMail.objects.filter(sent_at__isnull=False)
    assert [row.recipient for row in sent] == [message.to[0] for message in mail.outbox]
    assert len(mail.outbox) == 1


def test_a_process_told_to_end_notes_first_why_the_mail_did_not_go(settings, handled):
    queue_mail("a@example.org", "Betreff", "Text")
    transport(settings, AwayTransport)
    with pytest.raises(KeyboardInterrupt):
        send_waiting()
    assert OutgoingMail.objects.get().last_error == "timed out"


def test_a_process_told_to_end_between_mails_ends_at_once(handled):
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)


def test_message_id_is_the_same_in_every_attempt(settings):
    row = queue_mail("a@example.org", "Betreff", "Text")
    send_waiting()
    OutgoingMail.objects.filter(pk=row.pk).update(sent_at=None)
    let_minutes_pass(1)
    send_waiting()
    assert [message.message()["Message-ID"] for message in mail.outbox] == [row.message_id] * 2


def test_mails_say_that_a_program_wrote_them():
    queue_mail("a@example.org", "Betreff", "Text")
    send_waiting()
    assert mail.outbox[0].message()["Auto-Submitted"] == "auto-generated"


def test_headers_go_with_the_mail():
    headers = {"List-Unsubscribe": "<https://example.org/abmelden/>", "From": "boss@example.org"}
    EmailMessage("Betreff", "Text", to=["a@example.org"], headers=headers).send()
    send_waiting()
    message = mail.outbox[0].message()
    assert message["List-Unsubscribe"] == "<https://example.org/abmelden/>"
    assert "boss" not in message["From"]


@pytest.mark.parametrize(
    "header", [("X-A", "b\nBcc: c@example.org"), ("X\r\nBcc", "c@example.org")]
)
def test_a_header_with_a_line_break_is_refused(header):
    with pytest.raises(ValueError, match="line break"):
        queue_mail("a@example.org", "Betreff", "Text", headers=dict([header]))


def test_the_link_that_ends_mails_goes_with_the_mail_and_not_into_the_archive():
    queue_mail("a@example.org", "B", "T", headers={"List-Unsubscribe": "<https://example.org/x>"})
    send_waiting()
    assert mail.outbox[0].extra_headers["List-Unsubscribe"]
    assert OutgoingMail.objects.get().headers == {}


def test_attachments_go_with_the_mail_and_not_into_the_archive():
    message = EmailMessage("Betreff", "Text", to=["a@example.org"])
    message.attach("liste.csv", "a;b", "text/csv")
    message.attach("bild.png", b"\x89PNG", "image/png")
    message.send()
    send_waiting()
    assert [(part.filename, part.mimetype) for part in mail.outbox[0].attachments] == [
        ("liste.csv", "text/csv"),
        ("bild.png", "image/png"),
    ]
    assert OutgoingMail.objects.get().attachments == []


def test_attachments_beyond_the_limit_are_refused():
    with pytest.raises(ValueError, match="too large"):
        queue_mail("a@example.org", "B", "T", attachments=[("a", b"x" * 11_000_000, "a/b")])


def test_a_mail_with_the_same_key_is_queued_once():
    first = queue_mail("a@example.org", "Betreff", "Text", key="Erinnerung 7")
    assert queue_mail("a@example.org", "Betreff", "Text", key="Erinnerung 7") == first
    assert queue_mail("b@example.org", "Betreff", "Text", key="Erinnerung 8") != first


@pytest.mark.parametrize("attempts", [0, 1, 11])
def test_a_mail_goes_out_after_the_clock_was_set_back(attempts):
    row = queue_mail("a@example.org", "Betreff", "Text")
    later = timezone.now() + datetime.timedelta(days=2)
    OutgoingMail.objects.filter(pk=row.pk).update(attempts=attempts, send_after=later)
    send_waiting()
    assert len(mail.outbox) == 1


def test_a_mail_that_waits_for_its_next_attempt_still_waits():
    row = queue_mail("a@example.org", "Betreff", "Text")
    later = timezone.now() + datetime.timedelta(minutes=1, seconds=50)
    OutgoingMail.objects.filter(pk=row.pk).update(attempts=2, send_after=later)
    send_waiting()
    assert mail.outbox == []
