"""Outbox, circuit breaker and rebuild of the Elasticsearch index as gauges."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.utils import timezone

from cms.jobs.metrics import Gauge, register
from search.engines import get_engine
from search.engines.elasticsearch import is_configured
from search.models import Entry, IndexClock, IndexState


def index_gauges() -> Iterator[Gauge]:
    """How far the index is behind the entries, whether the server answers, and a rebuild."""
    public = Entry.objects.filter(removed=False).count()
    yield Gauge("search_entries", "Pages that can be found.", public)
    if not is_configured():
        return
    waiting = Entry.objects.waiting().aggregate(
        number=Count("pk"), refused=Count("pk", filter=~Q(delivery_error="")), first=Min("version")
    )
    clock = IndexClock.version()
    behind = clock.counter - waiting["first"] + 1 if waiting["first"] is not None else 0
    state = IndexState.objects.filter(pk=1).first() or IndexState()
    now = timezone.now()
    away = (now - state.unreachable_since).total_seconds() if state.unreachable_since else 0
    is_building = state.is_building(now)
    # Closed in processes that have not asked it, as in this one perhaps.
    breaker = getattr(get_engine(), "breaker", None)
    yield Gauge("search_outbox_entries", "Changes that wait for the index.", waiting["number"])
    yield Gauge("search_outbox_lag_versions", "Changes since the oldest that waits.", behind)
    yield Gauge("search_refused_entries", "Pages that the index refuses.", waiting["refused"])
    yield Gauge("search_unreachable_seconds", "Since when the server does not answer.", away)
    yield Gauge(
        "search_breaker_open",
        "Whether the process that answers leaves the server alone.",
        bool(breaker and breaker.is_open),
    )
    yield Gauge("search_rebuild_running", "Whether the index is being built.", is_building)
    done, total = (state.build_done, state.build_total) if is_building else (0, 0)
    yield Gauge("search_rebuild_done_entries", "Entries sent by the build that runs.", done)
    yield Gauge("search_rebuild_total_entries", "Entries that it has to send.", max(done, total))


def register_metrics() -> None:
    """Register them; called once when the app is ready."""
    register("search", index_gauges)
