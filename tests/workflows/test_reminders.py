"""A reminder and its mails are one: none is missing, none is there twice."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from cms.models import OutgoingMail
from demo.review import submit
from workflows import emails, reminders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def overdue(news, editor, lead):
    """A step that its house has not decided in time."""
    submit(news, editor)
    TaskState.objects.update(started_at=timezone.now() - datetime.timedelta(days=14))
    OutgoingMail.objects.all().delete()


def test_two_processes_at_once_remind_once(monkeypatch):
    monkeypatch.setattr(reminders, "_told", lambda overdue: set())
    reminders.remind()
    reminders.remind()
    assert OutgoingMail.objects.count() == 1


def test_a_process_killed_before_the_mail_has_reminded_nobody(monkeypatch):
    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(emails, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            reminders.remind()
    assert not PageLogEntry.objects.filter(action=reminders.REMINDED_ACTION).exists()
    reminders.remind()
    assert OutgoingMail.objects.count() == 1


def test_what_has_fallen_to_the_desk_is_put_before_the_administrators(
    lead, national_editor, administrator
):
    lead.groups.clear()
    TaskState.objects.update(started_at=timezone.now() - datetime.timedelta(days=30))
    OutgoingMail.objects.all().delete()
    reminders.remind()
    reminders.remind()
    told = OutgoingMail.objects.order_by("pk").values_list("recipient", flat=True)
    assert list(told) == [national_editor.email, administrator.email]
