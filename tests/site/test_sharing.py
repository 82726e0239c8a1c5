"""How pages look in search results and where somebody shares them."""

import datetime
import json
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.contrib.staticfiles import finders
from django.utils import translation
from PIL import Image
from wagtail.models import Page

from cms.assets.illustrations import ILLUSTRATIONS, share_key
from cms.structured_data import to_script, without_empty
from demo.builders import BUILDERS, build_example_index
from examples.models import CooperationFormPage, ExamplePage
from home.models import HomePage, StandardPage
from knowledge.models import KnowledgePage, StudyPage
from news.models import NewsPage
from regions.models import HousePage
from search.list_page import ListPage
from tests.site.test_queries import queries_of

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
MAX_IMAGE = 40_000
# What programs need of each type (schema.org, and the search engines' documentation).
REQUIRED = {
    "WebSite": {"name", "url", "potentialAction", "publisher"},
    "WebPage": {"name", "url", "description"},
    "CollectionPage": {"name", "url", "description"},
    "NewsArticle": {"headline", "image", "datePublished", "dateModified", "author", "publisher"},
    "Article": {"headline", "image", "datePublished", "dateModified", "author", "publisher"},
    "ScholarlyArticle": {"headline", "author", "datePublished", "identifier", "license"},
    "Organization": {"name"},
    "Person": {"name"},
    "PropertyValue": {"propertyID", "value"},
    "CreativeWork": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "ContactPoint": {"contactType", "email"},
    "PostalAddress": {"streetAddress", "postalCode", "addressLocality", "addressCountry"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    "AdministrativeArea": {"name"},
}
TYPES = {
    HomePage: "WebSite",
    HousePage: "Organization",
    NewsPage: "NewsArticle",
    ExamplePage: "Article",
    CooperationFormPage: "Article",
    KnowledgePage: "Article",
    StudyPage: "ScholarlyArticle",
}
ADDRESSES = ("url", "image", "logo", "item", "@id", "mainEntityOfPage", "urlTemplate")


class HeadParser(HTMLParser):
    """Collects what the head of a page says."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.title = ""
        self.scripts: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self._inside = tag
        if tag == "meta" and (name := found.get("name") or found.get("property")):
            assert name not in self.meta
            self.meta[name] = found["content"]
        if tag == "link":
            self.links.append(found)
        if tag == "script" and found.get("type") == "application/ld+json":
            self.scripts.append("")

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside == "title" and not self.title:
            self.title = data
        if self._inside == "script" and self.scripts:
            self.scripts[-1] += data

    def link(self, rel: str) -> list[dict[str, str]]:
        """Links of one kind."""
        return [link for link in self.links if link["rel"] == rel]


def head(client, address: str, status: int = 200) -> HeadParser:
    """The head of a page."""
    response = client.get(address)
    assert response.status_code == status
    parser = HeadParser()
    parser.feed(response.content.decode())
    return parser


def graph(client, address: str) -> list[dict]:
    """The structured data of a page."""
    (script,) = head(client, address).scripts
    document = json.loads(script)
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def check(thing: object) -> None:
    """Fail where a thing lacks what its type needs, says nothing, or names a relative address."""
    if isinstance(thing, list):
        for inner in thing:
            check(inner)
    if not isinstance(thing, dict):
        assert thing not in (None, "", [])
        return
    missing = REQUIRED[thing["@type"]] - set(thing)
    assert not missing, (thing["@type"], missing)
    for name, value in thing.items():
        if name in ADDRESSES:
            assert value.startswith(f"{HOST}/"), (name, value)
        check(value)


def expected_type(model: type[Page]) -> str:
    """What a page type is in the words of schema.org: a page, unless its own tests say more."""
    return "CollectionPage" if issubclass(model, ListPage) else TYPES.get(model, "WebPage")


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_every_type_says_what_it_is(client, site, model) -> None:
    page = site.pages[model]
    things = graph(client, page.url)
    for thing in things:
        check(thing)
    assert things[0]["@type"] == expected_type(model)
    assert things[0]["url"] == f"{HOST}{page.url}"
    kinds = [thing["@type"] for thing in things]
    assert ("BreadcrumbList" in kinds) == (model is not HomePage)


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_every_type_can_be_found_and_shared(client, site, model) -> None:
    page = site.pages[model]
    found = head(client, page.url)

    assert [link["href"] for link in found.link("canonical")] == [f"{HOST}{page.url}"]
    assert page.title in found.title
    assert found.meta["description"] == page.summary == found.meta["og:description"]
    assert found.meta["og:url"] == f"{HOST}{page.url}"
    assert page.title in found.meta["og:title"]
    assert found.meta["twitter:card"] == "summary_large_image"
    picture = found.meta["og:image"]
    assert picture.startswith(f"{HOST}/static/share/")
    assert finders.find(picture.removeprefix(f"{HOST}/static/"))
    assert "robots" not in found.meta


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_the_head_asks_the_database_nothing(client, site, model, monkeypatch) -> None:
    with_head = queries_of(client, site.pages[model].url)
    monkeypatch.setattr("cms.templatetags.head._structured_data", lambda *args: None)
    monkeypatch.setattr("cms.templatetags.head._alternates", lambda *args: [])

    assert len(queries_of(client, site.pages[model].url)) == len(with_head)


@pytest.mark.parametrize("key", [key for key, _label in ILLUSTRATIONS])
def test_every_drawing_has_a_picture_other_sites_accept(key: str) -> None:
    path = Path(finders.find(f"share/{share_key(key)}.png") or "")

    assert path.stat().st_size <= MAX_IMAGE
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_titles_tell_pages_of_one_name_apart(client, site) -> None:
    own = build_example_index(site.house)

    assert "Kreis Steinfurt" in head(client, own.url).title
    assert "Kreis Steinfurt" not in head(client, "/beispiele/").title
    assert "Kooperationsform" in head(client, site.pages[CooperationFormPage].url).title


def test_what_editors_wrote_for_search_engines_is_used(client, site) -> None:
    page = site.pages[StandardPage]
    page.seo_title, page.search_description = "Eigener Titel", "Eigene Beschreibung"
    page.save()
    found = head(client, page.url)

    assert found.title.startswith("Eigener Titel – ")
    assert found.meta["description"] == found.meta["og:description"] == "Eigene Beschreibung"


def test_translations_know_one_another(client, site) -> None:
    expected = {"de": f"{HOST}/", "en": f"{HOST}/en/", "x-default": f"{HOST}/"}
    for address in ("/", "/en/"):
        links = [link for link in head(client, address).link("alternate") if "hreflang" in link]
        assert {link["hreflang"]: link["href"] for link in links} == expected


def test_a_page_in_one_language_names_no_others(client, site) -> None:
    links = head(client, site.pages[NewsPage].url).link("alternate")

    assert [link for link in links if "hreflang" in link] == []


@pytest.mark.parametrize("address", ["/suche/", "/aktuelles/?q=x", "/beispiele/?thema=kultur"])
def test_search_and_filtered_lists_are_not_indexed(client, site, address: str) -> None:
    assert head(client, address).meta["robots"] == "noindex, follow"


def test_the_title_of_the_home_page_names_the_site(client, site) -> None:
    assert head(client, "/").title == "Häuser der Kooperation"
    home = HomePage.objects.get(locale__language_code="de")
    home.seo_title = "Zusammen mehr erreichen"
    home.save()
    assert head(client, "/").title == "Zusammen mehr erreichen – Häuser der Kooperation"


def test_the_title_of_a_list_names_its_filters(client, site) -> None:
    address = "/aktuelles/?q=Wald&thema=kultur&thema=gesundheit&region=kreis-steinfurt"
    title = head(client, address).title

    assert title.startswith("Aktuelles zu „Wald“, ")
    assert title.endswith(" in Kreis Steinfurt – Häuser der Kooperation")


def test_the_title_of_a_search_names_what_was_looked_for(client, site) -> None:
    title = head(client, "/suche/?q=Wald&region=kreis-steinfurt").title

    assert title == "Suche nach „Wald“ in Kreis Steinfurt – Häuser der Kooperation"


@pytest.mark.parametrize("address", ["/", "/haeuser/kreis-steinfurt/"])
def test_feeds_are_announced_by_the_name_of_their_house(client, site, address: str) -> None:
    response = client.get(address)
    links = [link for link in head(client, address).link("alternate") if "title" in link]
    publisher = site.house.title if "haeuser" in address else "Häuser der Kooperation"

    assert {link["type"] for link in links} == {"application/rss+xml"}
    assert f"Aktuelles – {publisher} (RSS)" in [link["title"] for link in links]
    for link in links:
        assert f'class="more" href="{link["href"]}"' in response.content.decode()
        assert client.get(link["href"]).status_code == 200


def shared(client, address: str, status: int = 200) -> tuple[str, str]:
    """The address that a page offers to pass on, and the body of the mail."""
    response = client.get(address)
    assert response.status_code == status
    html = response.content.decode()
    text = html.partition('class="pass-on__address"')[2].partition(">")[2].partition("<")[0]
    mail = html.partition('href="mailto:?')[2].partition('"')[0]
    return unescape(text), parse_qs(unescape(mail)).get("body", [""])[0]


def test_every_type_of_page_can_be_passed_on_without_the_chosen_house(client, site) -> None:
    for page in site.pages.values():
        text, body = shared(client, f"{page.url}?haus=kreis-steinfurt")
        assert text == f"{HOST}{page.url}"
        assert body.endswith(f"\r\n{text}")


@pytest.mark.parametrize(
    "address",
    [
        "/suche/?q=Wald",
        "/aktuelles/?thema=kultur",
        "/haeuser/?land=Nordrhein-Westfalen&ort=Rheine&kreis=05566",
    ],
)
def test_a_search_is_passed_on_with_its_filters(client, site, address: str) -> None:
    assert shared(client, f"{address}&haus=kreis-steinfurt")[0] == f"{HOST}{address}"


@pytest.mark.parametrize(("address", "status"), [("/anfrage/", 200), ("/gibt-es-nicht/", 404)])
def test_forms_and_errors_are_not_passed_on(client, site, address: str, status: int) -> None:
    assert shared(client, address, status) == ("", "")


def test_filtered_lists_name_the_list_they_are_of(client, site) -> None:
    (link,) = head(client, "/beispiele/?thema=kultur").link("canonical")

    assert link["href"] == f"{HOST}/beispiele/"


def test_what_is_not_there_is_neither_indexed_nor_shared(client, site) -> None:
    found = head(client, "/gibt-es-nicht/", status=404)

    assert found.meta["robots"] == "noindex"
    assert "og:title" not in found.meta
    assert (found.link("canonical"), found.scripts) == ([], [])


def test_the_way_to_a_page_ends_with_it(client, site) -> None:
    page = site.pages[NewsPage]
    (crumbs,) = [t for t in graph(client, page.url) if t["@type"] == "BreadcrumbList"]
    items = crumbs["itemListElement"]

    assert [item["position"] for item in items] == [1, 2, 3, 4, 5]
    assert items[0]["item"] == f"{HOST}/"
    assert (items[-1]["name"], items[-1]["item"]) == (page.title, f"{HOST}{page.url}")


def test_the_site_can_be_searched_from_outside(client, site) -> None:
    template = graph(client, "/")[0]["potentialAction"]["target"]["urlTemplate"]

    assert template == f"{HOST}/suche/?q={{search_term_string}}"
    english = graph(client, "/en/")[0]
    assert english["inLanguage"] == "en"
    assert "/en/suche/" in english["potentialAction"]["target"]["urlTemplate"]


def test_a_house_is_an_organisation_with_its_address(client, site) -> None:
    house = site.pages[HousePage]
    assert "address" not in graph(client, house.url)[0]
    house.address_street, house.address_plz = "Beispielweg 1", "48565"
    house.address_place = "Steinfurt"
    house.save()
    (found, *_rest) = graph(client, house.url)
    check(found)

    assert found["@type"] == "Organization"
    assert found["address"]["addressLocality"] == "Steinfurt"
    assert found["telephone"] == "+493023125123"
    assert found["contactPoint"]["name"] == "Annette Haus"


def test_news_has_its_day_and_its_end(client, site) -> None:
    page = site.pages[NewsPage]
    page.expires_on = datetime.date(2099, 12, 31)
    page.save()
    found = graph(client, page.url)[0]

    assert found["datePublished"] == page.date.isoformat()
    assert found["expires"] == "2099-12-31"
    assert found["author"]["name"] == site.house.title
    assert found["contentLocation"]["name"] == "Kreis Steinfurt"


def test_no_text_ends_the_element_it_stands_in(client, site) -> None:
    page = site.pages[StandardPage]
    page.title = '</script><script>alert("1")</script> & <!--'
    page.save()

    assert graph(client, page.url)[0]["name"] == page.title
    assert b"<script>alert" not in client.get(page.url).content


def test_nothing_empty_is_said() -> None:
    thing = {"@type": "A", "b": None, "c": "", "d": [], "e": {"@type": "B", "f": None}, "g": 0}

    assert without_empty(thing) == {"@type": "A", "g": 0}
    assert "<!--" not in to_script([{"name": "<!--\u2028"}])


def test_a_preview_of_what_has_no_address_yet_has_a_head(rf, site) -> None:
    page = StandardPage(title="Neu", summary="Kurz.", locale=site.home.locale)
    with translation.override("de"):
        response = page.make_preview_request(rf.get("/"))

    assert response.status_code == 200
    assert "<title>Neu – " in response.content.decode()
