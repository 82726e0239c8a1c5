"""What monitoring reads of the search index."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from search.metrics import index_gauges
from search.models import Entry, IndexState
from tests.search.factories import make_entry

pytestmark = pytest.mark.django_db


def values() -> dict[str, float]:
    return {gauge.name: gauge.value for gauge in index_gauges()}


@pytest.fixture
def server(settings: Any) -> None:
    """A server in the settings, which is asked nothing."""
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]


def test_without_a_server_only_entries_are_counted() -> None:
    make_entry(1)

    assert values() == {"search_entries": 1}


@pytest.mark.usefixtures("server")
def test_outbox_and_what_is_refused_are_counted() -> None:
    for page_id in (1, 2, 3):
        make_entry(page_id)
    Entry.objects.filter(pk=1).update(acknowledged_version=F("version"))
    Entry.objects.filter(pk=3).update(delivery_error="refused")

    found = values()

    assert found["search_entries"] == 3
    assert found["search_outbox_entries"] == 2
    assert found["search_outbox_lag_versions"] == 2
    assert found["search_refused_entries"] == 1


@pytest.mark.usefixtures("server")
def test_rebuild_and_outage_are_told_and_end() -> None:
    hour = datetime.timedelta(hours=1)
    IndexState.objects.create(
        build_at=timezone.now(),
        build_done=50,
        build_total=200,
        unreachable_since=timezone.now() - hour,
    )
    during = values()
    IndexState.objects.update(build_at=None, unreachable_since=None)
    after = values()

    names = (
        "search_rebuild_running",
        "search_rebuild_done_entries",
        "search_rebuild_total_entries",
    )
    assert [during[name] for name in names] == [1, 50, 200]
    assert [after[name] for name in names] == [0, 0, 0]
    assert during["search_unreachable_seconds"] >= hour.total_seconds()
    assert after["search_unreachable_seconds"] == 0


@pytest.mark.usefixtures("server")
def test_all_of_it_costs_few_queries(
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    with django_assert_max_num_queries(4):
        values()
