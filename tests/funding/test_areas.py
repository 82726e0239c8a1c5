"""Areas: what a programme covers, asked of places and of the keys that the search looks up."""

import pytest
from django.core.exceptions import ValidationError

from funding import places
from funding.area_text import described, parse, written
from funding.areas import MERGED, NAMED_SETS, STATES, Area, Coverage, Spot, district, state
from funding.models import NamedArea
from funding.places import german_districts as directory

#: Places by a short name: a state, a district, or a postal code in a district. Among them cities
#: that are districts, postal codes in several districts, and keys of districts that were merged.
PLACES = {
    "Bayern": Spot("09"),
    "München": Spot.of("09162", "80331"),
    "München ganz": Spot.of("09162"),
    "Unterföhring": Spot.of("09184", "85774"),
    "Rheine": Spot.of("05566", "48431"),
    "Kreis Steinfurt": Spot.of("05566"),
    "NRW": Spot("05"),
    "Essen": Spot.of("05113", "45127"),
    "Dresden": Spot.of("14612", "01067"),
    "Zittau": Spot.of("14626", "02763"),
    "Kreis Görlitz": Spot.of("14626"),
    "Boxberg": Spot.of("14626", "02999"),
    "Lohsa": Spot.of("14625", "02999"),
    "Sachsen": Spot("14"),
    "Berlin": Spot.of("11000", "12529"),
    "Schönefeld": Spot.of("12061", "12529"),
    "Hamburg": Spot("02"),
    "Eisenach": Spot.of("16056", "99817"),
    "Wartburgkreis": Spot.of("16063"),
    "Osterode": Spot.of("03156", "37520"),
    "Aachen": Spot.of("05313", "52062"),
    "Rügen": Spot.of("13061", "18528"),
}
NAMES = tuple(PLACES)
NRW = ("Rheine", "Kreis Steinfurt", "NRW", "Essen", "Aachen")
EAST = (
    *("Dresden", "Zittau", "Kreis Görlitz", "Boxberg", "Lohsa", "Sachsen", "Schönefeld"),
    *("Eisenach", "Wartburgkreis", "Rügen"),
)
#: Area as an editor writes it; places that it covers whole; places that it covers in part. All the
#: others it does not cover.
ROWS: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("Bund", NAMES, ()),
    ("Bayern", ("Bayern", "München", "München ganz", "Unterföhring"), ()),
    ("Nordrhein-Westfalen", NRW, ()),
    ("Kreisfreie Stadt München", ("München", "München ganz"), ("Bayern",)),
    ("Landkreis München", ("Unterföhring",), ("Bayern",)),
    ("Bayern ohne Kreisfreie Stadt München", ("Unterföhring",), ("Bayern",)),
    ("Bayern\nohne AGS 09162\nohne AGS 09184", (), ("Bayern",)),
    (
        "Bund ohne Bayern",
        tuple(n for n in NAMES if n not in {"Bayern", "München", "München ganz", "Unterföhring"}),
        (),
    ),
    ("Steinfurt", ("Rheine", "Kreis Steinfurt"), ("NRW",)),
    ("AGS 05566 ohne 48431", (), ("Kreis Steinfurt", "NRW")),
    ("AGS 05566 ohne 48429", ("Rheine",), ("Kreis Steinfurt", "NRW")),
    ("48431", ("Rheine",), ("Kreis Steinfurt", "NRW")),
    ("Essen", ("Essen",), ("NRW",)),
    ("02999", ("Boxberg", "Lohsa"), ("Kreis Görlitz", "Sachsen")),
    ("02999 ohne Landkreis Görlitz", ("Lohsa",), ("Sachsen",)),
    ("Landkreis Görlitz", ("Zittau", "Kreis Görlitz", "Boxberg"), ("Sachsen",)),
    ("Landkreis Görlitz ohne 02999", ("Zittau",), ("Kreis Görlitz", "Sachsen")),
    ("ostdeutsche Länder", (*EAST, "Berlin"), ()),
    ("ostdeutsche Flächenländer", EAST, ()),
    (
        "ostdeutsche Länder ohne Sachsen",
        ("Berlin", "Schönefeld", "Eisenach", "Wartburgkreis", "Rügen"),
        (),
    ),
    ("Stadtstaaten", ("Berlin", "Hamburg"), ()),
    ("12529", ("Berlin", "Schönefeld"), ()),
    ("AGS 16056", ("Eisenach", "Wartburgkreis"), ()),
    ("AGS 03156", ("Osterode",), ()),
    ("AGS 05354", ("Aachen",), ("NRW",)),
    ("AGS 13061", ("Rügen",), ()),
    ("Bund\nohne Sachsen\nohne 48431", (), ()),  # filled in below
    ("", (), ()),
]
ROWS[-2] = (
    ROWS[-2][0],
    tuple(
        name
        for name in NAMES
        if name
        not in {
            *("Dresden", "Zittau", "Kreis Görlitz", "Boxberg", "Lohsa", "Sachsen"),
            *("Rheine", "Kreis Steinfurt", "NRW"),
        }
    ),
    ("Kreis Steinfurt", "NRW"),
)
CASES = [(text, name, name in whole, name in part) for text, whole, part in ROWS for name in NAMES]


def test_there_are_enough_cases():
    assert len(CASES) >= 400


@pytest.mark.parametrize("text, name, whole, part", CASES)
def test_an_area_covers_what_it_says(text, name, whole, part):
    expected = Coverage.WHOLE if whole else Coverage.PART if part else Coverage.NONE
    parsed = parse(text, directory())
    assert parsed.problems == ()
    assert parsed.area.coverage(PLACES[name], directory()) == expected


