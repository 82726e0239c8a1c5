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
