"""People without an account read a page before it is public, by a link that ends."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from demo.review import publish
from search.models import Entry
from workflows.models import PreviewLink
from workflows.preview_links.links import PREVIEW_LINK, create, delete_ended

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(news, editor) -> PreviewLink:
    """A link to a draft."""
    return create(news, editor, "Bäckerei Müller", 14)


def address(link: PreviewLink) -> str:
    return reverse("preview_link", args=[link.uuid, PREVIEW_LINK.signature(link)])


def logged(page, action: str) -> int:
    return PageLogEntry.objects.filter(page=page.pk, action=f"workflows.{action}").count()


def test_an_editor_makes_a_link_on_the_way_from_the_page(news, editor, sign_in, client):
    desk = sign_in(editor)
    links = reverse("preview_links", args=[news.pk])
    assert links in desk.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    desk.post(links, {"recipient": "Bäckerei Müller", "days": "7"})
    link = PreviewLink.objects.get()
    assert address(link) in desk.get(links).content.decode()
    assert datetime.timedelta(days=7) - (link.expires_at - timezone.now()) < datetime.timedelta(1)
    assert logged(news, "preview_link_created") == 1


@pytest.mark.parametrize("typed", [{"recipient": "", "days": "7"}, {"recipient": "A", "days": "x"}])
def test_what_cannot_be_made_says_why(news, editor, sign_in, typed):
    response = sign_in(editor).post(reverse("preview_links", args=[news.pk]), typed)
    assert response.context["form"].errors
    assert not PreviewLink.objects.exists()


def test_the_latest_version_is_shown_without_an_account(news, editor, link, client):
    news.title = "Frühstück am Sonntag"
    news.save_revision(user=editor)
    response = client.get(address(link))
    body = response.content.decode()
    assert response.status_code == 200
    assert "Frühstück am Sonntag" in body
    assert "noch nicht öffentlich" in body
    assert "wagtail-userbar" not in body
    assert not response.cookies


def test_its_address_is_kept_nowhere(news, link, client):
    response = client.get(address(link))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert not Entry.objects.filter(page_id=news.pk).exists()
    assert client.get(news.url).status_code == 404


def test_only_the_first_opening_is_logged(news, link, client):
    client.head(address(link))
    assert logged(news, "preview_link_opened") == 0
    client.get(address(link))
    client.get(address(link))
    assert logged(news, "preview_link_opened") == 1


def test_nobody_can_send_anything_to_it(link, client):
    assert client.post(address(link), {"title": "x"}).status_code == 405


def test_once_public_it_leads_to_the_page(news, editor, lead, link, client):
    page = publish(news, editor)
    assert client.get(address(link)).url == page.full_url


@pytest.mark.parametrize("ended", ["expired", "revoked", "forged"])
def test_a_link_that_has_ended_says_so(link, editor, sign_in, client, ended):
    where = address(link)
    if ended == "expired":
        PreviewLink.objects.update(expires_at=timezone.now())
    elif ended == "revoked":
        sign_in(editor).post(reverse("preview_link_revoke", args=[link.pk]))
        assert logged(link.page, "preview_link_revoked") == 1
    else:
        where = reverse("preview_link", args=[link.uuid, "0" * 64])
    response = client.get(where)
    assert response.status_code == 410
    assert "Dieser Link gilt nicht mehr" in response.content.decode()
    assert link.page.title not in response.content.decode()


def test_another_house_cannot_revoke_it(link, other_lead, sign_in):
    sign_in(other_lead).post(reverse("preview_link_revoke", args=[link.pk]))
    link.refresh_from_db()
    assert link.is_valid


def test_ended_links_are_deleted_after_30_days(link):
    delete_ended(link.expires_at + datetime.timedelta(days=29))
    assert PreviewLink.objects.exists()
    delete_ended(link.expires_at + datetime.timedelta(days=30))
    assert not PreviewLink.objects.exists()


def test_the_newer_version_of_a_public_page_is_not_called_unpublished(news, editor, lead, client):
    publish(news, editor)
    news.refresh_from_db()
    news.save_revision(user=editor)
    link = create(news, editor, "Bäckerei Müller", 14)
    assert "Diese Fassung der Seite ist noch nicht öffentlich" in client.get(address(link)).text
