"""Two people publish at the same time: versions become visible in their order."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from search.engines.elasticsearch.comparison import mark_unsent
from search.models import Entry, IndexClock
from search.sync import sync
from tests.search.factories import make_entry

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _elsewhere(change: Callable[[list[int]], object], page_id: int) -> threading.Thread:
    """Change an entry in a thread with a connection of its own."""

    def work() -> None:
        try:
            change([page_id])
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_second_sync_waits_for_the_first_to_commit() -> None:
    # Entries without pages: sync removes them, which is a change like any other.
    make_entry(1)
    make_entry(2)
    with transaction.atomic():
        sync([1])
        thread = _elsewhere(sync, 2)
        thread.join(timeout=0.5)
        assert thread.is_alive()
    thread.join(timeout=10)

    versions = dict(Entry.objects.values_list("page_id", "version"))
    assert versions[1] < versions[2] == IndexClock.version().counter


def test_who_has_entries_sent_again_waits_for_the_clock_before_any_row() -> None:
    # Otherwise a sync that holds the clock may wait for a row, and this one for the clock.
    make_entry(1)
    make_entry(2, acknowledged_version=1)
    with transaction.atomic():
        sync([1])
        thread = _elsewhere(mark_unsent, 2)
        thread.join(timeout=0.5)
        assert thread.is_alive()
    thread.join(timeout=10)

    assert Entry.objects.get(pk=2).acknowledged_version == 0


def test_sync_after_a_rollback_uses_the_version_again() -> None:
    make_entry(1)
    before = IndexClock.version()
    with transaction.atomic():
        sync([1])
        thread = _elsewhere(sync, 1)
        thread.join(timeout=0.5)
        transaction.set_rollback(True)
    thread.join(timeout=10)

    assert Entry.objects.get(pk=1).removed
    assert IndexClock.version().counter == before.counter + 1
