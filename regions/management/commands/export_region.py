"""Write everything of a region into a ZIP file."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from regions.exports.archive import RegionArchive
from regions.models import Region


class Command(BaseCommand):
    """``manage.py export_region SLUG FILE``."""

    help = "Writes pages, files, enquiries and people of a region into a ZIP file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="short name of the region")
        parser.add_argument("file", type=Path, help="the ZIP file; must not exist yet")

    def handle(self, *args: object, **options: object) -> None:
        region = Region.objects.filter(slug=options["slug"]).first()
        if region is None:
            raise CommandError(f"There is no region {options['slug']}.")
        target: Path = options["file"]
        if target.exists():
            raise CommandError(f"{target} exists already.")
        with target.open("xb") as file:
            # What is in it is for nobody else on this machine.
            target.chmod(0o600)
            for piece in RegionArchive(region):
                file.write(piece)
        self.stdout.write(f"{region.slug}: {target.stat().st_size} bytes in {target.name}")
