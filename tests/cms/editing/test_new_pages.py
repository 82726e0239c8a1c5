"""A new page is ready to write on, and nothing that was left empty becomes part of it."""

import pytest
from django.urls import reverse

from demo.builders import build_news_index
from news.models import NewsPage
from tests.edit_page import untouched

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(house, editor, sign_in):
    """Send the form of a new news item as it was opened, with what was typed; the answer."""
    index, client = build_news_index(house), sign_in(editor)
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])

    def send(**typed):
        filled = {"title": "Hoffest", "slug": "hoffest", "summary": "Am Samstag."}
        return client.post(address, untouched(client.get(address)) | filled | typed)

    return send


def test_a_picture_left_empty_is_none(send):
    send()
    page = NewsPage.objects.get(title="Hoffest").get_latest_revision_as_object()
    assert len(page.lead_image) == 0


def test_a_text_left_empty_is_not_submitted(send):
    answer = send(**{"action-submit": "1"})
    assert "body" in answer.context["form"].errors
    assert "Dieses Feld muss ausgef" in answer.content.decode()
    assert not NewsPage.objects.filter(title="Hoffest").exists()


@pytest.mark.parametrize("part", ["image-alt_text", "caption"])
def test_a_picture_that_is_described_is_not_forgotten(send, part):
    typed = {f"lead_image-0-value-{part}": "Eine Leiter", "body-0-value": '{"blocks": []}'}
    answer = send(**typed, **{"action-submit": "1"})
    assert "lead_image" in answer.context["form"].errors


def test_an_address_left_empty_is_taken_from_the_title(send):
    send(title="Übers Jahr", slug="")
    assert NewsPage.objects.get(title="Übers Jahr").slug == "uebers-jahr"


def test_an_address_left_empty_does_not_meet_a_neighbour_s(send):
    send()
    send(slug="")
    assert NewsPage.objects.filter(title="Hoffest").count() == 2


def test_an_address_from_the_title_gives_way_to_a_neighbour_s(send):
    send()
    send(summary="Am Sonntag.")
    slugs = NewsPage.objects.filter(title="Hoffest").values_list("slug", flat=True)
    assert sorted(slugs) == ["hoffest", "hoffest-2"]


def test_the_form_that_gave_way_is_saved_again(send, editor, sign_in):
    send()
    send(summary="Am Sonntag.")
    page, client = NewsPage.objects.get(slug="hoffest-2"), sign_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    # The browser that made it still shows the address it sent.
    client.post(address, untouched(client.get(address)) | {"slug": "hoffest", "summary": "Doch."})
    saved = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (saved.slug, saved.summary) == ("hoffest-2", "Doch.")
