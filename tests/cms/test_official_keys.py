"""Which districts are cities, of the directory as it is."""

import csv

from cms.models.official_keys import is_city
from cms.postcode_import import PLACES_FILE


def test_cities_are_told_from_the_districts_around_them():
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        names = {row["kreis_code"]: row["kreis"] for row in csv.DictReader(file)}
    cities = {code: name for code, name in names.items() if is_city(code)}
    around = [name for code, name in names.items() if code not in cities]
    assert len(cities) == 106
    assert [name for name in cities.values() if name.startswith(("Landkreis", "Kreis "))] == []
    assert [name for name in around if "Stadt" in name.split(" ") or ", " in name] == []
