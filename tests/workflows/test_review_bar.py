"""The bar on the edit page: whom a page waits for, what changed, and the decision in one screen."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision, TaskState

from cms.models import OutgoingMail
from demo import review
from demo.people import build_lead
from tests.edit_page import untouched
from workflows.due_dates import due_on


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def bar_of(response: Any) -> Tag:
    bar = BeautifulSoup(response.content, "html.parser").select_one(".review-bar")
    assert bar is not None
    return bar


def text_of(bar: Tag) -> str:
    return " ".join(bar.get_text(" ").split())


def seen_by(client: Any, user: Any, page: Page) -> Tag:
    client.force_login(user)
    return bar_of(client.get(edit_url(page)))


def buttons(bar: Tag) -> list[str]:
    return [" ".join(button.get_text(" ").split()) for button in bar.select(".button")]


def pressed(client: Any, user: Any, page: Page, decision: str, **typed: str) -> Any:
    """The form as a browser without scripts sends it by a button of the bar."""
    client.force_login(user)
    data = with_bar_fields(client, page)
    return client.post(edit_url(page), data | {"review-decision": decision} | typed)


def with_bar_fields(client: Any, page: Page) -> dict[str, Any]:
    """The untouched form with the hidden fields of the bar, which stand outside of it."""
    response = client.get(edit_url(page))
    hidden = bar_of(response).select("input[type=hidden][form=page-edit-form]")
    return untouched(response) | {field["name"]: field["value"] for field in hidden}


def messages_in(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def changed_by(user: Any, page: Page, **typed: str) -> Revision:
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in typed.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user)


@pytest.fixture
def second_lead(region):
    """A colleague of the lead."""
    return build_lead(region, "zweite@example.org", first_name="Bodo", last_name="Zweiter")


@pytest.fixture
def submitted(news, editor, lead):
    """A news item of the editor, submitted."""
    review.submit(news, editor)
    return news


def test_page_nobody_submitted_has_no_bar(client, news, editor):
    client.force_login(editor)
    assert b"review-bar" not in client.get(edit_url(news)).content


def test_reviewer_reads_that_the_page_waits_for_them(client, submitted, editor, lead):
    text = text_of(seen_by(client, lead, submitted))
    assert "Wartet auf Ihre Entscheidung" in text
    assert f"eingereicht von {editor.get_full_name()}" in text
    assert "wartet seit" in text


def test_bar_says_when_it_is_due(client, submitted, lead):
    step = fresh(submitted).current_workflow_task_state
    assert f"zu entscheiden bis {due_on(step):%d.%m.%Y}" in text_of(
        seen_by(client, lead, submitted)
    )
    TaskState.objects.update(started_at=step.started_at - timedelta(days=30))
    assert "überfällig seit" in text_of(seen_by(client, lead, submitted))


def test_only_reviewer_is_offered_no_colleague(client, submitted, lead):
    offered = buttons(seen_by(client, lead, submitted))
    assert offered == ["Freigeben", "Änderungen erbitten", "Ich übernehme"]


def test_review_is_handed_on_where_somebody_else_can_decide(client, submitted, lead, second_lead):
    assert "Prüfung weitergeben" in buttons(seen_by(client, lead, submitted))


def test_author_is_offered_no_decision(client, submitted, editor):
    bar = seen_by(client, editor, submitted)
    assert buttons(bar) == []
    assert "Die Leitung des Hauses entscheidet" in text_of(bar)


def test_approving_by_the_bar_publishes(client, submitted, lead):
    pressed(client, lead, submitted, "approve")
    assert fresh(submitted).live


def test_last_approval_says_where_the_page_is(client, submitted, lead):
    response = pressed(client, lead, submitted, "approve")
    said = messages_in(response)
    assert "ist jetzt öffentlich" in said
    assert f'href="{fresh(submitted).url}"' in said


def test_enter_in_a_field_presses_no_button(client, submitted, lead):
    client.force_login(lead)
    html = BeautifulSoup(client.get(edit_url(submitted)).content, "html.parser")
    form = html.find(id="page-edit-form")
    of_form = [
        button
        for button in html.find_all("button")
        if button.get("type", "submit") == "submit"
        and (button.get("form") == "page-edit-form" or form in button.parents)
    ]
    assert len(of_form) > 1
    assert of_form[0].has_attr("disabled")


def test_comment_of_an_approval_is_kept(client, submitted, lead, editor):
    OutgoingMail.objects.all().delete()
    pressed(client, lead, submitted, "approve", **{"review-comment": "Sehr schön."})
    mails = OutgoingMail.objects.filter(recipient=editor.email)
    assert any("Sehr schön." in mail.body for mail in mails)


def test_changes_are_requested_with_a_reason(client, submitted, lead, editor):
    response = pressed(client, lead, submitted, "reject", **{"review-comment": "Bitte kürzer."})
    assert f"{editor.get_full_name()} bekommt Ihre Begründung" in messages_in(response)
    assert "Bitte kürzer." in text_of(seen_by(client, editor, submitted))


def test_author_of_a_returned_page_can_submit_it_from_the_bar(client, submitted, lead, editor):
    review.request_changes(submitted, "Bitte kürzer.", lead)
    assert buttons(seen_by(client, editor, submitted)) == ["Erneut zur Prüfung einreichen"]


def test_leads_read_why_the_desk_decided_against_a_text_for_their_house(
    submitted, lead, national_editor
):
    OutgoingMail.objects.all().delete()
    review.request_changes(submitted, "Bitte kürzer.", national_editor)
    assert "Bitte kürzer." in OutgoingMail.objects.get(recipient=lead.email).body


def test_reason_of_the_desk_is_read_by_the_lead_it_comes_to_again(
    client, example, editor, lead, national_editor
):
    review.submit(example, editor)
    review.approve(example, lead)
    review.request_changes(example, "Bitte das Datum ergänzen.", national_editor)
    draft = fresh(example).get_latest_revision_as_object()
    draft.title = "Am 3. März: Werkzeugverleih"
    draft.save_revision(user=editor)
    fresh(example).current_workflow_state.resume(editor)
    bar = text_of(seen_by(client, lead, example))
    assert f"Wurde von {national_editor.get_full_name()} am" in bar
    assert "Bitte das Datum ergänzen." in bar


def test_changes_without_a_reason_are_refused_and_what_was_typed_stays(client, submitted, lead):
    response = pressed(client, lead, submitted, "reject", title="Ohne Tippfehler")
    assert "Bitte schreiben Sie, was geändert werden soll." in response.content.decode()
    assert response.context["form"]["title"].value() == "Ohne Tippfehler"
    assert fresh(submitted).current_workflow_task is not None


def test_new_page_says_that_it_was_never_public(client, submitted, lead):
    assert "noch nie öffentlich" in text_of(seen_by(client, lead, submitted))


def test_what_differs_from_the_public_page_is_shown(client, lead, public_news, editor):
    changed_by(editor, public_news, title="Ein neuer Titel")
    review.submit(fresh(public_news), editor)
    bar = seen_by(client, lead, public_news)
    assert [term.get_text() for term in bar.select("dt")] == ["Titel"]
    assert bar.select_one("dd .addition") is not None


def test_text_that_changed_meanwhile_is_not_approved(client, submitted, lead, second_lead):
    client.force_login(lead)
    data = with_bar_fields(client, submitted)
    changed_by(second_lead, submitted, title="Anders")
    response = client.post(edit_url(submitted), data | {"review-decision": "approve"})
    assert "hat diesen Text am" in response.content.decode()
    assert not fresh(submitted).live
    assert fresh(submitted).get_latest_revision_as_object().title == "Anders"


def test_what_was_typed_stays_where_the_text_changed_meanwhile(
    client, submitted, lead, second_lead
):
    client.force_login(lead)
    data = with_bar_fields(client, submitted) | {"title": "Ohne Tippfehler"}
    changed_by(second_lead, submitted, title="Anders")
    decision = {"review-decision": "approve", "review-comment": "Gut."}
    response = client.post(edit_url(submitted), data | decision)
    assert response.context["form"]["title"].value() == "Ohne Tippfehler"
    assert "Gut." in text_of(bar_of(response))


def test_saving_by_itself_does_not_overwrite_the_new_version(client, submitted, lead, second_lead):
    client.force_login(lead)
    data = with_bar_fields(client, submitted) | {"title": "Ohne Tippfehler"}
    changed_by(second_lead, submitted, title="Anders")
    response = client.post(edit_url(submitted), data, headers={"accept": "application/json"})
    assert (response.status_code, response.json()["error_code"]) == (400, "invalid_revision")
    assert fresh(submitted).get_latest_revision_as_object().title == "Anders"


def test_text_a_colleague_saved_unchanged_can_be_approved(client, submitted, lead, second_lead):
    client.force_login(lead)
    data = with_bar_fields(client, submitted)
    changed_by(second_lead, submitted)
    client.post(edit_url(submitted), data | {"review-decision": "approve"})
    assert fresh(submitted).live


def test_who_lost_the_role_meanwhile_decides_nothing(client, submitted, region, lead, second_lead):
    client.force_login(lead)
    data = with_bar_fields(client, submitted) | {"title": "Ohne Tippfehler"}
    lead.groups.remove(region.leads_group)
    lead.groups.add(region.editors_group)
    response = client.post(edit_url(submitted), data | {"review-decision": "approve"})
    assert "Sie prüfen diese Seite nicht (mehr)" in response.content.decode()
    assert response.context["form"]["title"].value() == "Ohne Tippfehler"
    assert not fresh(submitted).live


def test_second_of_two_reviewers_reads_who_decided(client, submitted, lead, second_lead):
    client.force_login(second_lead)
    data = with_bar_fields(client, submitted)
    review.approve(submitted, lead)
    response = client.post(edit_url(submitted), data | {"review-decision": "approve"})
    assert lead.get_full_name() in messages_in(response)
    approvals = PageLogEntry.objects.filter(page=submitted.pk, action="wagtail.workflow.approve")
    assert approvals.count() == 1


def test_main_action_of_a_reviewer_is_to_approve(client, submitted, lead):
    client.force_login(lead)
    html = BeautifulSoup(client.get(edit_url(submitted)).content, "html.parser")
    first = html.select_one("footer .actions button")
    assert first["data-workflow-action-name"] == "approve"


def test_main_action_of_a_waiting_author_is_not_to_call_the_review_off(client, submitted, editor):
    client.force_login(editor)
    html = BeautifulSoup(client.get(edit_url(submitted)).content, "html.parser")
    assert html.select_one("footer .actions button").get("name") != "action-cancel-workflow"


def test_main_action_of_an_editor_is_to_submit_since_drafts_save_themselves(client, news, editor):
    client.force_login(editor)
    html = BeautifulSoup(client.get(edit_url(news)).content, "html.parser")
    assert html.select_one("footer .actions button").get("name") == "action-submit"
    assert html.select_one("footer .action-save")


def test_button_to_take_a_review_on_is_described(client, news, editor, lead):
    review.submit(news, editor)
    bar = seen_by(client, lead, news)
    (button,) = (one for one in bar.select("button") if "Ich übernehme" in one.get_text())
    described = bar.select_one(f"#{button['aria-describedby']}")
    assert described
    assert "drei Tage" in described.get_text()


def test_taking_a_review_on_does_not_lose_the_way_back(client, news, editor, lead):
    review.submit(news, editor)
    client.force_login(lead)
    address = f"{edit_url(news)}?next={reverse('wagtailadmin_home')}"
    assert bar_of(client.get(address)).select_one("[name=next]")["value"] == address
