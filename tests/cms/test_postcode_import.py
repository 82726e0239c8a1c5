"""Postal codes and districts."""

import csv

import pytest
from django.db.models import Count

from cms.models import Kreis, Place
from cms.postcode_import import PLACES_FILE, load_places
from tests.databases.templates import EMPTY, Template

pytestmark = pytest.mark.django_db


def build() -> None:
    """All places there are."""
    load_places()


PLACES = Template("places", build, EMPTY)


@pytest.fixture
def database_template() -> Template:
    return PLACES


def test_postal_codes():
    assert Place.objects.values("plz").distinct().count() == 8293


def test_some_postal_codes_lie_in_several_districts():
    several = Place.objects.values("plz").annotate(n=Count("kreis", distinct=True)).filter(n__gt=1)
    assert several.count() == 136


def test_every_place_of_the_file_is_there():
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        rows = {(row["plz"], row["place"], row["kreis_code"]) for row in csv.DictReader(file)}
    assert set(Place.objects.values_list("plz", "name", "kreis_id")) == rows


def test_all_states_have_districts():
    assert Kreis.objects.values("land").distinct().count() == 16


def test_leading_zero_stays():
    dresden = Place.objects.filter(plz="01067").select_related("kreis").first()
    assert dresden.kreis.code == "14612"


def test_coordinates_are_in_germany():
    outside = Place.objects.exclude(lat__range=(47.2, 55.1), lon__range=(5.8, 15.1))
    assert not outside.exists()


def test_loading_again_changes_nothing():
    assert load_places() == (Kreis.objects.count(), Place.objects.count())


def test_loading_again_keeps_what_was_corrected():
    Kreis.objects.filter(pk="14612").update(name="Dresden")
    load_places()
    assert Kreis.objects.get(pk="14612").name == "Dresden"
