"""Where no page has a word, what is near to it stands for it, and the page says so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.presets import Preset
from search.results.run import ranked
from tests.search.factories import make_entry, query, results

pytestmark = pytest.mark.django_db

TYPED = "q=Solaranlage Vereinsheim"


@pytest.fixture(autouse=True)
def entries(engine: None) -> None:
    make_entry(1, "Vereinsheim Vereinsheim", text="Das Vereinsheim hat geöffnet.")
    make_entry(2, "Strom vom Dach", text="Photovoltaik auf dem Vereinsheim.")


def test_a_page_with_what_is_near_has_the_word() -> None:
    assert ranked(query(TYPED)).page_ids == [2, 1]
    assert ranked(query("q=Solaranlage")).page_ids == [2]


def test_the_page_says_what_was_not_found_as_typed() -> None:
    notes = results(TYPED).notes

    assert notes.substituted == ("Solaranlage",)
    assert notes.unmatched == ()
    assert "Photovoltaik" in notes.related


def test_nothing_stands_for_a_word_that_a_page_has() -> None:
    make_entry(3, "Solaranlage")

    assert ranked(query("q=Solaranlage")).page_ids[0] == 3
    assert results("q=Solaranlage").notes.substituted == ()


def test_exactly_is_exactly() -> None:
    assert ranked(query(f"{TYPED}&genau=1")).page_ids == []


def test_nothing_stands_for_a_word_for_who_wants_most_of_the_words() -> None:
    assert ranked(query(TYPED, Preset(least_share=0.5))).page_ids == [1, 2]


def test_what_is_asked_again_is_not_looked_up_again() -> None:
    with CaptureQueriesContext(connection) as made:
        ranked(query(TYPED))

    assert sum("search_fulltext" in one["sql"] for one in made) <= 1
