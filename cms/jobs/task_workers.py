"""Tasks whose worker (``db_worker``) was killed: on record within a minute, and done again.

A worker that is killed leaves its task *running* for ever; no other worker touches it. So while a
task runs, a row of :class:`cms.models.PeriodicRun` gets signs of life, as periodic work does. Every
task of Wagtail's (index of references, search index of the admin) may be done twice.
"""

import datetime
import logging
from contextlib import ExitStack
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.compat import (
    BaseTaskResult,
    TaskResultStatus,
    task_backends,
    task_finished,
    task_started,
)
from django_tasks_db.models import DBTaskResult

from cms.jobs.registry import TASK_PREFIX, signs_of_life
from cms.models import PeriodicRun
from cms.models.jobs import DEAD_AFTER

logger = logging.getLogger(__name__)

#: A task that has killed so many workers is given up.
MAX_ATTEMPTS = 3
KEEP_FOR = datetime.timedelta(days=30)

_beating: dict[str, ExitStack] = {}


class WorkerKilledError(Exception):
    """The worker was killed in the middle of the task."""


def has_workers() -> bool:
    """Whether tasks wait in the database for workers (``TASK_WORKER=1``)."""
    return isinstance(task_backends["default"], DatabaseBackend)


def connect() -> None:
    """Have workers say that they live while they do a task."""
    task_started.connect(begin_task)
    task_finished.connect(end_task)


def begin_task(*, task_result: "BaseTaskResult[..., object]", **kwargs: object) -> None:
    """Note that a worker has begun a task, and say every few seconds that it lives."""
    pk, name = _identity(task_result)
    now = timezone.now()
    begun = {"started_at": now, "alive_at": now, "finished_at": None, "ok": True, "outcome": name}
    PeriodicRun.objects.update_or_create(name=run_name(pk), defaults=begun)
    stack = _beating[run_name(pk)] = ExitStack()
    stack.enter_context(signs_of_life(run_name(pk)))


def end_task(*, task_result: "BaseTaskResult[..., object]", **kwargs: object) -> None:
    """Forget a task that was done; keep on record what failed, and what a worker died of before."""
    pk, _name = _identity(task_result)
    if stack := _beating.pop(run_name(pk), None):
        stack.close()
    ok = task_result.status == TaskResultStatus.SUCCESSFUL
    run = PeriodicRun.objects.filter(name=run_name(pk))
    if ok:
        run.filter(died_at=None).delete()
    run.update(finished_at=timezone.now(), ok=ok)


def _identity(task_result: "BaseTaskResult[..., object]") -> tuple[str, str]:
    return str(task_result.id), task_result.task.name


def run_name(pk: UUID | str) -> str:
    """The name of the row that stands for a task."""
    return f"{TASK_PREFIX}{pk}"


def resume_dead_tasks() -> str:
    """Put tasks whose worker is dead back into the queue, and forget old ones.

    Returns:
        How many are done again, and how many were given up.
    """
    now = timezone.now()
    runs = {run.name: run for run in PeriodicRun.objects.filter(name__startswith=TASK_PREFIX)}
    resumed = given_up = 0
    for task in DBTaskResult.objects.running():
        run = runs.get(run_name(task.pk))
        # A new worker has begun before it has given a sign of life of its own.
        seen = max(filter(None, (run and run.alive_at, task.started_at)), default=now)
        # In the future: the clock was set back, and who lives has said so again.
        if abs(now - seen) < DEAD_AFTER:
            continue
        logger.error("The worker of task %s was killed", task.task_name)
        if _resume(task, seen):
            resumed += 1
        else:
            given_up += 1
    old = now - KEEP_FOR
    DBTaskResult.objects.finished().filter(finished_at__lt=old).delete()
    PeriodicRun.objects.filter(name__startswith=TASK_PREFIX, finished_at__lt=old).delete()
    return _("%(resumed)d resumed, %(given_up)d given up") % {
        "resumed": resumed,
        "given_up": given_up,
    }


def _resume(task: DBTaskResult[..., object], died_at: datetime.datetime) -> bool:
    """Whether the task is done again; if it has killed too many workers, it has failed."""
    again = len(task.worker_ids) < MAX_ATTEMPTS
    with transaction.atomic():
        running = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
        # A worker that was only stopped for a while may have finished it meanwhile.
        if not running.select_for_update().exists():
            return True
        died = {"died_at": died_at, "finished_at": timezone.now(), "ok": False}
        died |= {"started_at": task.started_at, "outcome": task.task_name}
        PeriodicRun.objects.update_or_create(name=run_name(task.pk), defaults=died)
        if again:
            running.update(status=TaskResultStatus.READY, started_at=None)
        else:
            task.set_failed(WorkerKilledError(f"{MAX_ATTEMPTS} times"))
    return again
