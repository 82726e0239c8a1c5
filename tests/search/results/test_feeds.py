"""Every list as RSS, JSON Feed and table."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET  # what it reads is our own
from email.utils import parsedate_to_datetime
from html import unescape

import pytest
from django.test import Client

from demo.builders import (
    build_example,
    build_example_index,
    build_news,
    build_news_index,
    house_of_region,
)
from news.models import NewsPage
from search.results.feeds import COLUMNS, FORMATS
from tests.databases import regions
from tests.databases.templates import REGION, Template
from tests.search.factories import author, published, yesterday

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = 'Säge & "Chor" <b>zusammen</b>'


def build_public_news() -> dict[str, NewsPage]:
    """Public news of a house."""
    house = house_of_region(regions.region())
    return {"news": published(build_news(build_news_index(house), author(), title=NASTY))}


PUBLIC_NEWS = Template("publicnews", build_public_news, REGION)


@pytest.fixture
def database_template(request: pytest.FixtureRequest, database_template: Template) -> Template:
    return PUBLIC_NEWS if "news" in request.fixturenames else database_template


@pytest.fixture
def news(region, database) -> NewsPage:
    """Public news of a house."""
    return database.content["news"]


def rss(client: Client, address: str) -> ET.Element:
    """The channel of a feed."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ET.fromstring(response.content).find("channel")  # noqa: S314


