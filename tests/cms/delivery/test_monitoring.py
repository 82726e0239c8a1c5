"""Numbers for Prometheus: only for who knows the token, in its text format."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.jobs.mail_queue import GIVE_UP_AFTER
from cms.jobs.metrics import CONTENT_TYPE
from cms.models import OutgoingMail, PeriodicRun

pytestmark = pytest.mark.django_db

ADDRESS = "/-/metrics"
#: Of the text format: a sample, or what it is.
LINE = re.compile(
    r'# (HELP|TYPE) haeuser_[a-z_]+ .+|haeuser_[a-z_]+(\{[a-z]+="[^"\n]*"\})? [-+.e\d]+'
)


@pytest.fixture
def token(settings: Any) -> str:
    settings.METRICS_TOKEN = "geheim"
    return settings.METRICS_TOKEN


def read(token: str) -> Any:
    return Client().get(ADDRESS, headers={"Authorization": f"Bearer {token}"})


def values(token: str) -> dict[str, float]:
    """All samples."""
    lines = read(token).content.decode().splitlines()
    samples = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _space, value in samples}


def test_address_does_not_exist_unless_a_token_is_set() -> None:
    assert read("").status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer falsch", "Basic geheim"])
def test_without_the_token_nothing_is_said(token: str, sent: str) -> None:
    response = Client().get(ADDRESS, headers={"Authorization": sent})

    assert (response.status_code, response.content) == (401, b"")


def test_answer_is_in_the_text_format_and_kept_by_nobody(token: str) -> None:
    PeriodicRun.objects.create(name='mit " und \\', finished_at=timezone.now())
    response = read(token)
    text = response.content.decode()

    assert response["Content-Type"] == CONTENT_TYPE
    assert "no-store" in response["Cache-Control"]
    assert 'work="mit \\" und \\\\"' in text
    assert [
        line for line in text.splitlines() if "mit" not in line and not LINE.fullmatch(line)
    ] == []


def test_mail_queue_is_told(token: str) -> None:
    mail = {"recipient": "wer@example.org", "subject": "Betreff", "body": "Text"}
    waiting = OutgoingMail.objects.create(**mail)
    OutgoingMail.objects.create(**mail, attempts=GIVE_UP_AFTER)
    OutgoingMail.objects.create(**mail, sent_at=timezone.now())
    earlier = timezone.now() - datetime.timedelta(hours=1)
    OutgoingMail.objects.filter(pk=waiting.pk).update(created_at=earlier)

    found = values(token)

    assert found["haeuser_mail_queue_waiting"] == 1
    assert found["haeuser_mail_queue_given_up"] == 1
    assert 3600 <= found["haeuser_mail_queue_oldest_seconds"] < 3700


def test_work_that_failed_is_told(token: str) -> None:
    PeriodicRun.objects.create(name="probe", finished_at=timezone.now(), ok=False)

    assert values(token)['haeuser_work_succeeded{work="probe"}'] == 0


def test_a_moment_is_told_to_the_second(token: str) -> None:
    now = timezone.now()
    PeriodicRun.objects.create(name="probe", finished_at=now)
    told = values(token)['haeuser_work_finished_timestamp_seconds{work="probe"}']
    assert abs(told - now.timestamp()) < 1


def test_a_task_is_no_work_of_its_own(token: str) -> None:
    PeriodicRun.objects.create(name="task:x", finished_at=timezone.now(), ok=False)
    found = values(token)
    assert found["haeuser_tasks_failed"] == 1
    assert not [name for name in found if "task:x" in name]
