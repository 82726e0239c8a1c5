"""A build disturbs nobody: what failed leaves nothing behind, and publishing hardly waits."""

from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from elastic_transport import Transport
from elasticsearch import Elasticsearch

from search.engines.elasticsearch.index import current_index, indexes_of
from search.engines.elasticsearch.rebuild import Rebuild
from search.engines.elasticsearch.sending import ServerBusy
from search.engines.elasticsearch.upkeep import keep_up
from search.models import Entry, IndexClock
from tests.search.factories import make_entry

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

#: Seconds.
MOST_PATIENCE = 2


class Request(NamedTuple):
    """A request to the server.

    Args:
        method: of HTTP.
        target: path and query.
        patience: seconds that the client waits for the answer.
        is_waited_for: whether who publishes waits meanwhile.
    """

    method: str
    target: str
    patience: float
    is_waited_for: bool


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """All requests that are made."""
    made: list[Request] = []
    holders: list[IndexClock] = []
    lock, perform_request = IndexClock.lock, Transport.perform_request

    def noted_lock() -> IndexClock:
        holders.append(lock())
        transaction.on_commit(holders.clear)
        return holders[-1]

    def noted_request(transport: Transport, method: str, target: str, **about: Any) -> Any:
        made.append(Request(method, target, about["request_timeout"], bool(holders)))
        return perform_request(transport, method, target, **about)

    monkeypatch.setattr(IndexClock, "lock", noted_lock)
    monkeypatch.setattr(Transport, "perform_request", noted_request)
    return made


def test_failed_builds_leave_no_more_than_the_last_index(
    server: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_entry(1)
    keep_up()
    epoch = IndexClock.version().epoch
    before = current_index(server, epoch)

    def fail(*args: object, **options: object) -> None:
        raise ServerBusy("disk usage exceeded flood-stage watermark")

    monkeypatch.setattr("search.engines.elasticsearch.rebuild.send", fail)
    for _ in range(3):
        with pytest.raises(ServerBusy):
            Rebuild().run()

    assert current_index(server, epoch) == before
    assert len(indexes_of(server, epoch)) == 2


def test_build_after_failed_ones_leaves_its_own_index_alone(
    server: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_entry(1)

    def fail(*args: object, **options: object) -> None:
        raise ServerBusy("overloaded")

    with monkeypatch.context() as failing:
        failing.setattr("search.engines.elasticsearch.rebuild.send", fail)
        with pytest.raises(ServerBusy):
            Rebuild().run()
    name = Rebuild().run()

    epoch = IndexClock.version().epoch
    assert indexes_of(server, epoch) == [name] == [current_index(server, epoch)]


@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_few_requests_and_for_none_of_them_long(
    server: Elasticsearch, requests: list[Request]
) -> None:
    make_entry(1)
    Rebuild().run()
    requests.clear()
    Rebuild().run()

    waited_for = [request for request in requests if request.is_waited_for]
    assert waited_for
    assert {request.patience for request in waited_for} == {MOST_PATIENCE}
    assert not [request for request in waited_for if request.method == "DELETE"]
    refreshes = [request for request in requests if request.target.endswith("/_refresh")]
    assert not refreshes[0].is_waited_for


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("patience", [90.0, 1e-4])
def test_index_is_merged_before_publishing_waits_and_no_build_ends_by_it(
    server: Elasticsearch,
    requests: list[Request],
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.rebuild._MERGE_PATIENCE", patience)
    make_entry(1)
    name = Rebuild().run()

    merging = [request for request in requests if "/_forcemerge" in request.target]
    assert [(one.patience, one.is_waited_for) for one in merging] == [(patience, False)]
    assert current_index(server, IndexClock.version().epoch) == name


def test_build_writes_only_rows_of_which_it_changes_something(server: Elasticsearch) -> None:
    for page_id in (1, 2, 3):
        make_entry(page_id)
    keep_up()
    make_entry(4)
    Entry.objects.filter(pk=3).update(delivery_error="refused")
    written: list[int] = []

    def count_rows(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith('UPDATE "search_entry"'):
            written.append(context["cursor"].rowcount)
        return result

    with connection.execute_wrapper(count_rows):
        Rebuild().run()

    assert sum(written) == 2
    assert not Entry.objects.waiting().exists()
    assert not Entry.objects.exclude(delivery_error="").exists()
