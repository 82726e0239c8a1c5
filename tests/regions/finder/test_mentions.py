"""A place in the words of a search leads to the house that serves it."""

import pytest

from cms.models import Kreis, Place
from demo.builders import build_region
from regions.finder.mentions import place_in
from regions.models import RegionKreis

pytestmark = pytest.mark.django_db

PLACES = {
    "14626": ("Landkreis Görlitz", ("Görlitz", "Bad Muskau", "Zittau", "Öhringen")),
    "05113": ("Essen, Stadt", ("Essen",)),
}


@pytest.fixture(autouse=True)
def served():
    """Görlitz has a house, Essen has none."""
    for code, (name, places) in PLACES.items():
        kreis = Kreis.objects.create(code=code, name=name, land="Sachsen", lat=51.0, lon=14.0)
        for place in places:
            Place.objects.create(plz="02763", name=place, kreis=kreis, lat=51.0, lon=14.0)
    build_region("Landkreis Görlitz", kreise=["14626"])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Wer hilft mir in 48431?", "48431"),
        ("Förderung Görlitz", "Görlitz"),
        ("Welche Förderung gibt es in Görlitz?", "Görlitz"),
        ("förderung görlitz", "Görlitz"),
        ("foerderung goerlitz", "Görlitz"),
        ("Vereine in Oehringen", "Öhringen"),
        ("Vereine Bad Muskau", "Bad Muskau"),
        ("Mentoring", ""),
        ("", ""),
        ("…", ""),
    ],
)
def test_place_is_recognised(text, place):
    assert place_in(text) == place


def test_a_word_that_is_also_a_place_without_a_house_is_no_place():
    assert place_in("Gemeinsames Essen") == ""


def test_after_a_preposition_it_is_one():
    assert place_in("Wer hilft mir in Essen") == "Essen"


def test_a_house_that_has_closed_serves_nobody():
    RegionKreis.objects.update(active=False)
    assert place_in("Förderung Görlitz") == ""


def test_a_postal_code_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        place_in("Wer hilft mir in 48431?")


def test_a_long_search_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        place_in("eins zwei drei vier fünf sechs sieben " * 5)
