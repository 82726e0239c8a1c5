"""Where no page has a compound, its parts are looked for, and the page says so."""

import pytest

from search.presets import Preset
from search.results.run import ranked
from tests.search.factories import make_entry, query, results

pytestmark = pytest.mark.django_db

TYPED = "q=Führungskräfteentwicklung"


@pytest.fixture(autouse=True)
def entry(engine: None) -> None:
    make_entry(1, "Führungskräfte im Hospiz", text="Ein Tausch für einen Tag.")


def test_a_part_finds_where_nothing_has_the_whole() -> None:
    assert ranked(query(TYPED)).page_ids == [1]
    assert results(TYPED).notes.parts == ("Führungskraft", "Entwicklung")


def test_a_page_with_the_whole_leaves_parts_alone() -> None:
    make_entry(2, "Führungskräfteentwicklung")

    assert ranked(query(TYPED)).page_ids[0] == 2
    assert results(TYPED).notes.parts == ()


def test_what_a_filter_hides_is_not_looked_for_by_its_parts() -> None:
    make_entry(2, "Führungskräfteentwicklung", type_key="beispiel")
    asked = f"{TYPED}&typ=aktuelles"

    assert ranked(query(asked)).page_ids == []
    assert results(asked).notes.parts == ()


@pytest.mark.parametrize("asked", [f"{TYPED}&genau=1", "q=Quittenmarmelade"])
def test_exactly_is_exactly_and_nothing_is_nothing(asked: str) -> None:
    assert ranked(query(asked)).page_ids == []
    assert results(asked).notes.parts == ()


def test_who_wants_most_of_the_words_gets_no_parts() -> None:
    assert ranked(query(TYPED, Preset(least_share=0.5))).page_ids == []
