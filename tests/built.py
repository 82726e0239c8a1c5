"""Content that is built once and read by many tests."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction

from search.models import IndexClock


@contextmanager
def module_transaction(django_db_blocker: Any) -> Iterator[None]:
    """A transaction around all tests of a module; theirs become savepoints inside it.

    Use it in a module-scoped fixture: build, call :func:`run_on_commit_callbacks`, yield.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
            # Scaled pictures are remembered by the numbers of rows that are gone now.
            cache.clear()


def run_on_commit_callbacks() -> None:
    """Behave as if what was built had been committed, as it is on a real site.

    Otherwise the search would remember nothing between requests, because an open
    transaction may still be rolled back.
    """
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for entry in waiting:
        entry[1]()
    # Another history: nothing that is remembered of other tests fits by chance.
    IndexClock.objects.update(epoch=secrets.randbits(62))
