"""Who helps me here? From what people type to a human being."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cms.models import Kreis, Place, SiteSettings
from demo.builders import build_home, build_house_index, build_region, house_of_region
from regions.finder.houses import Houses
from regions.finder.lookup import FinderResult, find
from regions.models import HousePage, Region, RegionKreis
from tests.databases.templates import REGIONS, Template

pytestmark = pytest.mark.django_db

KREISE = {
    "05566": ("Steinfurt", "Nordrhein-Westfalen"),
    "05515": ("Münster, Stadt", "Nordrhein-Westfalen"),
    "06432": ("Darmstadt-Dieburg", "Hessen"),
    "14626": ("Landkreis Görlitz", "Sachsen"),
    "14625": ("Landkreis Bautzen", "Sachsen"),
    "12053": ("Frankfurt (Oder)", "Brandenburg"),
    "06412": ("Kreisfreie Stadt Frankfurt am Main", "Hessen"),
    "16061": ("Eichsfeld", "Thüringen"),
    "09473": ("Coburg", "Bayern"),
    "10046": ("St. Wendel", "Saarland"),
    "09162": ("Kreisfreie Stadt München", "Bayern"),
    "09184": ("Landkreis München", "Bayern"),
    "09464": ("Hof", "Bayern"),
    "09475": ("Landkreis Hof", "Bayern"),
    "14628": ("Landkreis Sächsische Schweiz-Osterzgebirge", "Sachsen"),
    "03403": ("Oldenburg (Oldenburg), Stadt", "Niedersachsen"),
    "03458": ("Landkreis Oldenburg", "Niedersachsen"),
    "06413": ("Offenbach am Main, Stadt", "Hessen"),
    "06438": ("Offenbach", "Hessen"),
}
PLACES = [
    ("48431", "Rheine", "05566"),
    ("48143", "Münster", "05515"),
    ("48145", "Münster", "05515"),
    ("64839", "Münster", "06432"),
    ("02763", "Zittau", "14626"),
    ("02999", "Uhyst", "14626"),
    ("02999", "Lohsa", "14625"),
    ("15230", "Frankfurt (Oder)", "12053"),
    ("60311", "Frankfurt am Main", "06412"),
    ("37345", "Neustadt", "16061"),
    ("96465", "Neustadt bei Coburg", "09473"),
    ("66606", "Sankt Wendel", "10046"),
    ("01829", "Stadt Wehlen", "14628"),
    ("26121", "Oldenburg", "03403"),
    ("63065", "Offenbach", "06413"),
]


def build() -> None:
    """Some places, and two houses that serve some of them."""
    Kreis.objects.bulk_create(
        Kreis(code=code, name=name, land=land, lat=51.0, lon=10.0)
        for code, (name, land) in KREISE.items()
    )
    Place.objects.bulk_create(
        Place(plz=plz, name=name, kreis_id=kreis, lat=52.0, lon=8.0) for plz, name, kreis in PLACES
    )
    settings = SiteSettings.load()
    settings.contact_name, settings.contact_email = "Ruth Bund", "bund@example.org"
    settings.save()
    for name, slug, kreis in (
        ("Kreis Steinfurt", "kreis-steinfurt", "05566"),
        ("Landkreis Görlitz", "landkreis-goerlitz", "14626"),
    ):
        house = house_of_region(build_region(name, slug, kreise=[kreis]))
        house.contact_name, house.contact_phone = f"Haus {slug}", "030 23125 123"
        house.contact_email = f"{slug}@example.org"
        house.live = True
        house.save()


PLACES_AND_HOUSES = Template("finder", build, REGIONS)


@pytest.fixture
def database_template() -> Template:
    return PLACES_AND_HOUSES


def asked(typed: str, kreis: str = "") -> FinderResult:
    with translation.override("de"):
        return find(Houses(None, "de"), typed, kreis)


@pytest.mark.parametrize(
    "typed", ["48431", " 48431 ", "48431 Rheine", "D-48431", "Rheine", "rheine", "RHEINE"]
)
def test_house_of_a_place(typed):
    assert asked(typed).contact.name == "Haus kreis-steinfurt"


def test_house_says_who_and_where():
    answer = asked("48431")
    assert answer.house.url.endswith("/haeuser/kreis-steinfurt/")
    assert answer.contact.phone == "030 23125 123"


def test_without_a_house_the_national_desk_answers():
    answer = asked("37345")
    assert answer.house is None
    assert answer.contact.name == "Ruth Bund"


def test_without_a_house_the_nearest_one_is_named(client):
    # The builder of regions gives every house the same place: this one moves near.
    place = asked("37345").place
    Region.objects.filter(slug="landkreis-goerlitz").update(lat=place.lat + 0.1, lon=place.lon)
    answer = asked("37345")
    assert answer.nearest.house.region.slug == "landkreis-goerlitz"
    assert answer.nearest.kilometres == 11
    html = client.get("/haeuser/", {"ort": "37345"}).content.decode()
    assert 'href="/haeuser/landkreis-goerlitz/"' in html
    assert f"etwa {answer.nearest.kilometres} km" in html.replace("\xa0", " ")


def test_with_a_house_no_other_one_is_named():
    assert asked("48431").nearest is None


def test_postal_code_in_several_districts_asks_which():
    choices = asked("02999").choices
    assert [choice.place.kreis.code for choice in choices] == ["14625", "14626"]


def test_choices_say_which_house():
    assert [bool(choice.house) for choice in asked("02999").choices] == [False, True]


def test_chosen_district_is_answered():
    assert asked("02999", "14626").contact.name == "Haus landkreis-goerlitz"


def test_district_that_is_no_choice_is_asked_again():
    assert len(asked("02999", "05566").choices) == 2


@pytest.mark.parametrize("typed", ["Münster", "münster", "MÜNSTER", "Muenster"])
def test_places_of_one_name_are_offered(typed):
    assert [choice.place.kreis.code for choice in asked(typed).choices] == ["06432", "05515"]


@pytest.mark.parametrize("typed", ["Frankfurt", "frankfurt a. M.", "Frankfurt/Main"])
def test_beginning_of_a_name_offers_what_begins_so(typed):
    assert {choice.place.names[0] for choice in asked(typed).choices} == {
        "Frankfurt (Oder)",
        "Frankfurt am Main",
    }


def test_longer_names_are_offered_beside_the_answer():
    answer = asked("Neustadt")
    assert answer.place.names == ("Neustadt",)
    assert [choice.place.names for choice in answer.others] == [("Neustadt bei Coburg",)]


@pytest.mark.parametrize("typed", ["Landkreis Görlitz", "landkreis goerlitz", "Kreis Görlitz"])
def test_districts_are_places_too(typed):
    assert asked(typed).contact.name == "Haus landkreis-goerlitz"


@pytest.mark.parametrize(
    "typed, code",
    [
        ("Kreisfreie Stadt München", "09162"),
        ("kreisfreie stadt muenchen", "09162"),
        ("Stadt München", "09162"),
        ("Landkreis München", "09184"),
        ("Kreis München", "09184"),
        ("Stadt Hof", "09464"),
        ("Landkreis Hof", "09475"),
        ("Stadt Görlitz", "14626"),
        ("Kreisfreie Stadt Münster", "05515"),
        ("Stadt Oldenburg", "03403"),
        ("Landkreis Oldenburg", "03458"),
        ("Stadt Offenbach", "06413"),
        ("Landkreis Offenbach", "06438"),
    ],
)
def test_a_city_and_the_district_around_it_are_told_apart(typed, code):
    assert asked(typed).place.kreis.code == code


@pytest.mark.parametrize(
    "typed, name",
    [
        ("Stadt Zittau", "02763 Zittau"),
        ("Große Kreisstadt Zittau", "02763 Zittau"),
        ("Landkreis Zittau", "02763 Zittau"),
        ("Hansestadt Rheine", "48431 Rheine"),
        ("Gemeinde Lohsa", "02999 Lohsa"),
        ("Stadt Wehlen", "01829 Stadt Wehlen"),
    ],
)
def test_what_kind_of_place_it_is_may_stand_before_its_name(typed, name):
    assert asked(typed).place.name == name


def test_the_kind_alone_makes_no_place_sure():
    assert len(asked("Stadt Frankfurt").choices) == 2
    assert asked("Stadt Xyzzy").error


@pytest.mark.parametrize("typed", ["St. Wendel", "st wendel", "Sankt Wendel"])
def test_saints_are_found(typed):
    assert asked(typed).place.plz == "66606"


@pytest.mark.parametrize(
    "typed", ["", "   ", "4843", "99999", "484 31 5", "xyzzy", "a", "[(*", "\0", "%", "a" * 300]
)
def test_what_nobody_knows_is_explained(typed):
    answer = asked(typed)
    assert answer.error
    assert answer.contact.name == "Ruth Bund"


def test_a_place_that_is_misspelt_is_offered_and_can_be_chosen(client: Client):
    answer = asked("Rhaine")
    assert answer.error
    assert [choice.place.name for choice in answer.others] == ["48431 Rheine"]
    assert asked("Rhaine", "05566").house.title == answer.others[0].house.title
    page = client.get("/haeuser/?ort=Rhaine").text
    assert "<strong>48431 Rheine</strong> (Kreis Steinfurt," in page


def test_districts_are_named_as_people_say():
    assert asked("Münster").choices[1].place.kreis_name == "Stadt Münster"


def test_archived_region_helps_no_longer():
    RegionKreis.objects.filter(kreis="05566").update(active=False)
    assert asked("48431").house is None


def test_unpublished_house_is_not_shown():
    HousePage.objects.filter(region_record__slug="kreis-steinfurt").update(live=False)
    assert asked("48431").contact.name == "Ruth Bund"


def test_house_without_contact_leaves_it_to_the_national_desk():
    HousePage.objects.filter(region_record__slug="kreis-steinfurt").update(contact_email="")
    answer = asked("48431")
    assert answer.house.region.name == "Kreis Steinfurt"
    assert answer.contact.name == "Ruth Bund"


def test_missing_translation_shows_the_german_house():
    assert [house.region.name for house in Houses(None, "en").all] == [
        "Kreis Steinfurt",
        "Landkreis Görlitz",
    ]


def test_page_answers_above_its_list(client: Client):
    html = client.get("/haeuser/?ort=48431").content.decode()
    assert html.index('id="antwort"') < html.index('id="results"')
    assert "mailto:kreis-steinfurt@example.org" in html


def test_page_keeps_what_was_typed(client: Client):
    html = client.get("/haeuser/", {"ort": '<b>"xyzzy"'}).content.decode()
    assert 'value="&lt;b&gt;&quot;xyzzy&quot;"' in html


def test_page_links_to_its_choices(client: Client):
    html = client.get("/haeuser/?ort=02999").content.decode()
    assert "?ort=02999&amp;kreis=14626" in html


@pytest.mark.parametrize("address, hidden", [("/haeuser/", False), ("/haeuser/?ort=48431", True)])
def test_answers_stay_out_of_search_engines(client: Client, address, hidden):
    assert (b'name="robots" content="noindex' in client.get(address).content) is hidden


@pytest.mark.parametrize("typed", ["48431", "02999", "Neustadt", "xyzzy-ort", ""])
def test_answer_costs_few_queries(client: Client, typed):
    client.get("/haeuser/", {"ort": typed})
    with CaptureQueriesContext(connection) as captured:
        client.get("/haeuser/", {"ort": typed})
    transaction = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    asked_for = [q["sql"] for q in captured if not q["sql"].startswith(transaction)]
    # A name nobody knows is also looked for among districts and by its first word.
    assert len(asked_for) <= (14 if typed == "xyzzy-ort" else 12), "\n".join(asked_for)


def test_start_page_leads_to_the_finder(client: Client):
    html = client.get("/").content.decode()
    assert 'action="/haeuser/#antwort"' in html


def test_archiving_takes_the_house_off_the_map():
    region = house_of_region(build_region("Kreis Steinfurt")).region_record
    region.archived_on = timezone.localdate()
    region.save()
    assert [house.region.name for house in Houses(None, "de").all] == ["Landkreis Görlitz"]


def test_untranslated_houses_are_listed_all_the_same(client: Client):
    home = build_home("en")
    for page in (home, build_house_index(home, title="Houses", slug="houses")):
        page.live = True
        page.save()
    html = client.get("/en/houses/").content.decode()
    assert 'hreflang="de">Kreis Steinfurt</a>' in html
    assert "Their pages are in German." in html


def test_houses_that_are_not_translated_stand_below_those_that_are(client: Client):
    german = HousePage.objects.get(region_record__slug="kreis-steinfurt")
    home, key = build_home("en"), german.get_parent().translation_key
    index = build_house_index(home, title="Houses", slug="houses", translation_key=key)
    english = german.copy_for_translation(index.locale)
    for page in (home, index, english):
        page.live = True
        page.save()
    html = client.get("/en/houses/").content.decode()
    below = html[html.index("More houses") :]
    assert 'hreflang="de">Landkreis Görlitz</a>' in below
    assert "Kreis Steinfurt" not in below[: below.index("</section>")]


def test_choosing_a_district_keeps_the_house_chosen_before(client, region):
    house_of_region(region).save()
    type(house_of_region(region)).objects.filter(region_record=region).update(live=True)
    html = client.get("/haeuser/?ort=M%C3%BCnster&haus=kreis-steinfurt").content.decode()
    found = re.findall(r'class="choices__link" href="([^"]*)"', html)
    assert found
    assert all("&amp;haus=kreis-steinfurt" in url for url in found)


@pytest.mark.parametrize("text", ["48431", "wer hilft mir in 48431?"])
def test_search_for_a_postal_code_leads_to_the_finder(client, text):
    build_house_index()
    html = client.get("/suche/", {"q": text}).text
    assert 'href="/haeuser/?ort=48431#antwort"' in html


def test_search_for_a_place_with_a_house_leads_to_the_finder(client):
    build_house_index()
    assert 'href="/haeuser/?ort=Rheine#antwort"' in client.get("/suche/?q=Vereine+Rheine").text


@pytest.mark.parametrize("text", ["4843", "484311", "Mentoring", ""])
def test_search_for_anything_else_does_not(client, text):
    build_house_index()
    assert "#antwort" not in client.get("/suche/", {"q": text}).text


def test_nothing_found_leads_to_a_human_being(client):
    build_house_index()
    assert 'href="/anfrage/"' in client.get("/suche/", {"q": "gibtesnichtwirklich"}).text
