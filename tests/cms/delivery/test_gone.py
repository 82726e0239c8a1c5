"""Old addresses: redirected when something moved, 410 when it was deleted (RFC 9110)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.models import GonePath
from demo.builders import build_news, build_news_index, house_of_region
from demo.review import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(news, editor, lead):
    """A public piece of news."""
    return publish(news, editor)


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def test_deleted_page_is_gone(client, public):
    address = public.url
    public.delete()
    response = client.get(address)
    assert response.status_code == 410
    assert '<html lang="de">' in response.content.decode()


def test_address_without_slash_is_gone_too(client, public):
    address = public.url
    public.delete()
    assert client.get(address.rstrip("/"), follow=True).status_code == 410


def test_pages_below_a_deleted_one_are_gone(client, public, house):
    addresses = [house.url, public.get_parent().url, public.url]
    fresh(house).delete()
    assert [client.get(address).status_code for address in addresses] == [410, 410, 410]


def test_never_public_page_is_not_found(client, news):
    address = news.url
    news.delete()
    assert client.get(address).status_code == 404


def test_unknown_address_is_not_found(client, house):
    assert client.get("/gibt-es-nicht/").status_code == 404


def test_nul_in_an_address_is_not_looked_for(client, house):
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/%00/").status_code == 404
    assert not [query for query in captured.captured_queries if "gonepath" in query["sql"]]


@pytest.mark.postgres
def test_nul_in_an_address_is_no_error_on_postgresql(client, house):
    assert client.get("/%00/").status_code == 404


def test_unpublished_page_is_not_found_but_not_gone(client, public):
    public.unpublish()
    assert client.get(public.url).status_code == 404


def test_reused_address_answers_again(client, public, editor, lead):
    address, slug, index = public.url, public.slug, public.get_parent()
    public.delete()
    publish(build_news(fresh(index), editor, slug=slug), editor)
    assert client.get(address).status_code == 200
    assert not GonePath.objects.filter(path=address).exists()


def test_redirect_wins_over_gone(client, public):
    address = public.url
    public.delete()
    site = Site.objects.get(is_default_site=True)
    Redirect.objects.create(
        site=site, old_path=Redirect.normalise_path(address), redirect_link="/aktuelles/"
    )
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, "/aktuelles/")


def test_changed_slug_redirects(client, public, editor, django_capture_on_commit_callbacks):
    old = public.url
    with django_capture_on_commit_callbacks(execute=True):
        public.slug = "neu-benannt"
        public.save_revision(user=editor)
        publish(public, editor)
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, fresh(public).url)


def test_draft_of_a_slug_changes_nothing(client, public, editor):
    public.slug = "neu-benannt"
    public.save_revision(user=editor)
    assert (
        client.get(public.get_url().replace("neu-benannt", fresh(public).slug)).status_code == 200
    )


def test_moved_page_redirects(client, public, other_region, django_capture_on_commit_callbacks):
    old = public.url
    with django_capture_on_commit_callbacks(execute=True):
        public.move(build_news_index(house_of_region(other_region)), pos="last-child")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, fresh(public).url)


def test_pages_below_a_moved_one_redirect(
    client, public, house, django_capture_on_commit_callbacks
):
    old = public.url
    with django_capture_on_commit_callbacks(execute=True):
        house.slug = "kreis-steinfurt-neu"
        house.save()
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, fresh(public).url)


def test_former_address_of_a_deleted_page_is_gone(
    client, public, editor, django_capture_on_commit_callbacks
):
    old = public.url
    with django_capture_on_commit_callbacks(execute=True):
        public.slug = "neu-benannt"
        public.save()
    fresh(public).delete()
    assert client.get(old).status_code == 410
