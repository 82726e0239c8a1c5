"""A new index beside the one that answers, filled and then put in its place.

Entries are read in the order of their versions. What is published meanwhile gets a higher version
and comes last, so nothing has to be sent twice; only the very last entries are sent while
publishing waits.
"""

import logging
from collections.abc import Callable

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from elasticsearch import ConnectionTimeout, Elasticsearch

from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.index import (
    create_index,
    current_index,
    delete_others,
    put_in_place,
)
from search.engines.elasticsearch.sending import BATCH, send
from search.models import Entry, IndexClock, IndexState

logger = logging.getLogger(__name__)

# Publishing waits while the last ones are sent; fewer are sent before.
_LAST = 50
# Seconds that the build waits for merging, which goes on by itself; less than it may be silent.
_MERGE_PATIENCE = 90.0
# Seconds that each request may take while publishing waits.
_PATIENCE = 2.0

#: Is told how many entries of how many have been sent.
Progress = Callable[[int, int], None]


class AlreadyBuilding(Exception):
    """Another process builds an index at the moment."""


class Rebuild:
    """A build of the index.

    Args:
        client: of the server.
        progress: is told how far it is.
    """

    def __init__(
        self, client: Elasticsearch | None = None, progress: Progress | None = None
    ) -> None:
        self._client = client or get_client()
        self._progress = progress
        self._after = Q(removed=False)
        self._highest = 0
        self._refused: dict[int, str] = {}
        self.done = 0

    def run(self) -> str:
        """Build the index and put it in place.

        Returns:
            Its name.

        Raises:
            AlreadyBuilding: another process does so.
            Exception: one of :data:`search.engines.elasticsearch.outbox.UNAVAILABLE`.
        """
        _claim()
        try:
            return self._build()
        finally:
            IndexState.objects.filter(pk=1).update(build_at=None)

    def _build(self) -> str:
        start = IndexClock.version()
        # What failed builds have left: a server takes only so many.
        delete_others(self._client, start.epoch, current_index(self._client, start.epoch))
        name = create_index(self._client, start.epoch)
        # Nobody searches it yet.
        self._client.indices.put_settings(index=name, settings={"refresh_interval": "-1"})
        while self._send_more(self._client, name) > _LAST:
            pass
        self._merge(name)
        self._client.indices.put_settings(index=name, settings={"refresh_interval": None})
        # Nearly all of it, before publishing waits for the rest.
        self._client.indices.refresh(index=name)
        with transaction.atomic():
            clock = IndexClock.lock()
            if clock.epoch != start.epoch or clock.purged_version > start.counter:
                raise RuntimeError("The database was replaced while the index was built: try again")
            client = self._client.options(request_timeout=_PATIENCE)
            while self._send_more(client, name):
                pass
            client.indices.refresh(index=name)
            put_in_place(client, start.epoch, name)
            self._acknowledge()
        delete_others(self._client, start.epoch, name)
        return name

    def _merge(self, index: str) -> None:
        """Make one segment of all: searches go through each of them one by one.

        What comes later stands in others; the server merges them as always.
        """
        self._tell()
        try:
            client = self._client.options(request_timeout=_MERGE_PATIENCE)
            client.indices.forcemerge(index=index, max_num_segments=1)
        except ConnectionTimeout:
            logger.info("The server still merges the segments of the new search index")

    def _send_more(self, client: Elasticsearch, index: str) -> int:
        """Send the next batch.

        Args:
            client: says how long an answer is waited for.
            index: name of the index.

        Returns:
            How many entries it had.
        """
        rows = Entry.objects.filter(self._after).order_by("version", "page_id")
        batch = list(rows[:BATCH])
        if not batch:
            return 0
        sent = send(client, index, batch, is_alias=False)
        self._refused.update(sent.refused)
        for page_id in sent.taken:
            self._refused.pop(page_id, None)
        last = batch[-1]
        self._highest = last.version
        # From here on those, too, that were removed after they were sent.
        later = Q(version__gt=last.version)
        self._after = later | Q(version=last.version, page_id__gt=last.page_id)
        self.done += len(batch)
        self._tell()
        return len(batch)

    def _tell(self) -> None:
        IndexState.objects.filter(pk=1).update(build_at=timezone.now(), build_done=self.done)
        if self._progress:
            total = IndexState.objects.values_list("build_total", flat=True).get(pk=1)
            self._progress(self.done, max(total, self.done))

    def _acknowledge(self) -> None:
        """What the new index has counts as sent, whatever the old one had."""
        rows = Entry.objects.filter(version__lte=self._highest)
        # Most need not be written, and publishing waits.
        others = rows.exclude(acknowledged_version=F("version"), delivery_error="")
        others.exclude(pk__in=self._refused).update(
            acknowledged_version=F("version"), delivery_error=""
        )
        for page_id, reason in self._refused.items():
            rows.filter(pk=page_id).update(acknowledged_version=0, delivery_error=reason)
            logger.error("Elasticsearch refuses page %s: %s", page_id, reason)


def _claim() -> None:
    """Note that a build begins."""
    with transaction.atomic():
        IndexState.objects.get_or_create(pk=1)
        state = IndexState.objects.select_for_update().get(pk=1)
        if state.is_building(timezone.now()):
            raise AlreadyBuilding
        state.build_at = timezone.now()
        state.build_total = Entry.objects.filter(removed=False).count()
        state.build_done = 0
        state.save()
