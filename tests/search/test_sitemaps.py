"""What search engines are told about."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from demo.builders import build_home, build_news, build_news_index, build_standard
from news.models import NewsPage
from news.search_documents import NewsDocument
from tests.search.factories import author, published, yesterday

pytestmark = pytest.mark.django_db

NAMES = {
    "sm": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
NEWS = "/sitemap-aktuelles-de.xml"


@pytest.fixture
def news(house) -> NewsPage:
    """Public news of a house."""
    return published(build_news(build_news_index(house), author()))


def parsed(client: Client, address: str) -> ET.Element:
    """A sitemap, as a program reads it."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return ET.fromstring(response.content)  # noqa: S314


def locations(client: Client, address: str) -> list[str]:
    """All addresses in a sitemap or index."""
    return [found.text for found in parsed(client, address).findall(".//sm:loc", NAMES)]


def test_index_names_every_type_and_language_that_has_pages(client: Client, news) -> None:
    found = locations(client, "/sitemap.xml")

    assert f"http://testserver{NEWS}" in found
    assert "http://testserver/sitemap-uebersicht-de.xml" in found
    assert not [address for address in found if "-en.xml" in address]


def test_every_address_of_every_section_is_a_page(client: Client, news) -> None:
    published(build_standard(user=author()))
    published(build_home())
    for sitemap in locations(client, "/sitemap.xml"):
        for address in locations(client, sitemap):
            response = client.get(address)
            assert (address, response.status_code) == (address, 200)
            assert b'name="robots"' not in response.content


def test_a_page_comes_with_the_day_of_its_last_change(client: Client, news) -> None:
    (entry,) = parsed(client, NEWS).findall("sm:url", NAMES)

    assert entry.findtext("sm:loc", namespaces=NAMES) == f"http://testserver{news.url}"
    changed = timezone.localdate(news.last_published_at).isoformat()
    assert entry.findtext("sm:lastmod", namespaces=NAMES) == changed


def test_translations_name_one_another(client: Client, house) -> None:
    published(build_home())
    for language, address in (("de", "http://testserver/"), ("en", "http://testserver/en/")):
        sitemap = parsed(client, f"/sitemap-uebersicht-{language}.xml")
        entries = {
            entry.findtext("sm:loc", namespaces=NAMES): {
                link.get("hreflang"): link.get("href")
                for link in entry.findall("xhtml:link", NAMES)
            }
            for entry in sitemap.findall("sm:url", NAMES)
        }
        assert entries[address] == {"de": "http://testserver/", "en": "http://testserver/en/"}


def test_drafts_and_what_has_expired_are_left_out(client: Client, news) -> None:
    index = build_news_index(news.get_parent().get_parent().specific)
    build_news(index, author(), title="Entwurf")
    published(build_news(index, author(), title="Vorbei", expires_on=yesterday()))

    assert locations(client, NEWS) == [f"http://testserver{news.url}"]


def test_what_its_search_document_says_has_expired_is_left_out(
    client: Client, news, monkeypatch
) -> None:
    monkeypatch.setattr(NewsDocument, "expires_at", lambda self, page: timezone.now())
    published(build_news(news.get_parent().specific, author(), title="Frist vorbei"))

    assert locations(client, NEWS) == [f"http://testserver{news.url}"]


def test_a_section_without_pages_is_in_no_index_and_nowhere(client: Client, house) -> None:
    assert f"http://testserver{NEWS}" not in locations(client, "/sitemap.xml")
    assert client.get(NEWS).status_code == 404


@pytest.mark.parametrize("name", ["gibtesnicht-de", "aktuelles-xx", "uebersicht-DE"])
def test_an_unknown_section_is_not_found(client: Client, news, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


@pytest.mark.parametrize("address", ["/sitemap.xml", NEWS])
def test_many_pages_cost_no_more_queries(
    client: Client, news, address, django_assert_max_num_queries
) -> None:
    client.get(address)
    index = news.get_parent().specific
    for number in range(30):
        index.add_child(
            instance=NewsPage(title=f"Nummer {number}", summary="Kurz.", locale=index.locale)
        )
    with django_assert_max_num_queries(4):
        parsed(client, address)
    if address == NEWS:
        assert len(locations(client, address)) == 31


def test_robots_txt_names_the_sitemap_and_leaves_out_combinations(client: Client, house) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /*?*&" in lines
