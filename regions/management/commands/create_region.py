"""Create one region, or many from a CSV file, each with a working house."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.models import Kreis
from cms.text import slugify
from regions.forms import RegionForm
from regions.models import Region
from regions.provisioning.create import provision_nation


class Row(TypedDict):
    """A region that is to be made."""

    name: str
    slug: str
    kreise: list[str]
    email: str


class Command(BaseCommand):
    """``manage.py create_region NAME --kreis 05566 --email …`` or ``--csv FILE``."""

    help = (
        "Creates regions with their houses; running it again changes nothing. "
        "A CSV file has the columns name, kreise (keys separated by blanks), email "
        "and optionally slug."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="name of the region")
        parser.add_argument("--kreis", action="append", default=[], help="key of a district")
        parser.add_argument("--email", default="", help="address for notifications")
        parser.add_argument("--slug", default="", help="short name in addresses")
        parser.add_argument("--csv", type=Path, help="file with one region a line")

    def handle(self, *args: object, **options: object) -> None:
        if bool(options["csv"]) == bool(options["name"]):
            raise CommandError("Give either a name or --csv FILE.")
        provision_nation()
        for row in self._rows(options):
            region, created = self._create(**row)
            self.stdout.write(f"{region.slug}: {'created' if created else 'was there already'}")

    def _rows(self, options: dict[str, Any]) -> list[Row]:
        if not options["csv"]:
            return [
                {
                    "name": options["name"],
                    "slug": options["slug"],
                    "kreise": options["kreis"],
                    "email": options["email"],
                }
            ]
        with options["csv"].open(encoding="utf-8-sig", newline="") as file:
            return [
                {
                    "name": row["name"].strip(),
                    "slug": (row.get("slug") or "").strip(),
                    "kreise": row["kreise"].split(),
                    "email": row["email"].strip(),
                }
                for row in csv.DictReader(file)
            ]

    @transaction.atomic
    def _create(self, name: str, slug: str, kreise: list[str], email: str) -> tuple[Region, bool]:
        existing = Region.objects.filter(name=name).first()
        if existing:
            return existing, False
        found = list(Kreis.objects.filter(pk__in=kreise))
        missing = set(kreise) - {kreis.pk for kreis in found}
        if missing or not found:
            raise CommandError(f"{name}: no district {', '.join(sorted(missing)) or 'given'}.")
        form = RegionForm(
            {
                "name": name,
                "slug": slug or slugify(name),
                "land": found[0].land,
                "lat": sum(kreis.lat for kreis in found) / len(found),
                "lon": sum(kreis.lon for kreis in found) / len(found),
                "notification_email": email,
                "kreise": kreise,
            }
        )
        if not form.is_valid():
            raise CommandError(f"{name}: {ValidationError(form.errors.as_data())}")
        return form.save(), True
