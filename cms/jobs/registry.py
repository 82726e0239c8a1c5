"""Periodic work: registered here by every room, run by ``manage.py run_due``."""

import datetime
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from cms.models import PeriodicRun

logger = logging.getLogger(__name__)

# Work that has not finished after this long is taken for dead (the process was killed).
STALE_AFTER = datetime.timedelta(minutes=15)


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
        if row.started_at:
            running = row.finished_at is None or row.finished_at < row.started_at
            if now - row.started_at < (STALE_AFTER if running else work.every):
                return False
        row.started_at = now
        row.save(update_fields=["started_at"])
        return True


def _run(work: Work) -> tuple[bool, str]:
    outcome, ok = "", False
    try:
        outcome, ok = work.function(), True
    except Exception as error:
        logger.exception("Periodic work %s failed", work.name)
        outcome = f"{type(error).__name__}: {error}"
    finally:
        # Also when the process is told to end: the lock must not outlive it.
        PeriodicRun.objects.filter(name=work.name).update(
            finished_at=timezone.now(), ok=ok, outcome=outcome
        )
    return ok, outcome
