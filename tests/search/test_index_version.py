"""What processes remember: never something that was rolled back, never something old."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from search.engines import facet_arrays
from search.engines.facet_arrays import Column, Snapshot
from search.models import Entry, EntryFacet, IndexClock
from tests.databases.templates import EMPTY, Template
from tests.search.factories import ask_engine, make_entry

transactional = pytest.mark.django_db(transaction=True)


@pytest.fixture
def database_template() -> Template:
    """No page at all: entries are made by the numbers of pages that nobody has."""
    return EMPTY


class Interrupted(Exception):
    """Ends a transaction."""


def interrupted_by(*page_ids: int) -> None:
    """Make entries, look for them in the same transaction, and roll it back."""
    with pytest.raises(Interrupted), transaction.atomic():  # noqa: PT012
        for page_id in page_ids:
            make_entry(page_id)
        assert set(page_ids) <= set(ask_engine().page_ids)
        raise Interrupted


@transactional
def test_what_was_rolled_back_is_forgotten() -> None:
    make_entry(1)
    interrupted_by(2)

    assert ask_engine().page_ids == [1]


@transactional
def test_same_count_after_a_rollback_is_another_state() -> None:
    make_entry(1)
    interrupted_by(2)
    with transaction.atomic():
        make_entry(3)

    assert sorted(ask_engine().page_ids) == [1, 3]


@transactional
def test_rolled_back_savepoint_is_forgotten() -> None:
    with transaction.atomic():
        make_entry(1)
        interrupted_by(2)
        assert ask_engine().page_ids == [1]

    assert ask_engine().page_ids == [1]


@transactional
def test_change_is_read_incrementally() -> None:
    for page_id in range(1, 6):
        with transaction.atomic():
            make_entry(page_id, facets={"thema": ["sport"]})
    assert ask_engine(facets=("thema",)).counts == {"thema": {"sport": 5}}

    with transaction.atomic():
        IndexClock.advance()
        version = IndexClock.version().counter
        Entry.objects.filter(pk=1).update(removed=True, version=version)
        Entry.objects.filter(pk=2).update(title="Neu", version=version)
        EntryFacet.objects.filter(entry_id__in=(1, 2)).delete()
        EntryFacet.objects.create(entry_id=2, name="thema", value="jugend")

    with CaptureQueriesContext(connection) as queries:
        answer = ask_engine(facets=("thema",), selected={})
    assert answer.counts == {"thema": {"sport": 3, "jugend": 1}}
    assert sorted(answer.page_ids) == [2, 3, 4, 5]
    assert '"version" >' in queries[1]["sql"]


@transactional
def test_nothing_is_read_when_nothing_changed() -> None:
    with transaction.atomic():
        make_entry(1)
    ask_engine()

    with CaptureQueriesContext(connection) as queries:
        ask_engine()
    assert len(queries) == 1


@transactional
def test_dead_rows_are_cleared_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facet_arrays, "_MIN_DEAD", 1)
    with transaction.atomic():
        for page_id in range(1, 4):
            make_entry(page_id)
    ask_engine()
    for _ in range(3):
        with transaction.atomic():
            IndexClock.advance()
            Entry.objects.all().update(version=IndexClock.version().counter)
        assert sorted(ask_engine().page_ids) == [1, 2, 3]

    assert facet_arrays.current(IndexClock.version()).size == 3


@transactional
def test_who_slept_through_a_purge_reads_everything() -> None:
    with transaction.atomic():
        make_entry(1)
        make_entry(2)
    ask_engine()
    with transaction.atomic():
        IndexClock.advance()
        counter = IndexClock.version().counter
        Entry.objects.filter(pk=1).delete()
        IndexClock.objects.update(purged_version=counter)

    assert ask_engine().page_ids == [2]


@transactional
def test_another_history_is_read_anew() -> None:
    with transaction.atomic():
        make_entry(1)
    ask_engine()
    Entry.objects.all().delete()
    IndexClock.objects.all().delete()
    with transaction.atomic():
        make_entry(2)

    assert ask_engine().page_ids == [2]


def test_column_grows() -> None:
    column = Column().extended([(0, "a"), (1, "b")]).extended([(2, "a")])

    assert column.mask(("a",), 3).tolist() == [True, False, True]
    assert column.mask(("unbekannt",), 3).tolist() == [False] * 3
    assert Snapshot().column("fehlt").keys == ()
