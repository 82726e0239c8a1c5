"""``manage.py search_check``: every difference between index and entries."""

from django.core.management.base import BaseCommand, CommandError

from search.engines.elasticsearch import is_configured
from search.engines.elasticsearch.comparison import compare
from search.engines.elasticsearch.connection import get_client
from search.engines.elasticsearch.index import current_index, is_as_made
from search.engines.elasticsearch.outbox import UNAVAILABLE
from search.models import Entry, IndexClock

_MEANINGS = {
    "missing": "not in the index",
    "stale": "in an older version in the index",
    "surplus": "in the index, but not public",
    "newer": "in a version that no entry has had in the index",
}


class Command(BaseCommand):
    """Name every page of which index and entry differ; exit code 1 if there is any."""

    help = "Compares the Elasticsearch index with the entries and names every difference."

    def handle(self, *args: object, **options: object) -> None:
        """Compare, and print what differs."""
        if not is_configured():
            raise CommandError("ELASTICSEARCH_URL is empty: the database answers searches.")
        client = get_client()
        try:
            index = current_index(client, IndexClock.version().epoch)
            if index is None:
                raise CommandError("There is no index: search_rebuild, or wait for periodic work.")
            if not is_as_made(client, index):
                self.stdout.write(f"{index}: the mapping is not the one of this version")
            found = compare(client)
        except UNAVAILABLE as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error
        for kind, meaning in _MEANINGS.items():
            for page_id in getattr(found, kind):
                name = f"page {page_id}" if page_id > 0 else "a document of no page"
                self.stdout.write(f"{name}: {meaning}")
        refused = Entry.objects.filter(pk__in=found.refused).values_list("pk", "delivery_error")
        for page_id, reason in refused:
            self.stdout.write(f"page {page_id}: refused, {reason}")
        if found.waiting:
            self.stdout.write(f"{found.waiting} entries wait to be sent")
        if found:
            raise CommandError("Index and entries differ.")
        self.stdout.write(f"{index}: no difference")
