"""A place among the words of a search."""

import pytest

from regions.finder.mentions import find_mention
from search.models import IndexedWord

pytestmark = pytest.mark.django_db

SERVED = {"14626", "05566"}


def place_in(text: str, served: set[str] = SERVED) -> str:
    """Name of the place that ``text`` means for sure."""
    found = find_mention(text, "de", served)
    return found.spots[0].name if found and found.is_sure else ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Wer hilft mir in 48431?", "Rheine"),
        ("wer hilft in 48 431", "Rheine"),
        ("mentoring 48431 rheine", "Rheine"),
        ("mentoring görlitz", "Görlitz"),
        ("foerderung goerlitz", "Görlitz"),
        ("wer hilft in rheine", "Rheine"),
        ("Vereine Bad Muskau", "Bad Muskau"),
        ("Hilfe nach Starkregen Landkreis Regen", "Landkreis Regen"),
        ("Förderung Landkreis München", "Landkreis München"),
        ("Ehrenamt im Emsland", "Landkreis Emsland"),
        ("Fördermittel im Schwalm-Eder-Kreis", "Schwalm-Eder-Kreis"),
        ("Münster", "Münster"),
        ("Sprechstunde in Zitau", "Zittau"),
        ("wer hilft in reine", "Rheine"),
        ("Mentoring", ""),
        ("Gemeinsames Essen", ""),
        ("Hilfe", ""),
        ("Praktikum im Verein", ""),
        ("99999", ""),
        ("", ""),
        ("…", ""),
    ],
)
def test_place_is_recognised(text: str, place: str) -> None:
    assert place_in(text) == place


def test_after_a_preposition_an_ordinary_word_is_a_place() -> None:
    assert place_in("Wer hilft mir in Essen") == "Essen"


def test_a_word_that_some_page_has_is_no_slip() -> None:
    IndexedWord.objects.create(
        locale="de", word="reine", shown="reine", entries=1, sound="reine", letters=1
    )
    assert place_in("Hilfe in reine Luft") == ""
    assert place_in("wer hilft in reine") == "Rheine"


def test_slips_are_corrected_to_places_with_a_house_only() -> None:
    assert place_in("Sprechstunde in Zitau", served=set()) == ""
