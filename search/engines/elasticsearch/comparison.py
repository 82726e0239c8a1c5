"""What differs between the index and the entries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from django.db import transaction
from elasticsearch import Elasticsearch

from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.index import alias_of
from search.engines.elasticsearch.mapping import page_id_of
from search.models import Entry, IndexClock

_BATCH = 5_000


@dataclass
class Differences:
    """Page ids by what is wrong. What only waits in the outbox is no difference.

    Args:
        missing: entries that the index should have.
        stale: entries of which it has an older version.
        surplus: documents without an entry; those that no page can have sent, by negative numbers.
        newer: documents of a version that no entry has had.
        refused: entries that the server refuses.
        waiting: number of entries that wait in the outbox.
    """

    missing: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    newer: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    waiting: int = 0

    @property
    def repairable(self) -> list[int]:
        """Page ids of what sending again mends."""
        return sorted({*self.missing, *self.stale})

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.surplus or self.newer or self.refused)


def compare(client: Elasticsearch | None = None) -> Differences:
    """Compare the versions of all documents with those of all entries.

    Raises:
        elasticsearch.ApiError: the server refuses; ``NotFoundError`` where there is no index.
        elasticsearch.TransportError: it does not answer.
    """
    client = client or get_client()
    clock = IndexClock.version()
    # What is on its way, or changes from now on, may be either way by the time it is looked at.
    moving = set(Entry.objects.waiting().values_list("pk", flat=True))
    indexed = dict(_indexed(client, alias_of(clock.epoch)))
    found = Differences()
    columns = ("page_id", "version", "acknowledged_version", "removed", "delivery_error")
    for page_id, version, acknowledged, removed, error in Entry.objects.values_list(*columns):
        has = indexed.pop(page_id, None)
        if error:
            found.refused.append(page_id)
        elif acknowledged < version:
            found.waiting += 1
        elif page_id in moving or version > clock.counter:
            continue
        elif has is not None and has > version:
            found.newer.append(page_id)
        elif removed:
            if has is not None:
                found.surplus.append(page_id)
        elif has is None:
            found.missing.append(page_id)
        elif has < version:
            found.stale.append(page_id)
    found.surplus += indexed
    return found


def _indexed(client: Elasticsearch, alias: str) -> Iterator[tuple[int, int]]:
    """Page id and version of every document; a negative number for what is of no page."""
    foreign = count(-1, -1)
    client.indices.refresh(index=alias)
    pit = client.open_point_in_time(index=alias, keep_alive="1m")["id"]
    after: list[int] | None = None
    try:
        while hits := _next(client, pit, after):
            for hit in hits:
                page_id = page_id_of(hit)
                yield (next(foreign) if page_id is None else page_id), hit["_version"]
            after = hits[-1]["sort"]
    finally:
        client.close_point_in_time(id=pit)


def _next(client: Elasticsearch, pit: str, after: list[int] | None) -> list[dict]:  # type: ignore[type-arg]
    answer = client.search(
        pit={"id": pit, "keep_alive": "1m"},
        size=_BATCH,
        sort=[{"page_id": "asc"}],
        search_after=after,
        version=True,
        source=False,
        track_total_hits=False,
    )
    return list(answer["hits"]["hits"])


def mark_unsent(page_ids: Iterable[int]) -> None:
    """Have entries sent again."""
    with transaction.atomic():
        # Before the rows, as those do who change them: otherwise two might wait for each other.
        IndexClock.lock()
        Entry.objects.filter(pk__in=list(page_ids)).update(acknowledged_version=0)
