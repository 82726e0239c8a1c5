"""Deleted pages rest in the trash for 30 days, and come back with one click."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from demo.builders import (
    build_example,
    build_example_index,
    build_form,
    build_form_index,
    build_news,
    build_news_index,
)
from demo.review import publish
from regions.models import DeletedPage
from regions.trash.storing import delete_expired, prepare, restore

pytestmark = pytest.mark.django_db

TRASH = reverse("trash")


@pytest.fixture
def index(house):
    """The list of news of the house."""
    return build_news_index(house)


@pytest.fixture
def draft(index, editor):
    """A draft of the house."""
    return build_news(index, editor, title="Hoffest", slug="hoffest")


def store(page, user) -> DeletedPage:
    """Keep a page as if it were deleted in the admin."""
    row = prepare(page, user)
    row.save()
    return row


def delete(client, page):
    """Delete a page as one does in the admin."""
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def bring_back(client):
    """Restore what was deleted last."""
    row = DeletedPage.objects.first()
    return client.post(reverse("trash_restore", args=[row.pk]), follow=True)


def test_a_deleted_page_comes_back_with_one_click(draft, editor, sign_in):
    client = sign_in(editor)
    draft.title = "Hoffest am Sonntag"
    draft.save_revision(user=editor)
    said = delete(client, draft).content.decode()
    assert "30 Tage im Papierkorb" in said
    assert not Page.objects.filter(pk=draft.pk).exists()
    bring_back(client)
    back = Page.objects.get(pk=draft.pk).specific
    assert (back.title, back.slug, back.live) == ("Hoffest am Sonntag", "hoffest", False)
    assert back.get_parent().pk == draft.get_parent().pk
    assert [block.value for block in back.body] == [block.value for block in draft.body]
    assert PageLogEntry.objects.filter(page=draft.pk, action="regions.restore").exists()
    assert not DeletedPage.objects.exists()


def test_a_public_page_comes_back_as_a_draft(draft, editor, national_editor, administrator, client):
    page = publish(draft, editor)
    row = store(page, administrator)
    page.delete()
    assert client.get(page.url).status_code == 410
    assert not restore(row, administrator).live


def test_pages_below_come_back_with_it(index, draft, administrator):
    build_news(index, administrator, title="Lauf", slug="lauf")
    row = store(index, administrator)
    index.delete()
    restore(row, administrator)
    assert row.number == 3
    assert sorted(Page.objects.get(pk=index.pk).get_children().values_list("slug", flat=True)) == [
        "hoffest",
        "lauf",
    ]


def test_many_at_once_are_kept_as_well(index, draft, editor, sign_in):
    other = build_news(index, editor, title="Lauf", slug="lauf")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    sign_in(editor).post(f"{address}?id={draft.pk}&id={other.pk}")
    assert sorted(DeletedPage.objects.values_list("title", flat=True)) == ["Hoffest", "Lauf"]


def test_a_deletion_that_asks_once_more_keeps_nothing(draft, editor, sign_in):
    url = reverse("wagtailadmin_pages:delete", args=[draft.pk])
    sign_in(editor).post(url, {"confirm_site_name": "vertippt"})
    assert Page.objects.filter(pk=draft.pk).exists()
    assert not DeletedPage.objects.exists()


def test_an_alias_is_not_kept(index, draft, editor, administrator, sign_in):
    alias = publish(draft, editor).create_alias(update_slug="hoffest-alias", parent=index)
    delete(sign_in(administrator), alias)
    assert not Page.objects.filter(pk=alias.pk).exists()
    assert not DeletedPage.objects.exists()


def test_an_address_that_is_taken_gets_a_number(index, draft, editor):
    row = store(draft, editor)
    draft.delete()
    build_news(index, editor, title="Hoffest", slug="hoffest")
    assert restore(row, editor).slug == "hoffest-2"


def test_without_the_page_above_it_says_so(index, draft, administrator, sign_in):
    store(draft, administrator)
    index.delete()
    said = bring_back(sign_in(administrator)).content.decode()
    assert "Die Seite darüber ist auch gelöscht" in said
    assert DeletedPage.objects.exists()


def test_another_house_sees_and_restores_nothing(draft, editor, other_lead, sign_in):
    row = store(draft, editor)
    draft.delete()
    client = sign_in(other_lead)
    assert "Hoffest" not in client.get(TRASH).content.decode()
    assert client.post(reverse("trash_restore", args=[row.pk])).status_code == 404


def test_after_30_days_it_is_gone(draft, editor):
    row = store(draft, editor)
    soon = row.deleted_at + datetime.timedelta(days=29)
    delete_expired(soon)
    assert DeletedPage.objects.exists()
    delete_expired(timezone.now() + datetime.timedelta(days=31))
    assert not DeletedPage.objects.exists()


def test_what_a_page_refers_to_may_be_gone(house, editor):
    form = build_form(build_form_index())
    example = build_example(build_example_index(house), editor, form=form)
    row = store(example, editor)
    example.delete()
    form.delete()
    assert restore(row, editor).form is None
