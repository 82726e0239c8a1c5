"""Digests: for who wants them, when there is something to say, ended with one click."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cms.dashboard.daily_digest import send_due as send_daily
from cms.dashboard.digests import DIGEST_LINK
from cms.dashboard.weekly_digest import send_due, send_to
from cms.jobs.mail_queue import queue_mail, send_waiting
from cms.models import Digest, OutgoingMail
from demo.review import submit

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2026, 11, 30)


@pytest.fixture
def digest(lead) -> Digest:
    """The lead has wanted it since last week."""
    return Digest.objects.create(user=lead, kind="weekly", sent_on=datetime.date(2026, 11, 26))


@pytest.fixture
def waiting(news, editor, lead):
    """Something waits for the lead."""
    submit(news, editor)
    OutgoingMail.objects.all().delete()


def leave(digest: Digest) -> str:
    return reverse("digest_unsubscribe", args=[digest.uuid, DIGEST_LINK.signature(digest)])


def test_one_orders_it_in_the_account_and_ends_it_there(editor, sign_in):
    client, account = sign_in(editor), reverse("wagtailadmin_account")
    typed = {"name_email-first_name": "Selma", "name_email-last_name": "Schreiber"}
    shown = client.get(account).content.decode()
    assert "Jede Woche eine E-Mail" in shown
    profile = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    client.post(account, typed | profile | {"digest-wanted": "on"})
    assert Digest.objects.get().user == editor
    client.post(account, typed | profile | {"digest-when": "daily"})
    assert Digest.objects.get().kind == "daily"
    client.post(account, typed | profile | {"digest-when": "at-once"})
    assert not Digest.objects.exists()


def test_it_comes_once_a_week_and_says_what_waits(digest, waiting, lead):
    for day in range(7):
        send_due(MONDAY + datetime.timedelta(days=day))
    queued = OutgoingMail.objects.get()
    assert queued.recipient == lead.email
    assert ": 1" in queued.body
    assert queued.headers["List-Unsubscribe"] == f"<{DIGEST_LINK.url(digest)}>"
    assert queued.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    send_due(MONDAY + datetime.timedelta(days=7))
    assert OutgoingMail.objects.count() == 2


def test_nobody_else_gets_it(waiting, lead):
    send_due(MONDAY)
    assert not OutgoingMail.objects.exists()


def test_it_says_nothing_where_nothing_waits(digest, monkeypatch):
    monkeypatch.setattr("cms.dashboard.weekly_digest.sections_for", lambda user: [])
    assert send_due(MONDAY) == "0 verschickt"
    assert not OutgoingMail.objects.exists()


def test_somebody_who_left_gets_none(digest, waiting, lead):
    lead.is_active = False
    lead.save()
    OutgoingMail.objects.all().delete()
    send_due(MONDAY)
    assert not OutgoingMail.objects.exists()


def test_looking_at_the_link_ends_nothing(digest, client):
    assert client.get(leave(digest)).status_code == 200
    client.head(leave(digest))
    assert Digest.objects.exists()


def test_one_click_ends_it_without_a_cookie(digest, client):
    response = client.post(leave(digest), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    assert not Digest.objects.exists()
    assert client.post(leave(digest)).status_code == 410


def test_a_forged_link_ends_nothing(digest, client):
    client.post(reverse("digest_unsubscribe", args=[digest.uuid, "0" * 64]))
    assert Digest.objects.exists()


def test_whoever_ends_it_meanwhile_gets_none(digest, waiting):
    Digest.objects.all().delete()
    assert not send_to(digest, MONDAY)
    assert not OutgoingMail.objects.exists()


MORNING = datetime.datetime(2026, 11, 27, 6, 5, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def daily(lead) -> Digest:
    """The lead wants one mail a day since yesterday."""
    return Digest.objects.create(user=lead, kind="daily", sent_on=datetime.date(2026, 11, 26))


@pytest.fixture
def messages(lead, daily) -> list[OutgoingMail]:
    """Two messages that may wait for the morning."""
    return [
        queue_mail(lead.email, title, f"Text von {title}", may_wait=True)
        for title in ("Erstens", "Zweitens")
    ]


def sent() -> list[str]:
    """The subjects of what a sender takes to the mail server now."""
    send_waiting()
    return [message.subject for message in mail.outbox]


def test_messages_wait_for_the_morning_and_come_in_one_mail(messages, lead, daily):
    assert sent() == []
    send_daily(MORNING.replace(hour=5))
    assert sent() == []
    for minutes in (0, 15, 30):
        send_daily(MORNING + datetime.timedelta(minutes=minutes))
    assert sent() == ["2 Nachrichten vom 27. November 2026"]
    (digest,) = mail.outbox
    assert digest.to == [lead.email]
    assert digest.body.index("Text von Erstens") < digest.body.index("Text von Zweitens")
    assert digest.extra_headers["List-Unsubscribe"] == f"<{DIGEST_LINK.url(daily)}>"


def test_review_requests_wait_and_what_concerns_the_account_does_not(
    daily, news, editor, lead, client
):
    submit(news, editor)
    client.post(reverse("account_reset_password"), {"email": lead.email})
    assert len(sent()) == 1
    assert "Passwort" in mail.outbox[0].subject
    send_daily(MORNING)
    assert sent()[1:] == ["1 Nachricht vom 27. November 2026"]
    assert news.title in mail.outbox[1].body


def test_a_process_killed_amid_the_digest_loses_nothing(messages, daily, monkeypatch):
    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr("cms.dashboard.daily_digest.queue_digest", killed)
        with pytest.raises(KeyboardInterrupt):
            send_daily(MORNING)
    send_daily(MORNING)
    assert sent() == ["2 Nachrichten vom 27. November 2026"]


def test_a_message_that_is_just_being_sent_is_not_told_twice(messages, daily):
    OutgoingMail.objects.filter(pk=messages[0].pk).update(attempts=1)
    send_daily(MORNING)
    digest = OutgoingMail.objects.get(subject__contains="Nachricht vom")
    assert "Erstens" not in digest.body
    assert "Zweitens" in digest.body


def test_collected_messages_go_out_when_the_digest_is_ended(messages, daily, client):
    client.post(leave(daily), {"List-Unsubscribe": "One-Click"})
    assert sent() == ["Erstens", "Zweitens"]


def test_messages_no_digest_has_taken_for_two_days_go_out(messages):
    OutgoingMail.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))
    assert sent() == ["Erstens", "Zweitens"]


def test_no_digest_where_nothing_happened(daily):
    send_daily(MORNING)
    assert not OutgoingMail.objects.exists()
