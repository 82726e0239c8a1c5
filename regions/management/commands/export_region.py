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

    def handle(self, *args: object, slug: str, file: Path, **options: object) -> None:
        region = Region.objects.filter(slug=slug).first()
        if region is None:
            raise CommandError(f"There is no region {slug}.")
        if file.exists():
            raise CommandError(f"{file} exists already.")
        with file.open("xb") as archive:
            # What is in it is for nobody else on this machine.
            file.chmod(0o600)
            for piece in RegionArchive(region):
                archive.write(piece)
        self.stdout.write(f"{region.slug}: {file.stat().st_size} bytes in {file.name}")
