"""Periodic work: registered here by every room, run by ``manage.py run_due``."""

import datetime
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

from django.db import Error, connection, transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.models import PeriodicRun

logger = logging.getLogger(__name__)

#: Seconds between two signs of life of work that is running.
BEAT_SECONDS = 15
#: How the names of rows begin that stand for a task of a worker (cms.jobs.task_workers).
TASK_PREFIX = "task:"


@dataclass(frozen=True)
class Work:
    """One piece of periodic work.

    Args:
        name: stable identifier.
        every: least time between two starts.
        function: does the work and returns one line on what it did, in the site's language.
        label: what administrators read; the name if empty.
    """

    name: str
    every: datetime.timedelta
    function: Callable[[], str]
    label: str | Promise = ""


_registry: dict[str, Work] = {}


def register(
    name: str,
    every: datetime.timedelta,
    function: Callable[[], str],
    label: str | Promise = "",
) -> None:
    """Have ``function`` run about every ``every``; a second registration replaces the first."""
    _registry[name] = Work(name, every, function, label)


def label_of(name: str) -> str:
    """What administrators read for the work of this name, registered (any more) or not."""
    if name.startswith(TASK_PREFIX):
        return _("Background task")
    work = _registry.get(name)
    return str(work.label if work and work.label else name)


def registered() -> list[Work]:
    """All periodic work, by name."""
    return sorted(_registry.values(), key=lambda work: work.name)


def run_due(now: datetime.datetime | None = None) -> Iterator[tuple[str, bool, str]]:
    """Run what is due, one after the other; a failure never stops the rest.

    Yields:
        Name, whether it succeeded, and its outcome in a line.
    """
    for work in registered():
        if _claim(work, now or timezone.now()):
            yield (work.name, *_run(work))


def _claim(work: Work, now: datetime.datetime) -> bool:
    """Take the lock of ``work``: two processes never do the same work at once."""
    with transaction.atomic():
        PeriodicRun.objects.get_or_create(name=work.name)
        row = PeriodicRun.objects.select_for_update().get(name=work.name)
        if row.is_dead(now):
            row.died_at = row.alive_at or row.started_at
            logger.error("Periodic work %s was killed", work.name)
        elif not row.is_due(work.every, now):
            return False
        row.started_at = row.alive_at = now
        row.save(update_fields=["started_at", "alive_at", "died_at"])
        return True


@contextmanager
def signs_of_life(name: str) -> Iterator[None]:
    """Note every few seconds that the process lives, until the block ends.

    Args:
        name: of the row of :class:`cms.models.PeriodicRun`.
    """
    ended = Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            try:
                PeriodicRun.objects.filter(name=name).update(alive_at=timezone.now())
            except Error:
                logger.warning("No sign of life of %s", name)
            finally:
                connection.close()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=BEAT_SECONDS)


def _run(work: Work) -> tuple[bool, str]:
    outcome, ok = "", False
    try:
        with signs_of_life(work.name):
            outcome, ok = work.function(), True
    except Exception as error:
        logger.exception("Periodic work %s failed", work.name)
        outcome = f"{type(error).__name__}: {error}"
    finally:
        # Also when the process is told to end: the lock must not outlive it.
        # Not before it began, even if the clock was set back meanwhile.
        ended = Greatest("started_at", Value(timezone.now(), output_field=DateTimeField()))
        PeriodicRun.objects.filter(name=work.name).update(finished_at=ended, ok=ok, outcome=outcome)
    return ok, outcome
