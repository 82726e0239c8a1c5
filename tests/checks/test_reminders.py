"""Mails that remind of an action plan: only to who has confirmed, and each of them ends them."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from checks import retention
from checks.filling.runs import renew_link
from checks.models import CheckRun, Measure, MeasureStatus, PlanReminder
from checks.plan import reminder_views, reminders
from cms.jobs.mail_queue import send_waiting
from cms.models import OutgoingMail
from cms.spam_protection.honeypot import new_stamp

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2027, 3, 28, 8, tzinfo=datetime.UTC)
SOON = datetime.date(2027, 3, 31)


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(recipient="mirko@example.org").order_by("pk"))


@pytest.fixture
def ask(begun, send):
    """Ask for reminders."""

    def ask(age: int = 60, stamp: str = "", email: str = "mirko@example.org", **kwargs):
        stamp = stamp or new_stamp(reminder_views.ReminderForm.form_key, age)
        sent = {"email": email, "stamp": stamp}
        return send(f"{begun}massnahmen/erinnern/", sent, **kwargs)

    return ask


@pytest.fixture
def reminder(run):
    """Reminders that were confirmed."""
    return PlanReminder.objects.create(
        run=run, email="mirko@example.org", confirmed_at=NOW - datetime.timedelta(days=1)
    )


@pytest.fixture
def measure(run):
    return Measure.objects.create(run=run, text="Geheimes Vorhaben", due=SOON)


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def test_only_a_post_confirms_the_address(client, ask, measure):
    assert ask()["Location"].endswith("/erinnern/danke/")
    reminder = PlanReminder.objects.get()
    (mail,) = mails()
    assert "/massnahmen/" not in mail.body
    url = reminders.CONFIRM_LINK.url(reminder)
    assert url in mail.body
    client.get(path_of(url))
    reminder.refresh_from_db()
    assert reminder.confirmed_at is None
    client.post(path_of(url), headers={"origin": "http://testserver"})
    reminder.refresh_from_db()
    assert reminder.confirmed_at


def test_another_site_neither_asks_nor_confirms(client, ask, run):
    ask(origin="https://evil.example")
    assert not PlanReminder.objects.exists()
    reminder = PlanReminder.objects.create(run=run, email="mirko@example.org")
    url = path_of(reminders.CONFIRM_LINK.url(reminder))
    client.post(url, headers={"origin": "https://evil.example"})
    assert not PlanReminder.objects.filter(confirmed_at__isnull=False).exists()


def test_nobodys_mailbox_is_filled(ask, mailoutbox):
    for age in range(60, 65):
        ask(age)
        send_waiting()
    sent = [mail for mail in mailoutbox if mail.to == ["mirko@example.org"]]
    assert len(sent) == reminder_views.THROTTLE_OF_RECIPIENT.most


def test_a_day_is_reminded_of_once_without_what_was_typed(reminder, measure):
    reminders.send_due(NOW)
    reminders.send_due(NOW + datetime.timedelta(hours=1))
    (mail,) = mails()
    assert "31. März 2027: 1 Maßnahme" in mail.body
    assert measure.text not in mail.body
    leave = reminders.LEAVE_LINK.url(reminder)
    assert mail.headers["List-Unsubscribe"] == f"<{leave}>"


def test_another_day_is_reminded_of_again(reminder, measure):
    reminders.send_due(NOW)
    Measure.objects.update(due=SOON + datetime.timedelta(days=1))
    reminders.send_due(NOW)
    assert len(mails()) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"status": MeasureStatus.DONE},
        {"due": None},
        {"due": NOW.date() + reminders.BEFORE + datetime.timedelta(days=1)},
    ],
)
def test_what_is_done_undated_or_far_away_needs_no_mail(reminder, measure, change):
    Measure.objects.update(**change)
    reminders.send_due(NOW)
    assert not mails()


def test_reminders_go_on_until_another_address_is_confirmed(client, begun, ask, reminder, measure):
    PlanReminder.objects.update(email="alt@example.org")
    ask()
    PlanReminder.objects.update(asked_at=NOW)
    new = PlanReminder.objects.get(email="mirko@example.org")
    shown = client.get(f"{begun}massnahmen/erinnern/").content.decode()
    assert "Die Erinnerungen sind an" in shown
    assert "Bestätigt hat sie noch niemand" in shown
    reminders.send_due(NOW)
    assert OutgoingMail.objects.filter(recipient="alt@example.org").count() == 1
    reminders.confirm(new)
    reminders.confirm(new)
    assert PlanReminder.objects.get().email == "mirko@example.org"


def test_a_mistyped_address_makes_way_for_the_right_one(ask, measure):
    ask()
    ask(age=61)
    assert PlanReminder.objects.count() == 1


def test_no_mail_waits_once_the_reminders_have_ended(ask, measure):
    ask()
    PlanReminder.objects.get().delete()
    assert not mails()


def test_a_mail_that_was_sent_keeps_no_address(ask, measure):
    ask()
    send_waiting()
    assert not mails()
    assert OutgoingMail.objects.filter(sent_at__isnull=False, recipient="").exists()


@pytest.mark.parametrize(
    "days, is_confirmed, status, is_kept",
    [
        (200, True, MeasureStatus.OPEN, True),
        (200, False, MeasureStatus.OPEN, False),
        (200, True, MeasureStatus.DONE, False),
        (801, True, MeasureStatus.OPEN, False),
    ],
)
def test_a_draft_stays_until_the_last_day_it_is_reminded_of(
    reminder, measure, days, is_confirmed, status, is_kept
):
    if not is_confirmed:
        PlanReminder.objects.update(confirmed_at=None)
    Measure.objects.update(due=SOON + datetime.timedelta(days=days), status=status)
    CheckRun.objects.update(last_used_at=NOW)
    before = NOW + datetime.timedelta(days=days)
    day = retention.deleted_on(CheckRun.objects.get())
    assert (day == SOON + datetime.timedelta(days=days + 1)) == is_kept
    retention.delete_old(before)
    assert CheckRun.objects.exists() == is_kept
    retention.delete_old(before + datetime.timedelta(days=4))
    assert not CheckRun.objects.exists()


def test_who_has_not_confirmed_gets_no_reminder_and_is_deleted_after_a_week(reminder, measure):
    PlanReminder.objects.update(confirmed_at=None, asked_at=NOW)
    reminders.send_due(NOW + reminders.UNCONFIRMED - datetime.timedelta(minutes=1))
    assert PlanReminder.objects.exists()
    reminders.send_due(NOW + reminders.UNCONFIRMED)
    assert not PlanReminder.objects.exists()
    assert not mails()


def test_one_click_of_a_mail_program_ends_it(client, reminder):
    url = path_of(reminders.LEAVE_LINK.url(reminder))
    client.get(url)
    assert PlanReminder.objects.exists()
    client.post(url, {"List-Unsubscribe": "One-Click"})
    assert not PlanReminder.objects.exists()


def test_whoever_ends_them_keeps_the_plan_as_long_as_any_draft(client, reminder, measure):
    """It may be there only because it was to be reminded of."""
    now = timezone.now()
    CheckRun.objects.update(last_used_at=now - datetime.timedelta(days=300))
    Measure.objects.update(due=timezone.localdate() + datetime.timedelta(days=30))
    page = client.post(path_of(reminders.LEAVE_LINK.url(reminder))).content.decode()
    retention.delete_old(now)
    day = date_format(retention.deleted_on(CheckRun.objects.get()))
    assert f"löschen wir ihn am {day}" in page.replace("\xa0", " ")


def test_an_address_that_went_meanwhile_is_not_said_to_be_confirmed(reminder):
    PlanReminder.objects.all().delete()
    assert not reminders.confirm(reminder)


def test_the_address_goes_with_the_plan(reminder, measure):
    measure.delete()
    reminders.send_due(NOW)
    assert not PlanReminder.objects.exists()


def test_the_plan_ends_its_reminders(client, send, begun, reminder):
    assert "Die Erinnerungen sind an" in client.get(f"{begun}massnahmen/erinnern/").content.decode()
    send(f"{begun}massnahmen/erinnern/", {"beenden": "1"})
    assert not PlanReminder.objects.exists()


def test_whoever_has_another_link_now_is_reminded_by_nobody(reminder, measure, run):
    renew_link(run)
    reminders.send_due(NOW)
    assert mails() == []


def test_an_address_can_be_deleted_though_no_measure_has_a_day(client, begun):
    run = CheckRun.objects.get()
    Measure.objects.create(run=run, text="Ohne Tag")
    plan = f"{begun}massnahmen/"
    assert "erinnern/" not in client.get(plan).content.decode()
    PlanReminder.objects.create(run=run, email="mirko@example.org", confirmed_at=NOW)
    assert f"{plan}erinnern/" in client.get(plan).content.decode()


def test_the_same_form_asks_anew_once_another_address_took_its_place(ask, measure):
    stamp = new_stamp(reminder_views.ReminderForm.form_key, 60)
    for email in ("mirko@example.org", "anders@example.org", "mirko@example.org"):
        ask(stamp=stamp, email=email)
    assert PlanReminder.objects.get().email == "mirko@example.org"


def test_the_same_form_asks_anew_once_reminders_were_ended(ask, measure):
    stamp = new_stamp(reminder_views.ReminderForm.form_key, 60)
    ask(stamp=stamp)
    PlanReminder.objects.all().delete()
    ask(stamp=stamp)
    assert PlanReminder.objects.exists()
