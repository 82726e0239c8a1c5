"""The link of a run as a code and by mail: to whoever asks, and kept nowhere."""

import pytest

from checks.filling import mailing
from checks.filling.links import RUN_LINK
from checks.filling.qr_code import qr_code
from cms.jobs.mail_queue import send_waiting
from cms.models import OutgoingMail
from cms.spam_protection.honeypot import new_stamp
from cms.spam_protection.throttling import Throttle

pytestmark = pytest.mark.django_db


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(body__contains="/selbstcheck/"))


@pytest.fixture
def mail_link(begun, send):
    """Ask for the link by mail."""
    stamp = new_stamp(mailing.MailLinkForm.form_key, 60)

    def mail_link(recipient: str, **kwargs):
        return send(f"{begun}link-senden/", {"email": recipient, "stamp": stamp}, **kwargs)

    return mail_link


def test_the_overview_shows_the_link_as_a_code(client, begun, run):
    page = client.get(begun).content.decode()
    assert qr_code(RUN_LINK.url(run)) in page
    assert 'role="img" aria-label="QR-Code' in page


def test_the_link_is_mailed_to_whoever_asks(mail_link, run):
    answer = mail_link("mirko@example.org")
    assert answer["Location"].endswith("/link-senden/danke/")
    (mail,) = mails()
    assert mail.recipient == "mirko@example.org"
    assert f"{RUN_LINK.url(run)}\n" in mail.body


def test_the_address_goes_when_the_mail_has_gone(mail_link):
    mail_link("mirko@example.org")
    send_waiting()
    assert not OutgoingMail.objects.filter(recipient="mirko@example.org").exists()


def test_asked_for_twice_at_once_it_is_one_mail(client, begun, mail_link):
    page = client.get(f"{begun}link-senden/").content.decode()
    first = mail_link("mirko@example.org", page=page)
    second = mail_link("mirko@example.org", page=page)
    assert first["Location"] == second["Location"]
    assert len(mails()) == 1


def test_a_mistyped_address_is_named_and_stays(mail_link):
    page = mail_link("mirko@").content.decode()
    assert "prüfen Sie die E-Mail-Adresse" in page
    assert 'value="mirko@"' in page
    assert not mails()


def test_another_site_has_no_mail_sent(mail_link):
    mail_link("mirko@example.org", origin="https://evil.example")
    assert not mails()


def test_too_many_mails_are_refused_in_words(mail_link, monkeypatch):
    monkeypatch.setattr(mailing, "THROTTLE", Throttle("check-mail", most=1))
    mail_link("a@example.org")
    assert "zehn Minuten" in mail_link("b@example.org").content.decode()
    assert len(mails()) == 1


def test_nobodys_mailbox_is_filled(begun, send):
    for age in range(60, 66):
        stamp = new_stamp(mailing.MailLinkForm.form_key, age)
        send(f"{begun}link-senden/", {"email": "fremd@example.org", "stamp": stamp})
    assert len(mails()) == mailing.THROTTLE_OF_RECIPIENT.most
