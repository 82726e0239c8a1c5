"""Wagtail's command, with one refused page no longer stopping the others."""

from django.core.management.base import BaseCommand

from workflows.scheduled_publishing import publish_due


class Command(BaseCommand):
    """``manage.py publish_scheduled``; ``run_due`` does the same by itself."""

    help = "Publishes approved pages whose time has come and takes down expired ones."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(publish_due())
