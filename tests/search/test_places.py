"""Places in the engine: order, radius, distance. The same on every engine."""

import pytest

from search.engines.base import Near, Term, Word
from tests.search.factories import ask_engine, make_entry, words_of

pytestmark = pytest.mark.django_db

RHEINE = (52.28, 7.44)
STEINFURT = {"lat": 52.15, "lon": 7.34}
GOERLITZ = {"lat": 51.15, "lon": 14.98}
BORKEN = {"lat": 51.85, "lon": 6.85}


@pytest.fixture(autouse=True)
def texts(engine: None) -> None:
    """Mentoring in two regions of a state, in another state, and for all of Germany."""
    make_entry(1, "Mentoring", facets={"region": ["goerlitz"]}, **GOERLITZ)
    make_entry(2, "Mentoring", facets={})
    make_entry(3, "Mentoring", facets={"region": ["borken"]}, **BORKEN)
    make_entry(4, "Mentoring", facets={"region": ["steinfurt"]}, **STEINFURT)
    make_entry(5, "Haus", type_key="haus", facets={"region": ["steinfurt"]}, **STEINFURT)


def near(region: str = "steinfurt", **changes: object) -> Near:
    values = {
        "lat": RHEINE[0],
        "lon": RHEINE[1],
        "region": region,
        "land_regions": ("steinfurt", "borken"),
        "house_types": ("haus",),
        "words": (1,),
    }
    return Near(**{**values, **changes})


def mentoring_near(place: Near, **changes: object) -> list[int]:
    words = (*words_of("Mentoring"), Word((Term("rheine"),)))
    return ask_engine(words=words, sort="relevanz", near=place, **changes).page_ids


def test_own_region_comes_first_then_its_state_then_all_of_germany_then_the_rest() -> None:
    # Beside the house, which has one of the two words.
    assert [pk for pk in mentoring_near(near()) if pk != 5] == [4, 3, 2, 1]


def test_a_place_alone_orders_everything_and_without_a_house_no_other_house_leads() -> None:
    words = (Word(()),)
    served = ask_engine(words=words, sort="relevanz", near=near(words=(0,)))
    alone = ask_engine(words=words, sort="relevanz", near=near("", words=(0,)))

    assert set(served.page_ids[:2]) == {4, 5}
    assert alone.page_ids.index(5) > alone.page_ids.index(2)
    assert alone.total == 5


def test_radius_keeps_what_is_near_and_the_own_region() -> None:
    words = (Word(()),)
    answer = ask_engine(words=words, sort="relevanz", near=near("", words=(0,), radius=100))

    assert set(answer.page_ids) == {3, 4, 5}
    assert answer.within == {10: 0, 25: 2, 50: 2, 100: 3}
    assert answer.without["umkreis"] == 5


@pytest.mark.parametrize("sort", ["datum", "id"])
@pytest.mark.parametrize("every_word", [False, True])
def test_in_every_order_a_radius_keeps_what_is_near(sort: str, every_word: bool) -> None:
    asked = {"sort": sort, "every_word": every_word}
    place = ask_engine(words=(Word(()),), near=near(words=(0,), radius=100), **asked)
    words = (*words_of("Mentoring"), Word(()))
    both = ask_engine(words=words, near=near(radius=100), **asked)

    assert (set(place.page_ids), place.within) == ({3, 4, 5}, {10: 2, 25: 2, 50: 2, 100: 3})
    assert (set(both.page_ids), both.complete, both.without["umkreis"]) == ({3, 4}, 2, 4)


def test_a_common_word_is_found_elsewhere_too_however_rare_the_place() -> None:
    for page_id in range(6, 60):
        make_entry(page_id, "Mentoring", facets={})

    assert {1, 3, 4} <= set(mentoring_near(near(), page_size=100))


def test_hits_elsewhere_carry_their_distance() -> None:
    answer = ask_engine(words=words_of("Mentoring"), sort="relevanz", near=near(words=()))

    assert set(answer.kilometres) == {1, 3}
    assert 50 < answer.kilometres[3] < 70
    assert 500 < answer.kilometres[1] < 560
