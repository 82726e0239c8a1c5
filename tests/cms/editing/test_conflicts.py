"""Two people, or two windows, and one page: nobody's text is replaced without their knowing."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.editing.conflicts import ASKED_FIELD
from demo import builders
from demo.people import build_editor
from tests.edit_page import untouched

#: How the editor saves by itself.
BY_ITSELF = {"accept": "application/json"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(house, editor):
    return builders.build_news(builders.build_news_index(house), editor, title="Hoffest")


@pytest.fixture
def address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def titles(page):
    return Page.objects.get(pk=page.pk).get_latest_revision().content["title"]


def test_a_colleagues_text_is_not_replaced_silently(page, address, editor, region, sign_in):
    client = sign_in(editor)
    opened = untouched(client.get(address))
    colleague = build_editor(region, "kollegin@example.org", first_name="Kim", last_name="Kollegin")
    page.title = "Hoffest am Sonntag"
    page.save_revision(user=colleague)
    answer = client.post(address, opened | {"title": "Hoffest im Mai"}).content.decode()
    assert titles(page) == "Hoffest am Sonntag"
    assert "Kim Kollegin hat diese Seite gespeichert, während Sie geschrieben haben" in answer
    assert "Hoffest im Mai</textarea>" in answer


def test_submitting_does_not_replace_it_either(page, address, editor, region, sign_in):
    client = sign_in(editor)
    opened = untouched(client.get(address))
    page.title = "Hoffest am Sonntag"
    page.save_revision(user=build_editor(region, "kollegin@example.org"))
    client.post(address, opened | {"title": "Hoffest im Mai", "action-submit": "1"})
    page.refresh_from_db()
    assert titles(page) == "Hoffest am Sonntag"
    assert page.current_workflow_state is None


def test_whoever_has_been_told_may_replace_it(page, address, editor, region, sign_in):
    client = sign_in(editor)
    opened = untouched(client.get(address))
    page.title = "Hoffest am Sonntag"
    page.save_revision(user=build_editor(region, "kollegin@example.org"))
    told = client.post(address, opened | {"title": "Hoffest im Mai"})
    client.post(address, untouched(told) | {"title": "Hoffest im Mai"})
    assert titles(page) == "Hoffest im Mai"


def test_own_text_of_another_window_is_named(page, address, editor, sign_in):
    client = sign_in(editor)
    first, second = untouched(client.get(address)), untouched(client.get(address))
    client.post(address, first | {"title": "Hoffest am Sonntag"})
    answer = client.post(address, second | {"title": "Hoffest im Mai"}).content.decode()
    assert titles(page) == "Hoffest am Sonntag"
    assert "Sie haben diese Seite in einem anderen Fenster gespeichert" in answer


def test_saving_again_and_again_is_no_conflict(page, address, editor, sign_in):
    client = sign_in(editor)
    for title in ("Hoffest am Sonntag", "Hoffest im Mai"):
        client.post(address, untouched(client.get(address)) | {"title": title})
        assert titles(page) == title


def test_saving_by_itself_replaces_nothing(page, address, editor, region, sign_in):
    client = sign_in(editor)
    opened = untouched(client.get(address))
    page.title = "Hoffest am Sonntag"
    colleague = build_editor(region, "kollegin@example.org", first_name="Kim", last_name="Kollegin")
    page.save_revision(user=colleague)
    answer = client.post(address, opened | {"title": "Hoffest im Mai"}, headers=BY_ITSELF).json()
    assert titles(page) == "Hoffest am Sonntag"
    assert answer["error_code"] == "invalid_revision"
    assert answer["error_message"].startswith("Kim Kollegin hat diese Seite gespeichert")


def test_only_a_button_replaces_it_after_that(page, address, editor, region, sign_in):
    client = sign_in(editor)
    opened = untouched(client.get(address))
    page.title = "Hoffest am Sonntag"
    page.save_revision(user=build_editor(region, "kollegin@example.org"))
    answer = client.post(address, opened | {"title": "Hoffest im Mai"})
    # It stands outside of the form and belongs to it by its attribute.
    assert f'name="{ASKED_FIELD}"' in answer.content.decode()
    told = untouched(answer) | {"title": "Hoffest im Mai", ASKED_FIELD: "1"}
    client.post(address, told, headers=BY_ITSELF)
    assert titles(page) == "Hoffest am Sonntag"


def test_own_saving_by_itself_goes_on(page, address, editor, sign_in):
    client = sign_in(editor)
    opened = untouched(client.get(address))
    first = client.post(address, opened | {"title": "Hof"}, headers=BY_ITSELF).json()
    again = opened | {"title": "Hoffest im Mai", "overwrite_revision_id": first["revision_id"]}
    assert client.post(address, again, headers=BY_ITSELF).json()["success"]
    assert titles(page) == "Hoffest im Mai"


def test_a_version_that_was_saved_over_in_place_is_noticed(page, address, editor, region, sign_in):
    colleague = build_editor(region, "kollegin@example.org")
    page.title = "Hof"
    saved = page.save_revision(user=colleague)
    client = sign_in(editor)
    opened = untouched(client.get(address))
    page.title = "Hoffest am Sonntag"
    page.save_revision(user=colleague, overwrite_revision=saved)
    client.post(address, opened | {"title": "Hoffest im Mai"})
    assert titles(page) == "Hoffest am Sonntag"


def test_a_button_pressed_twice_is_no_conflict(page, address, editor, sign_in):
    client = sign_in(editor)
    opened = untouched(client.get(address))
    client.post(address, opened | {"title": "Hoffest im Mai"})
    assert client.post(address, opened | {"title": "Hoffest im Mai"}).status_code == 302


def test_what_changed_nothing_is_no_conflict(page, address, editor, region, sign_in):
    client = sign_in(editor)
    opened = untouched(client.get(address))
    page.save_revision(user=build_editor(region, "kollegin@example.org"))
    client.post(address, opened | {"title": "Hoffest im Mai"})
    assert titles(page) == "Hoffest im Mai"
