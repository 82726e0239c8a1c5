"""The house a visitor has chosen: in the address, carried on, forgotten by a click."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from demo.builders import (
    build_example_index,
    build_news,
    build_news_index,
    build_standard,
    house_of_region,
    national_home,
)
from demo.review import publish
from home.models import StandardPage
from regions.finder.selected_region import with_choice
from tests.databases import regions, usual
from tests.databases.templates import Template, template_for
from tests.search.factories import author, published
from tests.site.test_pages import Document

pytestmark = pytest.mark.django_db

CHOICE = "haus=kreis-steinfurt"


def build_page() -> StandardPage:
    """A national page in the menu."""
    usual.second_national_editor()
    page = build_standard(user=usual.national_editor(), title="Erklärung", show_in_menus=True)
    return publish(page, usual.national_editor())


def build() -> dict[str, Page]:
    """The page, and a house that names a human being and has two lists."""
    house, _lead = house_of_region(regions.region()), usual.lead()
    house.contact_name, house.contact_email = "Annette Haus", "haus@example.org"
    house.save_revision(user=usual.editor())
    build_news_index(house)
    build_example_index(house)
    return {"page": build_page(), "house": publish(house, usual.editor())}


@pytest.fixture
def database_template(request) -> Template:
    template = template_for(request.fixturenames)
    if "chosen" not in request.fixturenames:
        return template
    return Template(f"chosen{template.name}", build, template, files=("tests/databases/usual.py",))


@pytest.fixture
def page(db, request, database):
    """A public page of the nation."""
    return database.content["page"] if "chosen" in request.fixturenames else build_page()


@pytest.fixture
def chosen(db, database):
    """A public house."""
    return database.content["house"]


def links(client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    found = [link.get("href") or "" for link in Document(html).all("a")]
    return [url for url in found if url.startswith("/")]


def test_without_a_choice_no_address_has_one(client, page, chosen):
    assert not [url for url in links(client, page.url) if "haus=" in url]


def test_all_links_of_the_frame_carry_the_choice(client, page, chosen):
    forgetting = page.url
    found = links(client, f"{page.url}?{CHOICE}")
    assert {url for url in found if CHOICE not in url} == {forgetting}


def test_chosen_house_answers_on_national_pages(client, page, chosen):
    html = client.get(f"{page.url}?{CHOICE}").content.decode()
    assert "Annette Haus" in html
    assert f"/haeuser/kreis-steinfurt/anfrage/?{CHOICE}" in html.replace("&amp;", "&")


def test_house_without_a_contact_leaves_the_national_one(client, page, house):
    type(house).objects.filter(pk=house.pk).update(contact_email="")
    assert client.get(f"{page.url}?{CHOICE}").context["page"].contact.url is None


def test_another_house_keeps_its_own_contact(client, chosen, other_region):
    other = house_of_region(other_region)
    other.contact_name, other.contact_email = "Katrin Anders", "anders@example.org"
    other.live = True
    other.save()
    assert client.get(f"{other.url}?{CHOICE}").context["page"].contact.name == "Katrin Anders"


def test_bar_of_another_house_is_its_own(client, chosen, other_region):
    other = house_of_region(other_region)
    other.live = True
    other.save()
    bar = client.get(f"{other.url}?{CHOICE}").context["house_bar"]
    assert (bar.name, bar.chosen) == (other_region.name, False)
    assert f"/{other_region.slug}/anfrage/" in bar.write_url


def test_menu_names_the_telephone_of_whoever_is_asked(client, page, chosen):
    type(chosen).objects.filter(pk=chosen.pk).update(contact_phone="05971 1234")
    assert client.get(chosen.url).context["help_contact"].phone == "05971 1234"
    assert client.get(f"/suche/?{CHOICE}").context["help_contact"].phone == "05971 1234"
    assert client.get(page.url).context["help_contact"].phone != "05971 1234"


@pytest.mark.parametrize("value", ["haus=gibt-es-nicht", "haus=", "haus=a&haus=b", "haus=%00"])
def test_nonsense_chooses_nothing(client, page, chosen, value):
    response = client.get(f"{page.url}?{value}")
    assert response.status_code == 200
    assert response.context["house_bar"] == None  # noqa: E711 (a lazy object)


def test_bar_leads_to_house_and_its_lists(client, page, chosen):
    bar = client.get(f"{page.url}?{CHOICE}").context["house_bar"]
    paths = [link["url"].partition("?")[0] for link in bar.links]
    assert paths[0] == chosen.url
    lists = ("aktuelles", "beispiele", "foerderung")
    assert set(paths[1:]) == {f"{chosen.url}{slug}/" for slug in lists}


def test_reading_a_house_is_no_choice(client, chosen):
    response = client.get(chosen.url)
    assert not response.context["house_bar"].chosen
    assert not [url for url in links(client, "/") if "haus=" in url]


def test_house_offers_to_be_chosen(client, chosen):
    assert client.get(chosen.url).context["house_bar"].toggle_url == f"{chosen.url}?{CHOICE}"


def test_teasers_of_the_home_page_begin_with_the_chosen_region(client, chosen, other_region):
    other = build_news_index(house_of_region(other_region))
    published(build_news(build_news_index(chosen), author(), title="Von hier", date="2026-01-01"))
    published(build_news(other, author(), title="Von dort", date="2026-10-01"))
    first = {
        address: client.get(address).context["teasers_below_text"][0].hits[0].title
        for address in ("/", f"/?{CHOICE}")
    }
    assert first == {"/": "Von dort", f"/?{CHOICE}": "Von hier"}


def test_choice_filters_no_list(client, chosen, other_region):
    house_of_region(other_region)
    plain, with_house = (
        client.get(address).context["results"] for address in ("/haeuser/", f"/haeuser/?{CHOICE}")
    )
    assert (with_house.total, with_house.chips) == (plain.total, [])


def test_lists_carry_the_choice(client, chosen):
    results = client.get(f"/haeuser/?{CHOICE}&q=Steinfurt").context["results"]
    assert CHOICE in results.clear_url


def test_search_engines_see_no_choice(client, page, chosen):
    head = client.get(f"{page.url}?{CHOICE}").content.decode().partition("</head>")[0]
    assert "haus=" not in head


def test_without_a_choice_nothing_is_asked(client, page, chosen):
    client.get(page.url)
    with CaptureQueriesContext(connection) as plain:
        client.get(page.url)
    assert not [q for q in plain.captured_queries if "search_generation" in q["sql"]]


def test_other_sites_get_no_choice():
    assert with_choice("https://example.org/?a=1", "kreis-steinfurt") == "https://example.org/?a=1"


def test_choice_replaces_another():
    assert with_choice("/a/?haus=x&b=1#c", "y") == "/a/?b=1&haus=y#c"


def test_choice_is_forgotten():
    assert with_choice(f"/a/?b=1&{CHOICE}", None) == "/a/?b=1"


def test_menu_of_an_empty_site_stands(client):
    national_home()
    assert client.get(f"/?{CHOICE}").status_code == 200


@pytest.fixture
def linking(national_editor, second_national_editor, page):
    """A page whose text leads to a page, to a file, to another site, to itself."""
    text = (
        f'<p><a linktype="page" id="{page.pk}">Seite</a> '
        '<a href="/suche/?q=a&amp;typ=seite">Suche</a> '
        '<a href="/documents/1/plan.pdf">Datei</a> <a href="https://example.org/">Fremd</a> '
        '<a href="//example.org/">Fremd</a></p>'
    )
    body = [("paragraph", text), ("callout", {"title": "Achtung", "text": text})]
    built = build_standard(user=national_editor, title="Verweise", body=body)
    return publish(built, national_editor)


def links_in_text(client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    return [
        link.get("href")
        for link in Document(html.partition("<main")[2].partition("</main>")[0]).all("a")
    ]


def test_links_in_texts_carry_the_choice(client, linking, page, chosen):
    found = links_in_text(client, f"{linking.url}?{CHOICE}")
    assert found.count(f"{page.url}?{CHOICE}") == 2
    assert found.count(f"/suche/?q=a&typ=seite&{CHOICE}") == 2


def test_links_to_files_and_other_sites_carry_none(client, linking, chosen):
    found = links_in_text(client, f"{linking.url}?{CHOICE}")
    assert {"/documents/1/plan.pdf", "https://example.org/", "//example.org/"} <= set(found)


def test_links_in_texts_stay_as_they_are_without_a_choice(client, linking, page, chosen):
    assert {page.url, "/suche/?q=a&typ=seite"} <= set(links_in_text(client, linking.url))


@pytest.mark.parametrize("address", ["/haeuser/", "/suche/", "/suche/?q=Steinfurt", "/anfrage/"])
@pytest.mark.parametrize("value", ["gibt-es-nicht", "kreis-steinfurt&haus=b"])
def test_nonsense_is_not_carried_on(client, page, chosen, address, value):
    mark = "&" if "?" in address else "?"
    found = links(client, f"{address}{mark}haus={value}")
    assert not [url for url in found if "haus=" in url]
