"""What stands around pages is remembered, and forgotten when it changes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from cms.models import SiteSettings
from demo.builders import build_example_index, build_home, build_standard, national_home
from demo.builders.funding import build_funding
from demo.review import publish
from home.routing.page_lookup import find_page
from home.routing.request_cache import warm_up
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(national_editor, second_national_editor):
    """Writes nationally; a colleague approves."""
    return national_editor


def footer(client, address: str = "/") -> list[str]:
    run_on_commit_callbacks()
    return [link["title"] for link in client.get(address).context["footer_links"]]


def test_new_page_is_in_the_menu_at_once(client, desk):
    national_home()
    before = footer(client)
    assert "Impressum" not in before
    publish(build_standard(user=desk, title="Impressum", show_in_menus=True), desk)
    assert footer(client) == [*before, "Impressum"]


def test_unpublished_page_is_in_no_menu_at_once(client, desk):
    page = publish(build_standard(user=desk, title="Impressum", show_in_menus=True), desk)
    assert "Impressum" in footer(client)
    page.unpublish()
    assert "Impressum" not in footer(client)


def test_moved_page_is_found_at_its_new_address(client, desk):
    parent = publish(build_standard(user=desk, title="Oben", slug="oben"), desk)
    child = publish(build_standard(parent, desk, title="Unten", slug="unten"), desk)
    run_on_commit_callbacks()
    assert client.get("/oben/unten/").status_code == 200
    parent.slug = "weiter-oben"
    parent.save()
    run_on_commit_callbacks()
    assert client.get("/weiter-oben/unten/").context["page"].pk == child.pk


def test_page_of_another_type_is_found_at_the_address_of_one_that_was_deleted(client, desk):
    first = publish(build_standard(user=desk, title="Gelungen", slug="gelungen"), desk)
    run_on_commit_callbacks()
    assert client.get("/gelungen/").context["page"].pk == first.pk
    first.delete()
    index = build_example_index()
    index.slug = "gelungen"
    index.save()
    run_on_commit_callbacks()
    assert client.get("/gelungen/").context["page"].pk == index.pk


def test_changed_title_of_a_list_is_shown_at_once(client):
    index = build_example_index()
    run_on_commit_callbacks()
    client.get("/beispiele/")
    index.title = "Was schon gelungen ist"
    index.save()
    run_on_commit_callbacks()
    assert "Was schon gelungen ist" in client.get("/beispiele/").text


def test_what_one_request_notes_on_a_list_is_not_there_for_the_next(client):
    build_example_index()
    run_on_commit_callbacks()
    first, second = (client.get("/beispiele/").context["page"] for _ in range(2))
    assert first == second
    assert first is not second


def test_programme_is_found_without_reading_all_others(desk, django_assert_num_queries):
    page = publish(build_funding(user=desk), desk)
    home = national_home()
    run_on_commit_callbacks()
    warm_up()
    with django_assert_num_queries(2):  # of the list above it, and of itself
        assert find_page(home, ["foerderung", page.slug]) == page


def test_changed_settings_are_shown_at_once(client):
    national_home()
    run_on_commit_callbacks()
    assert "Neue Anlaufstelle" not in client.get("/").text
    row = SiteSettings.load()
    row.desk_name, row.contact_email = "Neue Anlaufstelle", "neu@example.org"
    row.save()
    run_on_commit_callbacks()
    assert "Neue Anlaufstelle" in client.get("/").text


def test_contact_of_one_request_is_not_that_of_the_next(client, desk):
    """The home page is remembered, what it notes on itself is not."""
    home = national_home()
    run_on_commit_callbacks()
    first = client.get("/").context["page"]
    second = client.get("/").context["page"]
    assert first.pk == second.pk == home.pk
    assert first is not second


def test_language_without_a_public_home_page_shows_the_other(client, desk):
    build_home("en", desk)
    run_on_commit_callbacks()
    assert client.get("/en/").context["page"].locale.language_code == "de"


def test_public_home_page_of_a_language_is_shown(client, desk):
    publish(build_home("en", desk), desk)
    run_on_commit_callbacks()
    assert client.get("/en/").context["page"].locale.language_code == "en"


def test_other_host_is_another_site(client, desk, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = publish(build_standard(user=desk, title="Anderswo", slug="anderswo"), desk)
    Site.objects.create(hostname="anderswo.example.org", root_page=page)
    run_on_commit_callbacks()
    assert client.get("/", headers={"host": "anderswo.example.org"}).context["page"].pk == page.pk
    assert client.get("/").context["page"].pk != page.pk


def test_what_stands_around_a_page_is_not_asked_for_again(client, desk):
    page = publish(build_standard(user=desk, show_in_menus=True), desk)
    address = page.url
    SiteSettings.load()  # makes the row
    run_on_commit_callbacks()
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    around = ("wagtailcore_site", "cms_sitesettings", "home_homepage", "wagtailcore_locale")
    asked = " ".join(query["sql"] for query in captured)
    assert [table for table in around if f'FROM "{table}"' in asked] == []
