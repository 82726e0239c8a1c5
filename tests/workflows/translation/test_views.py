"""The review of a translation in wagtail-localize's editor."""

import json

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from tests.translating import (
    act,
    edit_url,
    fresh,
    translate_string,
    write_string,
)
from workflows.translation.review import missing_texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_national_editor")]


def test_translator_is_offered_submission(news_in_english, editor, sign_in):
    _, page = news_in_english
    html = sign_in(editor).get(edit_url(page)).content.decode()
    assert 'name="action" value="submit"' in html


def test_texts_still_missing_are_counted_without_the_address(news_in_english):
    translation, _ = news_in_english
    before = missing_texts(translation)
    write_string(translation, "title", "Breakfast")
    assert (before, missing_texts(translation)) == (3, 2)


def test_lead_is_offered_the_decision(news_in_english, editor, lead, sign_in):
    _, page = news_in_english
    act(sign_in(editor), page, "submit")
    html = sign_in(lead).get(edit_url(page)).content.decode()
    assert 'name="action" value="approve"' in html
    assert 'name="action" value="reject"' in html


def test_translator_is_not_offered_the_decision(news_in_english, editor, sign_in):
    _, page = news_in_english
    client = sign_in(editor)
    act(client, page, "submit")
    assert 'value="approve"' not in client.get(edit_url(page)).content.decode()


def test_translator_cannot_approve(news_in_english, editor, sign_in):
    _, page = news_in_english
    client = sign_in(editor)
    act(client, page, "submit")
    act(client, page, "approve")
    assert not fresh(page).live


def test_lead_cannot_approve_their_own_translation(news_in_english, lead, sign_in):
    _, page = news_in_english
    client = sign_in(lead)
    act(client, page, "submit")
    act(client, page, "approve")
    assert not fresh(page).live


def test_changes_need_a_reason(news_in_english, editor, lead, sign_in):
    _, page = news_in_english
    act(sign_in(editor), page, "submit")
    act(sign_in(lead), page, "reject", comment=" ")
    assert fresh(page).workflow_in_progress


def test_requested_changes_reach_the_translator_and_are_resubmitted(
    news_in_english, editor, lead, sign_in, client
):
    translation, page = news_in_english
    act(sign_in(editor), page, "submit")
    act(sign_in(lead), page, "reject", comment="Bitte den Titel übersetzen.")
    sign_in(editor)
    assert "Bitte den Titel übersetzen." in client.get(edit_url(page)).content.decode()
    translate_string(client, translation, "title", "Breakfast")
    act(client, page, "submit")
    act(sign_in(lead), page, "approve")
    assert fresh(page).title == "Breakfast"
    assert fresh(page).live


def test_texts_are_locked_for_the_translator_during_review(news_in_english, editor, sign_in):
    translation, page = news_in_english
    client = sign_in(editor)
    act(client, page, "submit")
    assert translate_string(client, translation, "title", "Later").status_code == 403


def test_correction_by_the_lead_needs_somebody_else(
    news_in_english, editor, lead, national_editor, sign_in
):
    translation, page = news_in_english
    act(sign_in(editor), page, "submit")
    client = sign_in(lead)
    translate_string(client, translation, "title", "Corrected")
    act(client, page, "save")
    act(client, page, "approve")
    assert not fresh(page).live
    while fresh(page).workflow_in_progress:
        act(sign_in(national_editor), page, "approve")
    assert fresh(page).title == "Corrected"


def test_translator_can_withdraw(news_in_english, editor, sign_in):
    _, page = news_in_english
    client = sign_in(editor)
    act(client, page, "submit")
    act(client, page, "withdraw")
    assert not fresh(page).workflow_in_progress


def test_other_region_cannot_act(news_in_english, other_lead, sign_in):
    _, page = news_in_english
    act(sign_in(other_lead), page, "submit")
    assert not fresh(page).workflow_in_progress


def test_editor_names_its_button_after_what_it_does(editor, sign_in):
    url = reverse("wagtail_localize:javascript_catalog")
    with translation.override("de"):
        label = gettext("Submit for review: ")
    assert json.dumps(label).strip('"') in sign_in(editor).get(url).content.decode()


def test_stopped_translation_is_edited_and_reviewed_like_any_page(
    news_in_english, editor, sign_in, client
):
    translation, page = news_in_english
    sign_in(editor)
    client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    html = client.get(edit_url(page)).content.decode()
    assert 'name="action-submit"' in html
