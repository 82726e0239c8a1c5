"""The weekly digest: for who wants it, when something waits, ended with one click."""

import datetime

import pytest
from django.urls import reverse

from cms.dashboard.digest import DIGEST_LINK, send_due, send_to
from cms.models import OutgoingMail, WeeklyDigest
from demo.review import submit

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2026, 11, 30)


@pytest.fixture
def digest(lead) -> WeeklyDigest:
    """The lead has wanted it since last week."""
    return WeeklyDigest.objects.create(user=lead, sent_on=datetime.date(2026, 11, 26))


@pytest.fixture
def waiting(news, editor, lead):
    """Something waits for the lead."""
    submit(news, editor)
    OutgoingMail.objects.all().delete()


def leave(digest: WeeklyDigest) -> str:
    return reverse("digest_unsubscribe", args=[digest.uuid, DIGEST_LINK.signature(digest)])


def test_one_orders_it_in_the_account_and_ends_it_there(editor, sign_in):
    client, account = sign_in(editor), reverse("wagtailadmin_account")
    typed = {"name_email-first_name": "Selma", "name_email-last_name": "Schreiber"}
    shown = client.get(account).content.decode()
    assert "Jede Woche eine E-Mail" in shown
    profile = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    client.post(account, typed | profile | {"digest-wanted": "on"})
    assert WeeklyDigest.objects.get().user == editor
    client.post(account, typed | profile)
    assert not WeeklyDigest.objects.exists()


def test_it_comes_once_a_week_and_says_what_waits(digest, waiting, lead):
    for day in range(7):
        send_due(MONDAY + datetime.timedelta(days=day))
    mail = OutgoingMail.objects.get()
    assert mail.recipient == lead.email
    assert ": 1" in mail.body
    assert mail.headers["List-Unsubscribe"] == f"<{DIGEST_LINK.url(digest)}>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    send_due(MONDAY + datetime.timedelta(days=7))
    assert OutgoingMail.objects.count() == 2


def test_nobody_else_gets_it(waiting, lead):
    send_due(MONDAY)
    assert not OutgoingMail.objects.exists()


def test_it_says_nothing_where_nothing_waits(digest, monkeypatch):
    monkeypatch.setattr("cms.dashboard.digest.sections_for", lambda user: [])
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
    assert WeeklyDigest.objects.exists()


def test_one_click_ends_it_without_a_cookie(digest, client):
    response = client.post(leave(digest), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    assert not WeeklyDigest.objects.exists()
    assert client.post(leave(digest)).status_code == 410


def test_a_forged_link_ends_nothing(digest, client):
    client.post(reverse("digest_unsubscribe", args=[digest.uuid, "0" * 64]))
    assert WeeklyDigest.objects.exists()


def test_whoever_ends_it_meanwhile_gets_none(digest, waiting):
    WeeklyDigest.objects.all().delete()
    assert not send_to(digest, MONDAY)
    assert not OutgoingMail.objects.exists()
