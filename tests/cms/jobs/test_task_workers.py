"""A task whose worker was killed is done again, and stands on record; nothing waits for it."""

import datetime
from types import SimpleNamespace

import django
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.compat import TaskResultStatus, task_finished, task_started
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult, get_date_max

from cms.jobs import registry, task_workers
from cms.jobs.task_workers import resume_dead_tasks, run_name
from cms.models import PeriodicRun

pytestmark = [
    pytest.mark.django_db,
    # From Django 6 on, the backend a process starts with says which of two kinds its tasks are:
    # the one of the tests is another than the worker's.
    pytest.mark.skipif(django.VERSION >= (6,), reason="tasks of the tests are of another kind"),
]

MINUTE = datetime.timedelta(minutes=1)
NAME = "update_reference_index_task"


@pytest.fixture(autouse=True)
def connected(monkeypatch):
    """As in production; no thread says that we live: the test's transaction is closed to it."""
    still = SimpleNamespace(start=lambda: None, join=lambda timeout: None)
    monkeypatch.setattr(registry, "Thread", lambda target, daemon: still)
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # the test's transaction
    task_workers.connect()
    yield
    task_started.disconnect(task_workers.begin_task)
    task_finished.disconnect(task_workers.end_task)


def queued(model: str = "wagtailcore.page", **fields: object) -> DBTaskResult:
    """A task of Wagtail's; ``kein.modell`` lets it fail."""
    given = {"args": [*model.split("."), "1"], "kwargs": {}}
    return DBTaskResult.objects.create(
        task_path=f"wagtail.tasks.{NAME}",
        args_kwargs=given,
        backend_name="default",
        run_after=get_date_max(),
        **fields,
    )


def killed(ago: datetime.timedelta = MINUTE, attempts: int = 1) -> DBTaskResult:
    """A task in the middle of which a worker was killed some time ago."""
    task = queued()
    for number in range(attempts):
        task.claim(f"worker {number}")
    task_workers.begin_task(task_result=task.task_result)
    PeriodicRun.objects.filter(name=run_name(task.pk)).update(alive_at=timezone.now() - ago)
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=timezone.now() - 10 * MINUTE)
    return task


def work() -> None:
    """A worker does what waits."""
    db_worker.Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="next",
        excluded_queue_names=[],
    ).run()


def outcome() -> str:
    with translation.override("en"):
        return resume_dead_tasks()


def test_a_task_that_was_done_leaves_no_trace(house):
    task = queued()
    work()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.SUCCESSFUL
    assert not PeriodicRun.objects.exists()


def test_a_task_that_failed_stays_on_record():
    queued("kein.modell")
    work()
    run = PeriodicRun.objects.get()
    assert (run.ok, run.outcome, str(run.state)) == (False, NAME, "gescheitert")


def test_a_task_of_a_killed_worker_is_done_again_and_stays_on_record(house):
    task = killed()
    assert outcome() == "1 resumed, 0 given up"
    work()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.SUCCESSFUL
    run = PeriodicRun.objects.get()
    assert (run.ok, run.died_at is not None) == (True, True)


def test_a_task_killed_before_its_first_sign_of_life_is_done_again():
    task = killed()
    PeriodicRun.objects.all().delete()
    assert outcome() == "1 resumed, 0 given up"
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


@pytest.mark.parametrize("ago", [MINUTE / 2, -MINUTE / 2])
def test_a_task_of_a_living_worker_is_left_alone(ago):
    killed(ago)
    assert outcome() == "0 resumed, 0 given up"


def test_a_task_that_kills_its_workers_is_given_up():
    task = killed(attempts=3)
    assert outcome() == "0 resumed, 1 given up"
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


def test_other_tasks_do_not_wait_for_one_that_died(house):
    killed()
    other = queued()
    work()
    other.refresh_from_db()
    assert other.status == TaskResultStatus.SUCCESSFUL


def test_administrators_see_what_died(administrator, sign_in):
    killed()
    client = sign_in(administrator)
    for address in (reverse("periodic_work:index"), reverse("wagtailadmin_home")):
        assert "abgebrochen" in client.get(address).content.decode()
    resume_dead_tasks()
    for address in (reverse("periodic_work:index"), reverse("wagtailadmin_home")):
        assert NAME in client.get(address).content.decode()


def test_old_tasks_are_forgotten():
    long_ago = timezone.now() - datetime.timedelta(days=31)
    queued(status=TaskResultStatus.SUCCESSFUL, finished_at=long_ago)
    PeriodicRun.objects.create(name=run_name("0"), finished_at=long_ago)
    resume_dead_tasks()
    assert not DBTaskResult.objects.exists()
    assert not PeriodicRun.objects.exists()


def test_a_task_that_was_just_taken_up_again_is_left_alone():
    task = killed()
    resume_dead_tasks()
    task.refresh_from_db()
    task.claim("next")
    assert outcome() == "0 resumed, 0 given up"
