"""Histories: what was done with the own page, without the titles of other houses' drafts."""

import pytest
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import Page

from demo.builders import build_news, build_news_index, house_of_region
from regions.isolation.current_request import get_current_user
from regions.isolation.url_guard import IsolationMiddleware

pytestmark = pytest.mark.django_db

SECRET = "Geheime Kündigung"


@pytest.fixture
def moved(house, other_region, national_editor):
    """A page that the desk has brought from a list of the other house."""
    other_list = build_news_index(house_of_region(other_region))
    page = build_news(other_list)
    Page.objects.filter(pk=other_list.pk).update(draft_title=SECRET)
    Page.objects.get(pk=page.pk).move(
        build_news_index(house), pos="last-child", user=national_editor
    )
    return page


def history(client, page):
    return client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()


def test_history_does_not_name_another_house_s_draft(moved, editor, sign_in):
    shown = history(sign_in(editor), moved)
    assert "Verschieben" in shown
    assert SECRET not in shown


def test_desk_reads_where_a_page_was_moved_from(moved, national_editor, sign_in):
    assert SECRET in history(sign_in(national_editor), moved)


def test_history_names_pages_of_the_own_house(news, lead, editor, sign_in):
    Page.objects.filter(pk=news.get_parent().pk).update(draft_title="Archiv 2020")
    copy = Page.objects.get(pk=news.pk).copy(update_attrs={"slug": "kopie"}, user=lead)
    assert "Von Archiv 2020 kopiert" in history(sign_in(editor), copy)


def test_actions_are_listed_once():
    names = [name for name, _label in registry.get_choices()]
    assert len(names) == len(set(names))


def test_answer_is_streamed_for_the_person_who_asked(editor):
    """An export is written after the middleware has finished."""
    request = RequestFactory().get("/admin/")
    request.user = editor
    respond = IsolationMiddleware(
        lambda request: StreamingHttpResponse(str(get_current_user().pk) for _ in range(2))
    )
    chunks = list(respond(request))
    assert chunks == [str(editor.pk).encode()] * 2
    assert get_current_user() is None
