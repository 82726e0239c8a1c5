"""Complete nation and regions after an update, or say what they lack."""

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial

from django.core.management.base import BaseCommand, CommandError

from regions.models import Region
from regions.provisioning.create import provision, provision_nation
from regions.provisioning.drift import drift, national_drift


class Command(BaseCommand):
    """``manage.py provision_regions``; with ``--check`` it only reports.

    To be run after every ``migrate``: it stands in no migration, because provisioning works with
    the models of today, and the tables of an earlier migration may lack a column of theirs.
    """

    help = "Makes what nation and regions lack; --check prints it instead and exits with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        self.check_only = check
        regions = list(Region.objects.active())
        nation_lacks = self._complete("Nation", national_drift(), provision_nation)
        lacking = sum(
            self._complete(str(region), drift(region), partial(provision, region))
            for region in regions
        )
        if self.check_only and (nation_lacks or lacking):
            raise CommandError("Run provision_regions without --check.", returncode=1)
        self.stdout.write(f"{len(regions)} regions, {lacking} with drift")

    def _complete(self, name: str, missing: list[str], provide: Callable[[], object]) -> bool:
        """Print what is missing and provide it; whether anything was missing."""
        for line in missing:
            self.stdout.write(f"{name}: {line}")
        if missing and not self.check_only:
            provide()
        return bool(missing)
