"""Load postal codes, places and districts from ``cms/data/places_de.csv``."""

import csv
from collections import defaultdict
from pathlib import Path
from statistics import mean

from django.db import transaction

from cms.models import Kreis, Place

PLACES_FILE = Path(__file__).resolve().parent / "data" / "places_de.csv"


@transaction.atomic
def load_places(path: Path = PLACES_FILE) -> tuple[int, int]:
    """Read the file into the database; existing rows stay as they are.

    Returns:
        Number of districts and of places in the database afterwards.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_kreis = defaultdict(list)
    for row in rows:
        by_kreis[row["kreis_code"]].append(row)
    Kreis.objects.bulk_create(
        (
            Kreis(
                code=code,
                name=members[0]["kreis"],
                land=members[0]["land"],
                lat=mean(float(row["lat"]) for row in members),
                lon=mean(float(row["lon"]) for row in members),
            )
            for code, members in by_kreis.items()
        ),
        ignore_conflicts=True,
    )
    Place.objects.bulk_create(
        (
            Place(
                plz=row["plz"],
                name=row["place"],
                kreis_id=row["kreis_code"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
            )
            for row in rows
        ),
        ignore_conflicts=True,
        batch_size=2000,
    )
    return Kreis.objects.count(), Place.objects.count()