def rows(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of a table."""
    response = client.get(address)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def data(client: Client, address: str) -> dict:
    """A JSON feed."""
    response = client.get(address)
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(response.content)


def test_rss_tells_what_is_new(client: Client, news) -> None:
    channel = rss(client, "/aktuelles/?format=rss")
    item = channel.find("item")

    assert channel.findtext("link") == "http://testserver/aktuelles/"
    assert channel.find(f"{ATOM}link").get("href") == "http://testserver/aktuelles/?format=rss"
    assert channel.findtext("language") == "de"
    assert item.findtext("title") == NASTY
    assert item.findtext("link") == f"http://testserver{news.url}"
    assert parsedate_to_datetime(item.findtext("pubDate")).date() == news.date
    assert item.find("guid").get("isPermaLink") == "false"
    assert [found.text for found in item.findall("category")][-1] == "Kreis Steinfurt"


def test_json_feed_has_what_the_standard_asks_for(client: Client, news) -> None:
    feed = data(client, "/aktuelles/?format=json")

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "http://testserver/aktuelles/"
    assert feed["feed_url"] == "http://testserver/aktuelles/?format=json"
    (item,) = feed["items"]
    assert item["title"] == NASTY
    assert item["url"] == f"http://testserver{news.url}"
    assert item["content_text"] == news.summary
    assert item["date_published"] == f"{news.date}T00:00:00+01:00"


def test_table_has_one_row_for_each_page(client: Client, news) -> None:
    (row,) = rows(client, "/aktuelles/?format=csv")

    assert list(row) == list(COLUMNS)
    assert (row["titel"], row["region"]) == (NASTY, "Kreis Steinfurt")
    assert row["datum"] == news.date.isoformat()
    assert row["adresse"] == f"http://testserver{news.url}"


def test_table_comes_as_a_file_with_the_name_of_the_list(client: Client, news) -> None:
    response = client.get("/haeuser/kreis-steinfurt/aktuelles/?format=csv")

    assert 'filename="haeuser-kreis-steinfurt-aktuelles.csv"' in response["Content-Disposition"]


def test_no_cell_is_a_formula(client: Client, house) -> None:
    published(build_news(build_news_index(house), author(), title="=SUMME(A1:A9)"))

    (row,) = rows(client, "/aktuelles/?format=csv")
    assert row["titel"] == "'=SUMME(A1:A9)"


def test_a_feed_takes_the_filters_of_its_list(client: Client, house, news) -> None:
    other = build_news(build_news_index(house), author(), title="Andere", topics=["kultur"])
    published(other)

    feed = data(client, "/aktuelles/?thema=kultur&format=json")
    assert [item["title"] for item in feed["items"]] == ["Andere"]
    assert feed["home_page_url"] == "http://testserver/aktuelles/?thema=kultur"
    assert feed["feed_url"] == "http://testserver/aktuelles/?thema=kultur&format=json"
    assert "Kultur" in feed["title"]


def test_words_are_found_but_not_marked(client: Client, news) -> None:
    channel = rss(client, "/suche/?q=s%C3%A4ge&format=rss")

    assert [item.findtext("title") for item in channel.findall("item")] == [NASTY]


def test_a_feed_of_a_house_has_its_own(client: Client, house, other_region, news) -> None:
    assert data(client, "/haeuser/landkreis-goerlitz/aktuelles/?format=json")["items"] == []


def test_a_feed_bears_the_name_of_its_house(client: Client, news) -> None:
    titles = [
        data(client, f"{address}aktuelles/?format=json")["title"]
        for address in ("/haeuser/kreis-steinfurt/", "/")
    ]
    assert titles == [
        "Aktuelles – Haus der Kooperation Kreis Steinfurt",
        "Aktuelles – Häuser der Kooperation",
    ]


def test_the_newest_come_first_and_not_all(client: Client, house, monkeypatch) -> None:
    monkeypatch.setattr(FORMATS["rss"], "size", 2)
    index = build_news_index(house)
    for number in range(3):
        day = f"2026-10-{number + 1:02}"
        published(build_news(index, author(), title=f"Nummer {number}", date=day))

    titles = [
        item.findtext("title")
        for item in rss(client, "/aktuelles/?format=rss&seite=2").findall("item")
    ]
    assert titles == ["Nummer 2", "Nummer 1"]


def test_what_has_expired_is_in_no_feed(client: Client, house) -> None:
    published(build_news(build_news_index(house), author(), expires_on=yesterday()))

    assert data(client, "/aktuelles/?format=json")["items"] == []


def test_what_stands_in_no_language_is_not_invented(client: Client, news) -> None:
    assert data(client, "/en/suche/?format=json")["language"] == "en"
    assert data(client, "/en/suche/?format=json")["items"] == []


@pytest.mark.parametrize("name", FORMATS)
def test_feeds_are_not_indexed(client: Client, news, name: str) -> None:
    assert client.get(f"/aktuelles/?format={name}")["X-Robots-Tag"] == "noindex"


def test_a_list_announces_its_feeds_with_its_filters(client: Client, house) -> None:
    published(build_news(build_news_index(house), author(), topics=["kultur"]))
    page = client.get("/aktuelles/?thema=kultur").content.decode()

    for form in ("application/rss+xml", "application/feed+json", "text/csv"):
        assert f'<link rel="alternate" type="{form}"' in page
    assert 'href="/aktuelles/?thema=kultur&amp;format=rss"' in page


@pytest.mark.parametrize("value", ["ics", "RSS", "xml", "%00", "rss%20", "../rss"])
def test_an_unknown_format_does_not_exist(client: Client, news, value: str) -> None:
    response = client.get(f"/aktuelles/?format={value}")

    assert response.status_code == 404
    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_an_empty_format_is_the_list(client: Client, news) -> None:
    assert client.get("/aktuelles/?format=").context["results"].total


@pytest.mark.parametrize(
    "values",
    [
        "thema=umbenannt",
        "thema=kultur&thema=umbenannt",
        "ort=99999",
        "ort=Neustadt",
        "ort=48431&umkreis=7",
        "genau=2",
    ],
)
def test_a_feed_of_what_does_not_exist_does_not_exist(client: Client, news, values) -> None:
    """Otherwise a reader's program would get everything from one day to the next."""
    assert client.get(f"/aktuelles/?{values}&format=rss").status_code == 404


@pytest.mark.parametrize(
    "value",
    [
        "%22",
        "%20",
        "x" * 2000,
        "%F0%9F%98%80",
        "%00",
        "%25",
        "%EF%BF%BE",
        "%ED%A0%80",
        "%0B",
        "]]>",
    ],
)
@pytest.mark.parametrize("address", ["/suche/", "/aktuelles/"])
def test_any_text_gives_a_feed_that_can_be_read(client: Client, news, address, value) -> None:
    rss(client, f"{address}?q={value}&format=rss")
    data(client, f"{address}?q={value}&format=json")
    rows(client, f"{address}?q={value}&format=csv")


def test_a_feed_costs_no_more_than_its_list(
    client: Client, house, news, django_assert_max_num_queries
) -> None:
    published(build_example(build_example_index(house), author()))
    client.get("/suche/?format=rss")
    with django_assert_max_num_queries(12):
        client.get("/suche/?format=rss")


def shown(client: Client, address: str) -> dict[str, str]:
    """Addresses of the links to feeds that visitors see, by content type."""
    page = client.get(address).content.decode()
    body = page.partition("<body")[2]
    links = re.findall(r'<a [^>]*href="([^"]*)" type="([^"]*)" rel="nofollow"', body)
    return {kind: unescape(url) for url, kind in links}


def test_every_format_is_offered_to_people_too(client: Client, news) -> None:
    links = shown(client, "/aktuelles/")
    assert links == {
        kind.content_type.partition(";")[0]: f"/aktuelles/?format={name}"
        for name, kind in FORMATS.items()
    }


def test_what_is_offered_is_the_list_as_it_is_filtered(client: Client, news) -> None:
    links = shown(client, f"{news.get_parent().url}?q=Chor")
    title = rss(client, links["application/rss+xml"]).findtext("title")
    assert "„Chor“" in title


def test_no_feed_of_an_unknown_place_is_offered(client: Client, news) -> None:
    links = shown(client, "/aktuelles/?ort=99999&umkreis=25")
    assert links["application/rss+xml"] == "/aktuelles/?format=rss"


def test_nothing_is_offered_of_an_empty_list(client: Client, news) -> None:
    assert shown(client, "/aktuelles/?q=gibtesnichtwirklich") == {}
