"""``manage.py search_rebuild``: build the index anew, or send a part of it again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from search.engines.elasticsearch import is_configured
from search.engines.elasticsearch.comparison import mark_unsent
from search.engines.elasticsearch.outbox import UNAVAILABLE, OtherHistory, deliver
from search.engines.elasticsearch.rebuild import AlreadyBuilding, Rebuild
from search.models import Entry


class Command(BaseCommand):
    """Build the index while the old one answers, or send some entries again."""

    help = "Builds the Elasticsearch index from the entries; the old one answers until it is done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is sent again, without an index being built."""
        parser.add_argument("--type", help="only send entries of this type again")
        parser.add_argument("--region", type=int, help="only send entries of this region again")

    def handle(self, *args: object, **options: object) -> None:
        """Do it, and say what was done."""
        if not is_configured():
            raise CommandError("ELASTICSEARCH_URL is empty: the database answers searches.")
        chosen = Q()
        if options["type"]:
            chosen &= Q(type_key=options["type"])
        if options["region"]:
            chosen &= Q(region_id=options["region"])
        try:
            self.stdout.write(self._send(chosen) if chosen else self._build())
        except AlreadyBuilding:
            raise CommandError("The index is being built by another process.") from None
        except OtherHistory:
            raise CommandError("The index is newer than the database: search_new_epoch") from None
        except UNAVAILABLE as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error

    def _send(self, chosen: Q) -> str:
        ids = list(Entry.objects.filter(chosen, removed=False).values_list("pk", flat=True))
        if not ids:
            raise CommandError("No entry has this type or region.")
        mark_unsent(ids)
        delivery = deliver()
        return f"{delivery.taken} entries sent, {delivery.refused} refused"

    def _build(self) -> str:
        rebuild = Rebuild(progress=self._show)
        name = rebuild.run()
        return f"{name}: {rebuild.done} entries"

    def _show(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total}", ending="")
