"""The site search and the list pages, through the address."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demo.builders import build_example, build_news, build_region, ensure_term, house_of_region
from examples.models import ExampleIndexPage
from news.models import NewsIndexPage
from search.facets import load_tables
from search.memo import Stamp
from search.registry import Document, Facet, register_document, register_facet
from tests.search.factories import author, published

pytestmark = pytest.mark.django_db


def listed(client: Client, address: str) -> list[str]:
    """Titles on a list."""
    response = client.get(address)
    assert response.status_code == 200
    return [hit.page.title for hit in response.context["results"].hits]


@pytest.fixture
def two_houses() -> None:
    """One example in each of two houses, one national, and a piece of news."""
    for name in ("Kreis Steinfurt", "Kreis Borken"):
        region = build_region(name)
        index = ExampleIndexPage.objects.child_of(house_of_region(region)).get()
        published(build_example(index, author(), title=f"Beispiel {name}"))
    published(build_example(user=author(), title="Beispiel national"))
    published(build_news(user=author(), title="Nachricht"))


@pytest.mark.usefixtures("two_houses")
def test_site_search_lists_everything(client: Client) -> None:
    assert {"Nachricht", "Beispiel national", "Beispiel Kreis Borken"} <= set(
        listed(client, "/suche/")
    )


@pytest.mark.usefixtures("two_houses")
def test_national_list_has_all_regions(client: Client) -> None:
    assert len(listed(client, "/beispiele/")) == 3


@pytest.mark.usefixtures("two_houses")
def test_list_of_a_house_has_its_own(client: Client) -> None:
    assert listed(client, "/haeuser/kreis-borken/beispiele/") == ["Beispiel Kreis Borken"]


@pytest.mark.usefixtures("two_houses")
def test_list_of_a_house_cannot_be_widened(client: Client) -> None:
    address = "/haeuser/kreis-borken/beispiele/?region=kreis-steinfurt&typ=aktuelles&q=Beispiel"

    assert listed(client, address) == []


@pytest.mark.usefixtures("two_houses")
def test_links_of_a_list_lead_to_itself(client: Client) -> None:
    results = client.get("/haeuser/kreis-borken/beispiele/?q=Beispiel").context["results"]

    assert results.clear_url == "/haeuser/kreis-borken/beispiele/"


@pytest.mark.usefixtures("two_houses")
def test_filtered_lists_are_not_for_search_engines(client: Client) -> None:
    assert client.get("/suche/").context["noindex"]
    assert not client.get("/beispiele/").context["noindex"]
    assert client.get("/beispiele/?q=x").context["noindex"]


@pytest.mark.usefixtures("two_houses")
def test_search_costs_few_queries(client: Client) -> None:
    client.get("/suche/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/suche/?q=Beispiel&region=kreis-borken")

    assert len(queries) <= 12


def test_search_answers_only_reading(client: Client) -> None:
    assert client.post("/suche/").status_code == 405


@pytest.mark.parametrize("value", ["%22", "%20", "x" * 2000, "%F0%9F%98%80", "%00", "%25"])
def test_search_answers_any_text(client: Client, value: str) -> None:
    assert client.get(f"/suche/?q={value}").status_code == 200


def test_preset_facets_are_added_to_the_preset() -> None:
    region = build_region("Kreis Steinfurt")
    index = NewsIndexPage.objects.child_of(house_of_region(region)).get()

    assert index.get_preset().fixed == {"region": [str(region.pk)]}
    assert NewsIndexPage().preset == index.preset


def test_type_key_is_given_once() -> None:
    class Double(Document):
        type_key = "aktuelles"

    with pytest.raises(ValueError, match="already taken"):
        register_document(ExampleIndexPage, Double)


def test_built_in_facet_stays() -> None:
    with pytest.raises(ValueError, match="built in"):
        register_facet(Facet("typ", "Typ"))


def test_facet_says_which_values_there_are() -> None:
    with pytest.raises(ValueError, match="neither a vocabulary nor choices"):
        register_facet(Facet("ort", "Ort"))


def test_vocabulary_gives_all_its_terms_in_order() -> None:
    ensure_term("topic", "b", "Zweites")
    ensure_term("topic", "a", "Erstes")
    table = load_tables([Facet("thema", "Thema", vocabulary="topic")], "en", Stamp(1, 1, 1))[
        "thema"
    ]

    labels = [choice.label for choice in table.choices()]
    assert labels.index("Erstes") < labels.index("Zweites")
