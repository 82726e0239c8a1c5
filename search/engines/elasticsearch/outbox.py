"""The outbox: entries of which the index has not acknowledged the present version.

It is read by a thread right after the commit of a change, and by the periodic work; who stops
halfway leaves the rest to whoever comes next.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock, Thread

from django.db import connection, transaction
from django.db.models import F, Q
from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engines.elasticsearch.breaker import CircuitBreaker
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.index import alias_of
from search.engines.elasticsearch.sending import BATCH, IndexMissing, Sent, ServerBusy, send
from search.models import Entry, IndexClock

logger = logging.getLogger(__name__)

#: What keeps entries from being delivered for now.
UNAVAILABLE = (IndexMissing, ServerBusy, ApiError, TransportError)


class OtherHistory(Exception):
    """The index has newer versions than the database ever had: a backup was restored."""


@dataclass(frozen=True)
class Delivery:
    """What a round has sent.

    Args:
        taken: number of entries that the index has acknowledged.
        refused: number of entries that it refuses.
    """

    taken: int = 0
    refused: int = 0


def deliver(client: Elasticsearch | None = None) -> Delivery:
    """Send what waits. One entry that is refused holds up no other.

    Raises:
        OtherHistory: the index has been written by another history of the database.
        Exception: one of :data:`UNAVAILABLE`.
    """
    client = client or get_client()
    alias = alias_of(IndexClock.version().epoch)
    taken = refused = 0
    after = Q()
    # The oldest change first.
    waiting = Entry.objects.waiting().order_by("version", "page_id")
    while batch := list(waiting.filter(after)[:BATCH]):
        sent = send(client, alias, batch, refresh=True)
        _check_history(batch, sent)
        acknowledge(batch, sent)
        taken += len(sent.taken)
        refused += len(sent.refused)
        last = batch[-1]
        after = Q(version__gt=last.version) | Q(version=last.version, page_id__gt=last.page_id)
    return Delivery(taken, refused)


def _check_history(batch: Sequence[Entry], sent: Sent) -> None:
    """Somebody may have sent a newer state of an entry meanwhile: then the entry has it, too."""
    if not sent.newer:
        return
    versions = {entry.page_id: entry.version for entry in batch}
    present = Entry.objects.filter(pk__in=sent.newer).values_list("pk", "version")
    if any(version == versions[pk] for pk, version in present):
        raise OtherHistory


def acknowledge(batch: Sequence[Entry], sent: Sent) -> None:
    """Note what the index has, and what it refuses.

    An entry that was changed after it was read has a version above all that were read, since
    versions become visible in their order. What is refused again for the same reason is not
    written: that would be a public change with each round.
    """
    highest = max(entry.version for entry in batch)
    known = {entry.page_id: entry.delivery_error for entry in batch}
    refused = {pk: reason for pk, reason in sent.refused.items() if reason != known.get(pk)}
    if not (sent.taken or refused):
        return
    with transaction.atomic():
        # Before the rows, as those do who change them: otherwise two might wait for each other.
        IndexClock.lock()
        unchanged = Entry.objects.filter(version__lte=highest)
        unchanged.filter(pk__in=sent.taken).update(
            acknowledged_version=F("version"), delivery_error=""
        )
        for page_id, reason in refused.items():
            if unchanged.filter(pk=page_id).update(delivery_error=reason):
                logger.error("Elasticsearch refuses page %s: %s", page_id, reason)


_breaker = CircuitBreaker(lambda: get_client().options(request_timeout=2).info())
_sending, _waiting = Lock(), Lock()


def start_thread() -> None:
    """Have a thread send what waits, once the one that sends is done.

    Where a thread waits for its turn already, that one will read what has been committed by now.
    """
    if not _waiting.acquire(blocking=False):
        return
    try:
        Thread(target=_in_turn, name="elasticsearch-outbox", daemon=True).start()
    except BaseException:
        _waiting.release()
        raise


def _in_turn() -> None:
    with _sending:
        # Before anything is read: what is committed from here on has another thread.
        _waiting.release()
        deliver_in_thread()


def deliver_in_thread() -> None:
    """Send what waits, unless the server has been found not to answer."""
    try:
        if _breaker.allows():
            deliver()
            _breaker.succeeded()
    except UNAVAILABLE as error:
        _breaker.failed(error)
    except OtherHistory:
        logger.error("The search index is newer than the database; periodic work replaces it")
    finally:
        connection.close()
