"""Which districts are cities, of the directory as it is."""

import csv

import pytest

from cms.models.official_keys import district_name, is_city
from cms.postcode_import import PLACES_FILE


def test_cities_are_told_from_the_districts_around_them():
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        names = {row["kreis_code"]: row["kreis"] for row in csv.DictReader(file)}
    cities = {code: name for code, name in names.items() if is_city(code)}
    around = [name for code, name in names.items() if code not in cities]
    assert len(cities) == 106
    assert [name for name in cities.values() if name.startswith(("Landkreis", "Kreis "))] == []
    assert [name for name in around if "Stadt" in name.split(" ") or ", " in name] == []


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("05566", "Steinfurt", "Kreis Steinfurt"),
        ("13074", "Nordwestmecklenburg", "Landkreis Nordwestmecklenburg"),
        ("06636", "Werra-Meißner-Kreis", "Werra-Meißner-Kreis"),
        ("03241", "Region Hannover", "Region Hannover"),
        ("06611", "Kassel, documenta-Stadt", "Kassel"),
        ("09162", "Kreisfreie Stadt München", "München"),
    ],
)
def test_districts_are_called_what_people_call_them(code, name, said):
    assert district_name(code, name) == said
