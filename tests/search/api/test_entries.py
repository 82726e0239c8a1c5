"""The API gives what is public, by the filters of the pages, however much it is."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from openapi_spec_validator import OpenAPIV31SpecValidator

from cms.models import SiteSettings
from demo.builders import build_news, build_news_index
from search.models import Entry
from tests.cms.delivery.conftest import clock  # noqa: F401 - switches the page cache on
from tests.search.api.conftest import ROOT, Reader
from tests.search.factories import author, published

pytestmark = pytest.mark.django_db


def news(house: Any, title: str = "Ein Chor singt im Betrieb", **more: Any) -> Any:
    """Public news of a house."""
    return published(build_news(build_news_index(house), author(), title=title, **more))


def titles(reader: Reader, address: str) -> set[str]:
    """Titles of what an address of the list gives."""
    return {one["titel"] for one in reader.read("listEntries", address)["eintraege"]}


def test_document_is_valid_openapi(reader: Reader) -> None:
    OpenAPIV31SpecValidator(reader.document).validate()


def test_record_says_what_the_page_is_and_how_it_may_be_used(reader: Reader, house: Any) -> None:
    page = news(house)
    settings = SiteSettings.load()
    settings.text_licence = "CC-BY-4.0"
    settings.save()

    record = reader.read("getEntry", f"eintraege/{page.pk}/")

    assert record["titel"] == page.title
    assert record["adresse"] == f"http://testserver{page.url}"
    assert record["region"] == {"schluessel": "kreis-steinfurt", "name": "Kreis Steinfurt"}
    assert record["typ"]["schluessel"] == "aktuelles"
    assert record["lizenz"]["name"] == "CC BY 4.0"
    assert record["quelle"]["name"] == "Häuser der Kooperation, Kreis Steinfurt"
    assert record["text"]


def test_without_a_licence_none_is_named(reader: Reader, house: Any) -> None:
    assert reader.read("getEntry", f"eintraege/{news(house).pk}/")["lizenz"] is None


def test_what_is_not_public_is_not_given(reader: Reader, house: Any) -> None:
    page = news(house)
    draft = build_news(build_news_index(house), author(), title="Ein Entwurf")
    page.title = "Ein geänderter Titel"
    page.save_revision()
    assert titles(reader, "eintraege/?typ=aktuelles") == {"Ein Chor singt im Betrieb"}

    page.unpublish()

    assert titles(reader, "eintraege/?typ=aktuelles") == set()
    for one in (page, draft):
        answer = reader.answer("getEntry", f"eintraege/{one.pk}/")
        assert answer.status_code == 404


def test_what_has_expired_is_not_given(reader: Reader, house: Any) -> None:
    page = news(house)
    Entry.objects.filter(pk=page.pk).update(expires_at=timezone.now() - datetime.timedelta(hours=1))

    assert reader.answer("getEntry", f"eintraege/{page.pk}/").status_code == 404


def test_text_of_a_house_stays_on_its_page(reader: Reader, house: Any) -> None:
    assert reader.read("getEntry", f"eintraege/{house.pk}/")["text"] is None


def test_all_records_are_read_by_following_the_links(reader: Reader, house: Any) -> None:
    pages = [news(house, f"Nachricht {number}") for number in range(5)]
    address, read, parts = "eintraege/?anzahl=2&typ=aktuelles", [], 0
    while address:
        answer = reader.read("listEntries", address)
        assert answer["gesamt"] == 5
        read += [one["id"] for one in answer["eintraege"]]
        address = (answer["naechste"] or "").partition(ROOT)[2]
        parts += 1

    assert read == [page.pk for page in pages]
    assert parts == 3


def test_filters_and_words_are_those_of_the_pages(reader: Reader, house: Any) -> None:
    news(house, topics=["ausbildung"])
    published(build_news(user=author(), title="Eine Imkerei im Verein"))

    assert titles(reader, "eintraege/?region=kreis-steinfurt&typ=aktuelles") == {
        "Ein Chor singt im Betrieb"
    }
    assert titles(reader, "eintraege/?q=Imkereien") == {"Eine Imkerei im Verein"}
    (record,) = reader.read("listEntries", "eintraege/?thema=ausbildung")["eintraege"]
    assert [one["schluessel"] for one in record["merkmale"]["thema"]] == ["ausbildung"]


def test_the_last_records_lead_to_no_more(reader: Reader, house: Any) -> None:
    news(house)

    assert reader.read("listEntries", "eintraege/?anzahl=1&typ=aktuelles")["naechste"] is None


@pytest.mark.parametrize(
    "address",
    [
        "region=nirgendwo",
        "themen=ausbildung",
        "anzahl=101",
        "ab=-1",
        "sprache=fr",
        "ort=99999",
        "ort=Neustadt",
        "ort=48431&umkreis=7",
        "umkreis=25",
        "genau=2",
    ],
)
def test_what_is_not_known_is_refused(reader: Reader, address: str) -> None:
    answer = reader.answer("listEntries", f"eintraege/?{address}")

    assert answer.status_code == 400


def test_values_of_filters_can_be_looked_up(reader: Reader, house: Any) -> None:
    found = reader.read("listFilters", "filter/")["filter"]

    values = {one["parameter"]: one["werte"] for one in found}
    assert {"schluessel": "kreis-steinfurt", "name": "Kreis Steinfurt"} in values["region"]
    assert [one["schluessel"] for one in values["frist"]] == ["30", "90"]


def test_a_place_among_words_is_refused_by_nothing(reader: Reader, house: Any) -> None:
    """It may be none."""
    news(house, "Neustadt")

    assert titles(reader, "eintraege/?q=Neustadt") == {"Neustadt"}


def test_list_costs_as_many_queries_however_long(
    reader: Reader, house: Any, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(3):
        news(house, f"Nachricht {number}")

    # Eight of them only once per content version and process: addresses, labels, arrays, synonyms
    # and the settings of the site.
    with django_assert_max_num_queries(16):
        reader.read("listEntries", "eintraege/")


def test_a_network_may_ask_so_often_and_no_more(reader: Reader, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    cache.clear()

    def status(address: str) -> int:
        headers = {"X-Real-IP": address}
        return reader.answer("listFilters", "filter/", **headers).status_code

    addresses = ("2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1")
    assert [status(address) for address in addresses] == [200, 200, 429, 200]


def test_who_has_the_answer_is_not_sent_it_again(clock: Any, house: Any) -> None:  # noqa: F811
    client = Client()
    first = client.get(f"{ROOT}eintraege/")

    again = client.get(f"{ROOT}eintraege/", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_programs_on_other_pages_may_read_and_nobody_may_write(db: None) -> None:
    client = Client()

    assert client.get(f"{ROOT}filter/")["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"{ROOT}filter/").status_code == 200
    assert client.post(f"{ROOT}eintraege/").status_code == 405
