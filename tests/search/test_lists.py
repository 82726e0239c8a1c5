"""The site search and the list pages, through the address."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.blocks import Block
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from demo.builders import (
    build_example,
    build_example_index,
    build_home,
    build_news,
    build_region,
    build_standard,
    ensure_term,
    house_of_region,
)
from examples.models import ExampleIndexPage
from news.models import NewsIndexPage
from search.facets import load_tables
from search.registry import Facet, SearchDocument, facets, register_document, register_facet
from tests.databases.templates import REGION, Template, template_for
from tests.search.factories import author, published

pytestmark = pytest.mark.django_db


def listed(client: Client, address: str) -> list[str]:
    """Titles on a list."""
    response = client.get(address)
    assert response.status_code == 200
    return [hit.page.title for hit in response.context["results"].hits]


def build_two_houses() -> None:
    """One example in each of two houses, one national, and a piece of news."""
    for name in ("Kreis Steinfurt", "Kreis Borken"):
        region = build_region(name)
        index = ExampleIndexPage.objects.child_of(house_of_region(region)).get()
        published(build_example(index, author(), title=f"Beispiel {name}"))
    published(build_example(user=author(), title="Beispiel national"))
    published(build_news(user=author(), title="Nachricht"))


TWO_HOUSES = Template("twohouses", build_two_houses, REGION, files=("tests/search/factories.py",))


@pytest.fixture
def database_template(request: pytest.FixtureRequest) -> Template:
    fixtures = request.fixturenames
    return TWO_HOUSES if "two_houses" in fixtures else template_for(fixtures)


@pytest.fixture
def two_houses(db: None) -> None:
    """What :func:`build_two_houses` has built."""


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


#: As many as fit into an address; longer ones are answered with 414.
INVENTED = "&".join(f"thema=x{number}" for number in range(700))


@pytest.mark.usefixtures("two_houses")
@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/suche/?q=Beispiel&seite=99", "/suche/?q=Beispiel"),
        ("/suche/?thema=erfunden", "/suche/"),
        ("/suche/?region=kreis-borken&region=erfunden", "/suche/?region=kreis-borken"),
        ("/beispiele/?seite=7", "/beispiele/"),
        ("/beispiele/?typ=erfunden&sortierung=titel", "/beispiele/?sortierung=titel"),
        (
            "/haeuser/kreis-borken/beispiele/?thema=x&q=Tag",
            "/haeuser/kreis-borken/beispiele/?q=Tag",
        ),
        ("/beispiele/?seite=999999999999999999999", "/beispiele/"),
        (f"/beispiele/?{INVENTED}", "/beispiele/"),
    ],
)
def test_what_does_not_exist_leads_to_the_list_without_it(
    client: Client, address: str, canonical: str
) -> None:
    response = client.get(address)
    assert (response.status_code, response.url) == (302, canonical)
    assert client.get(canonical).status_code == 200


@pytest.mark.usefixtures("two_houses")
def test_a_value_without_hits_is_no_unknown_one(client: Client) -> None:
    assert listed(client, "/aktuelles/?region=kreis-borken") == []


def test_thousands_of_invented_values_get_a_short_answer(client: Client) -> None:
    values = "&".join(f"thema=erfunden-{number}" for number in range(4000))
    response = client.get(f"/suche/?{values}")
    assert response.status_code == 414
    assert len(response.content) < 20_000


def test_a_form_that_was_sent_without_a_choice_is_the_list(client: Client) -> None:
    assert client.get("/suche/?q=&thema=&region=&sortierung=&seite=").status_code == 200


@pytest.mark.usefixtures("two_houses")
def test_search_costs_few_queries(client: Client) -> None:
    # The labels by which pages are found are read once after each change.
    client.get("/suche/?q=Verein")
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
    class Double(SearchDocument):
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
    table = load_tables([Facet("thema", "Thema", vocabulary="topic")], "en")["thema"]

    labels = [choice.label for choice in table.choices()]
    assert labels.index("Erstes") < labels.index("Zweites")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("geld", "Without money"),
        ("wer", "Registered association"),
        ("wer", "Association and company together"),
        ("frist", "within 30 days"),
        ("typ", "Examples"),
    ],
)
def test_labels_are_in_the_language_that_is_asked_for(name: str, label: str) -> None:
    with translation.override("de"):
        table = load_tables([facets()[name]], "en")[name]

    assert label in [choice.label for choice in table.choices()]


@pytest.mark.usefixtures("two_houses")
def test_region_is_named_where_lists_differ_in_it(client: Client) -> None:
    assert regions_named(client, "/beispiele/") == {"Kreis Steinfurt", "Kreis Borken"}


@pytest.mark.usefixtures("two_houses")
@pytest.mark.parametrize("address", ["/haeuser/kreis-borken/", "/haeuser/kreis-borken/beispiele/"])
def test_region_is_not_repeated_inside_its_house(client: Client, address: str) -> None:
    assert regions_named(client, address) == set()


@pytest.mark.usefixtures("two_houses")
def test_title_of_a_house_is_not_repeated_below_it(client: Client) -> None:
    assert regions_named(client, "/haeuser/") == set()


def regions_named(client: Client, address: str) -> set[str]:
    """Regions in the small print of teasers."""
    html = client.get(address).content.decode()
    return set(re.findall(r'teaser__meta">\s*<span>([^<]*)</span>', html))


def test_editors_settings_of_blocks_are_not_found(client: Client) -> None:
    entry = {"zo": "Spende", "kmu": "Sponsoring", "explanation": "Geld.", "inline": "both"}
    heading = {"text": "Überschrift", "level": "2"}
    body = [("glossary", {"entries": [entry]}), ("heading", heading)]
    published(build_standard(user=author(), title="Wörterbuch", body=body))
    assert listed(client, "/suche/?q=Sponsoring") == ["Wörterbuch"]
    assert listed(client, "/suche/?q=Überschrift") == ["Wörterbuch"]
    assert listed(client, "/suche/?q=Beide") == []
    assert listed(client, "/suche/?q=Abschnitt") == []


def choices_in(block: Block) -> Iterator[tuple[str, Block]]:
    """All blocks below ``block`` that are a choice."""
    if isinstance(block, BaseChoiceBlock):
        yield block.name, block
    inner = list(getattr(block, "child_blocks", {}).values())
    for child in [*inner, *filter(None, [getattr(block, "child_block", None)])]:
        yield from choices_in(child)


def test_no_choice_in_a_block_is_text() -> None:
    streams = [
        field
        for model in get_page_models()
        for field in model._meta.concrete_fields
        if isinstance(field, StreamField)
    ]
    found = {
        name
        for field in streams
        for name, block in choices_in(field.stream_block)
        if block.search_index
    }
    assert streams
    assert found == set()


def test_empty_list_of_a_translation_leads_to_the_german_one(client: Client) -> None:
    german = published(build_example_index())
    home = published(build_home("en", author()))
    same = {"translation_key": german.translation_key}
    english = published(build_example_index(home, author(), **same))
    html = client.get(english.url).content.decode()
    ways = html[html.index('class="nothing__ways"') :].partition("</ul>")[0]
    assert f'href="{german.url}" hreflang="de"' in ways
    assert f'href="{english.url}"' not in ways


@pytest.mark.usefixtures("two_houses")
def test_a_search_without_hits_offers_nothing_that_finds_less(client: Client) -> None:
    page = client.get("/suche/?q=gibtesnichtwirklich").text
    assert "kommt auf keiner Seite vor.<" in page
    assert "genau=1" not in page


def test_search_without_hits_leads_to_no_other_language(client: Client) -> None:
    html = client.get("/en/suche/?q=Quark").content.decode()
    assert "in German" not in html


@pytest.mark.usefixtures("two_houses")
def test_site_search_offers_what_pages_of_several_kinds_have(client: Client) -> None:
    offered = {one.name for one in client.get("/suche/").context["facets"] if one.values}
    assert {"typ", "region", "land", "geld", "richtung"} <= offered

    found = listed(client, "/suche/?land=Nordrhein-Westfalen&typ=beispiel")
    assert set(found) == {"Beispiel Kreis Steinfurt", "Beispiel Kreis Borken"}
