"""``manage.py search_new_epoch``: begin another history after a backup has been restored."""

from django.core.management.base import BaseCommand

from search.engines.elasticsearch.upkeep import renew_epoch


class Command(BaseCommand):
    """Give the read model another epoch: the next index begins from nothing."""

    help = "After restoring a backup: has caches and the Elasticsearch index made anew."

    def handle(self, *args: object, **options: object) -> None:
        """Renew it; periodic work builds the index."""
        renew_epoch()
        self.stdout.write("New epoch. Periodic work builds the index, or: search_rebuild")
