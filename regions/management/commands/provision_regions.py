"""Complete all regions, or say what they lack."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from regions.models import Region
from regions.provisioning.create import provision
from regions.provisioning.drift import drift


class Command(BaseCommand):
    """``manage.py provision_regions``; with ``--check`` it only reports."""

    help = "Makes what regions lack; --check prints it instead and exits with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        lacking = 0
        for region in Region.objects.active():
            missing = drift(region)
            lacking += bool(missing)
            for line in missing:
                self.stdout.write(f"{region}: {line}")
            if missing and not options["check"]:
                provision(region)
        if options["check"] and lacking:
            raise CommandError(f"{lacking} regions lack something.", returncode=1)
        self.stdout.write(f"{Region.objects.active().count()} regions, {lacking} with drift")
