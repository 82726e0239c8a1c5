"""The mail queue and the periodic work as gauges."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.utils import timezone

from cms.jobs.mail_queue import GIVE_UP_AFTER
from cms.jobs.metrics import Gauge, register
from cms.jobs.registry import TASK_PREFIX
from cms.models import OutgoingMail, PeriodicRun


def mail_gauges() -> Iterator[Gauge]:
    """How many mails wait, for how long, and how many are given up."""
    given_up = Q(attempts__gte=GIVE_UP_AFTER)
    now = timezone.now()
    found = (
        OutgoingMail.objects.filter(sent_at=None)
        .released(now)
        .aggregate(
            waiting=Count("pk", filter=~given_up),
            given_up=Count("pk", filter=given_up),
            oldest=Min("created_at", filter=~given_up),
        )
    )
    age = (now - found["oldest"]).total_seconds() if found["oldest"] else 0
    yield Gauge("mail_queue_waiting", "Mails that wait to be sent.", found["waiting"])
    yield Gauge("mail_queue_given_up", "Mails that were tried too often.", found["given_up"])
    yield Gauge("mail_queue_oldest_seconds", "Age of the oldest mail that waits.", age)


def work_gauges() -> Iterator[Gauge]:
    """When each piece of periodic work ended last, and whether it succeeded; failed tasks."""
    ended = "When periodic work ended last, in seconds of the epoch."
    runs = list(PeriodicRun.objects.exclude(finished_at=None))
    failed = sum(run.name.startswith(TASK_PREFIX) and not run.ok for run in runs)
    yield Gauge("tasks_failed", "Background tasks of the last 30 days that failed.", failed)
    for run in runs:
        if run.name.startswith(TASK_PREFIX):
            continue
        labels = {"work": run.name}
        is_ok = run.ok and not run.is_dead(timezone.now())
        if run.finished_at:
            yield Gauge(
                "work_finished_timestamp_seconds", ended, run.finished_at.timestamp(), labels
            )
        yield Gauge("work_succeeded", "Whether its last run succeeded.", is_ok, labels)


def register_metrics() -> None:
    """Register both; called once when the app is ready."""
    register("mail", mail_gauges)
    register("work", work_gauges)
