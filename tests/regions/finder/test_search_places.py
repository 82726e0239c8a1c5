"""A search that is about a place: its house first, the desk where there is none."""

import pytest
from django.test import Client, override_settings

from cms.models import Kreis, SiteSettings
from demo.builders import build_home, build_news, build_region, house_of_region
from news.models import NewsIndexPage
from regions.models import Region
from search.presets import Preset
from tests.databases.templates import EMPTY, Template
from tests.search.factories import author, published, results

pytestmark = pytest.mark.django_db

SITE = Preset(facets=("region",), takes_place=True)


def build() -> None:
    """Two houses with news of the same name, and national news."""
    for code, name, land, lat, lon in (
        ("05566", "Steinfurt", "Nordrhein-Westfalen", 52.15, 7.34),
        ("14626", "Landkreis Görlitz", "Sachsen", 51.15, 14.98),
    ):
        Kreis.objects.create(code=code, name=name, land=land, lat=lat, lon=lon)
        region = build_region(name, kreise=[code], land=land, lat=lat, lon=lon)
        index = NewsIndexPage.objects.child_of(house_of_region(region)).get()
        published(build_news(index, author(), title=f"Mentoring {code}"))
        published(house_of_region(region))
    published(build_news(user=author(), title="Mentoring für alle"))


@pytest.fixture
def database_template() -> Template:
    return Template("searchplaces", build, EMPTY, files=("tests/search/factories.py",))


def titles(address: str) -> list[str]:
    return [hit.page.title for hit in results(address, SITE).hits]


@pytest.mark.parametrize(
    "address", ["q=mentoring+zittau", "q=mentoring&ort=02763", "q=Mentoring+in+Zitau"]
)
def test_the_house_of_a_place_comes_first_however_it_is_typed(address: str) -> None:
    found = results(address, SITE)

    assert found.hits[0].page.title == "Mentoring 14626"
    assert found.place.place.name.endswith("Zittau")
    assert found.place.help.house.title == house_of_region_title("Landkreis Görlitz")
    assert found.hits[0].kilometres is None


def house_of_region_title(name: str) -> str:
    return house_of_region(Region.objects.get(name=name)).title


def test_a_place_without_a_house_gets_the_desk_and_the_houses_in_reach() -> None:
    settings = SiteSettings.load()
    settings.contact_name, settings.contact_phone = "Ruth Bund", "030 1234"
    settings.save()
    found = results("q=Münster", SITE)

    assert found.place.help.house is None
    assert found.place.help.contact.phone == "030 1234"
    near = [house.title for house in found.place.help.nearest]
    assert near == [house_of_region_title("Steinfurt")]
    assert found.hits[0].type_key != "haus"


def test_a_radius_filters_and_a_wider_one_is_offered() -> None:
    narrow = results("q=mentoring&ort=Münster&umkreis=10", SITE)

    assert narrow.total == 0
    assert narrow.place.wider.kilometres == 50
    # In 100 km is not more than in 50; the chosen one stays.
    assert [option.kilometres for option in narrow.place.radii] == [10, 50]
    assert titles("q=mentoring&ort=Münster&umkreis=50") == ["Mentoring 05566"]
    assert [chip.label for chip in narrow.chips] == ["Münster", "10 km im Umkreis"]


def test_the_nearest_house_is_named_however_far_it_is() -> None:
    assert len(results("q=Konstanz", SITE).place.help.nearest) == 1


@pytest.mark.parametrize(
    ("words", "area"),
    [("Rheine", "Kreis Steinfurt, Nordrhein-Westfalen"), ("Berlin", "Berlin")],
)
def test_where_a_place_lies_is_said_once(words: str, area: str) -> None:
    assert results(f"q={words}", SITE).place.place.area == area


@pytest.mark.parametrize("address", ["umkreis=-5", "umkreis=25", "ort=&umkreis=x", "ort=%00"])
def test_a_radius_without_a_place_or_sense_is_ignored(address: str) -> None:
    assert results(address, SITE).total == results("", SITE).total


def test_in_another_order_a_place_leaves_nothing_out_and_comes_not_first() -> None:
    ranked, newest = (results(f"ort=48431{sort}", SITE) for sort in ("", "&sortierung=datum"))

    assert newest.total == ranked.total == 5
    assert (ranked.place.is_first, newest.place.is_first) == (True, False)
    assert not newest.notes.is_partial
    assert results("ort=48431&umkreis=50&sortierung=datum", SITE).total == 2


def test_an_unknown_place_is_said_and_nothing_is_lost() -> None:
    found = results("q=mentoring&ort=99999", SITE)

    assert found.place.is_unknown
    assert found.total == 3


def test_several_places_of_a_name_are_offered() -> None:
    found = results("ort=Neustadt", SITE)

    assert found.place.place is None
    assert len(found.place.choices) > 3
    assert all("ort=" in choice.url for choice in found.place.choices)


def test_a_word_that_is_also_a_place_keeps_its_meaning() -> None:
    published(build_news(user=author(), title="Gemeinsames Essen"))

    assert titles("q=Gemeinsames+Essen")[0] == "Gemeinsames Essen"
    assert results("q=Gemeinsames+Essen", SITE).place is None


def test_lists_of_one_region_ask_for_no_place() -> None:
    preset = Preset(fixed={"region": ("1",)}, takes_place=True)

    assert results("q=Mentoring+Zittau", preset).place is None


def test_the_page_says_whom_to_call(client: Client) -> None:
    build_home()
    with override_settings(ALLOWED_HOSTS=["*"]):
        page = client.get("/suche/?q=mentoring+zittau").content.decode()

    assert "Was in Zittau" in page
    assert 'name="ort"' in page


def test_a_house_is_found_by_person_street_and_opening_hours() -> None:
    house = house_of_region(Region.objects.get(name="Steinfurt"))
    house.contact_name, house.address_street = "Annette Brinkhoff", "Münsterstraße 12"
    house.opening_hours = "Donnerstag bis 18 Uhr"
    house.save_revision(user=author())
    published(house)

    for words in ("Brinkhoff", "Münsterstraße", "Donnerstag"):
        assert titles(f"q={words}") == [house.title]