@pytest.mark.parametrize("text", [row[0] for row in ROWS])
def test_the_search_finds_an_area_exactly_where_it_applies(text):
    area = parse(text, directory()).area
    keys = area.keys(directory())
    found = {name for name, spot in PLACES.items() if keys.intersection(spot.keys)}
    covered = {
        name for name, spot in PLACES.items() if area.coverage(spot, directory()) != Coverage.NONE
    }
    assert found == covered


@pytest.mark.parametrize("text", [row[0] for row in ROWS])
def test_what_is_stored_is_read_as_the_same(text):
    area = parse(text, directory()).area
    again = parse(written(area, directory()), directory())
    assert (again.area, again.problems) == (area, ())


def test_every_district_is_read_as_it_is_stored():
    for code in directory().districts:
        area = Area(frozenset({district(code)}))
        again = parse(written(area, directory()), directory())
        assert (again.area, again.problems) == (area, ())


@pytest.mark.parametrize(
    "text, says",
    [
        ("Byern", "wir nicht"),
        ("Bayer", "Bayern"),
        ("München", "AGS 09184"),
        ("99999", "Postleitzahl"),
        ("AGS 99999", "99999"),
        ("ohne Sachsen", "zuerst"),
        ("Sachsen ohne Sachsen", "Sachsen"),
        ("Landkreis Görlitz ohne Sachsen", "Landkreis Görlitz"),
        ("Sachsen ohne Hamburg", "Hamburg"),
        ("02763 ohne Landkreis Görlitz", "nichts"),
        ("irgendwo", "irgendwo"),
        ("Sachsen, Irgendwo", "Irgendwo"),
        ("Landkreis", "wir nicht"),
        ("im ländlichen Raum", "nur im ländlichen Raum"),
        ("Landkreis Brandenburg", "wir nicht"),
        ("Kreis Hessen", "wir nicht"),
        ("Stadt Brandenburg", "AGS 12051"),
        ("Göttingen, Stadt", "die Stadt allein"),
        ("Stadt Gütersloh", "Kreis Gütersloh"),
        ("Oldenburg", "AGS 03403"),
        ("Stadt Offenbach", "AGS 06413"),
        ("Hof", "Stadt Hof"),
    ],
)
def test_what_cannot_be_meant_is_said_in_german(text, says):
    from django.utils import translation

    with translation.override("de"):
        (problem,) = parse(text, directory()).problems
    assert says in problem


@pytest.mark.parametrize(
    "text, stored",
    [
        ("bundesweit", "Bund"),
        ("kreis 05566", "Kreis Steinfurt (AGS 05566)"),
        ("Freistaat Bayern", "Bayern"),
        ("Sachsen und Thüringen", "Sachsen\nThüringen"),
        ("Freie und Hansestadt Hamburg und Sachsen", "Hamburg\nSachsen"),
        ("Sachsen; Berlin", "Berlin\nSachsen"),
        ("48431 Rheine", "48431"),
        ("Bayern außer AGS 09162", "Bayern\nohne Kreisfreie Stadt München (AGS 09162)"),
        ("Stadt Dresden", "Kreisfreie Stadt Dresden (AGS 14612)"),
        ("thueringen", "Thüringen"),
        ("Kreisfreie Stadt Bremen", "Kreisfreie Stadt Bremen (AGS 04011)"),
        ("Stadt Bremen, Land Bremen", "Bremen\nKreisfreie Stadt Bremen (AGS 04011)"),
        ("Stadt Hamburg", "Hamburg"),
        ("Kreisfreie Stadt Oldenburg", "Oldenburg (Oldenburg), Stadt (AGS 03403)"),
        ("Kreis Karlsruhe, Stadt Hof", "Landkreis Karlsruhe (AGS 08215)\nHof (AGS 09464)"),
        ("Sachsen, Thüringen/Berlin", "Berlin\nSachsen\nThüringen"),
        ("48431, 48432", "48431\n48432"),
        ("Oberhausen, Stadt", "Oberhausen, Stadt (AGS 05119)"),
        (
            "Bayern ohne AGS 09162, AGS 09184",
            "Bayern\nohne Kreisfreie Stadt München (AGS 09162)\nohne Landkreis München (AGS 09184)",
        ),
    ],
)
def test_many_spellings_are_stored_in_one(text, stored):
    assert written(parse(text, directory()).area, directory()) == stored


def test_an_area_is_told_in_a_few_words():
    area = parse("ostdeutsche Länder", directory()).area
    assert described(area, directory()) == "ostdeutsche Länder"


def test_merged_districts_have_a_successor_that_exists():
    known = directory().districts
    assert [code for code, new in MERGED.items() if code in known or new not in known] == []


def test_named_sets_hold_states():
    known = {state(code) for code in STATES}
    assert [name for name, units in NAMED_SETS.items() if not units <= known] == []


@pytest.mark.django_db
def test_the_first_named_sets_are_records():
    assert places.directory().named_sets == NAMED_SETS


@pytest.mark.django_db
def test_the_desk_names_further_sets():
    lausitz = NamedArea(name="Lausitz", area="Landkreis Görlitz\nLandkreis Bautzen")
    lausitz.full_clean()
    lausitz.save()
    parsed = parse("Lausitz", places.directory())
    assert parsed.area.included == {district("14625"), district("14626")}
    assert described(parsed.area, places.directory()) == "Lausitz"


@pytest.mark.django_db
def test_a_name_of_something_else_is_refused():
    with pytest.raises(ValidationError):
        NamedArea(name="Sachsen", area="Bayern").full_clean()
    with pytest.raises(ValidationError):
        NamedArea(name="Süden", area="Bayern ohne Kreisfreie Stadt München").full_clean()
