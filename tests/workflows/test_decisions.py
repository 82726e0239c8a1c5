"""Two reviewers at once, double clicks, missing reasons, and the difference to what is public."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page, TaskState

from cms.models import OutgoingMail
from demo.people import build_lead
from demo.review import approve, publish, request_changes, submit
from tests.admin_forms import form_data
from workflows.middleware import refuse_second_decision
from workflows.refusals import ReviewRefused
from workflows.review_views import pass_on


@pytest.fixture
def second_lead(region):
    """A colleague of the lead."""
    return build_lead(region, "zweite@example.org", first_name="Bodo", last_name="Zweiter")


def current(page):
    return Page.objects.get(pk=page.pk).specific


def url_of(step, action: str = "approve") -> str:
    page_id = step.workflow_state.object_id
    return reverse("wagtailadmin_pages:workflow_action", args=[page_id, action, step.pk])


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def decide(client, step, action: str = "approve", **data):
    home = reverse("wagtailadmin_home")
    return client.post(url_of(step, action), {"next": home, **data}, follow=True)


def test_the_second_approval_is_told_who_was_first(news, editor, lead, second_lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    approve(news, lead)
    text = said(decide(sign_in(second_lead), step))
    assert "wurde schon freigegeben: von Annette Leitung am" in text
    assert "hat nichts verändert" in text


def test_the_second_approval_changes_nothing(news, editor, lead, second_lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    approve(news, lead)
    decide(sign_in(second_lead), step)
    assert TaskState.objects.get(pk=step.pk).finished_by == lead
    assert TaskState.objects.count() == 1


def test_a_late_refusal_does_not_take_the_approval_back(news, editor, lead, second_lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    approve(news, lead)
    text = said(decide(sign_in(second_lead), step, "reject", comment="Noch nicht."))
    assert "wurde schon freigegeben" in text
    assert current(news).live


def test_a_late_approval_does_not_take_the_refusal_back(news, editor, lead, second_lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    request_changes(news, "Der Ort fehlt.", lead)
    text = said(decide(sign_in(second_lead), step))
    assert "Annette Leitung hat zu" in text
    assert not current(news).live


def test_a_double_click_approves_once(news, editor, lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    client = sign_in(lead)
    decide(client, step)
    OutgoingMail.objects.all().delete()
    assert "Sie haben" in said(decide(client, step))
    assert not OutgoingMail.objects.exists()


def test_a_double_click_of_the_desk_does_not_decide_the_next_step(
    example, editor, lead, national_editor, sign_in
):
    submit(example, editor)
    step = current(example).current_workflow_task_state
    client = sign_in(national_editor)
    decide(client, step)
    decide(client, step)
    assert not current(example).live


def test_at_the_very_same_moment_one_comes_second(news, editor, lead, second_lead):
    submit(news, editor)
    seen_by_both = current(news).current_workflow_task_state
    task = seen_by_both.task.specific
    task.on_action(seen_by_both, lead, "approve")
    with pytest.raises(ReviewRefused, match="Annette Leitung"):
        task.on_action(seen_by_both, second_lead, "reject", comment="Nein.")


def test_outsiders_do_not_read_who_decided(news, editor, lead, other_lead, rf):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    approve(news, lead)
    request = rf.post(url_of(step))
    request.user = other_lead
    assert refuse_second_decision(request, step.pk) is None
    with pytest.raises(PermissionDenied):
        pass_on(request, step.pk)


def test_wagtail_s_dialogue_gets_the_answer_too(news, editor, lead, second_lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    approve(news, lead)
    headers = {"x-requested-with": "XMLHttpRequest"}
    response = sign_in(second_lead).get(url_of(step), headers=headers)
    assert json.loads(response.content)["step"] == "success"


def test_a_task_of_a_deleted_page_says_so(news, editor, lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    url = url_of(step)
    current(news).delete()
    response = sign_in(lead).post(url, follow=True)
    assert "Die Seite wurde gelöscht" in said(response)


def from_editor(client, page, action: str, **data):
    """What a browser posts whose editor was opened before."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = form_data(client.get(url).context["form"])
    step = current(page).current_workflow_task_state
    form |= {"action-workflow-action": "true", "workflow-action-name": action}
    return url, form | {"review-step": str(step.pk), **data}


def test_the_editor_sends_the_step_it_shows(news, editor, lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    page = sign_in(lead).get(reverse("wagtailadmin_pages:edit", args=[news.pk]))
    assert f'name="review-step" value="{step.pk}"' in page.content.decode()


def test_an_old_editor_does_not_decide_the_next_step(
    example, editor, lead, national_editor, sign_in
):
    submit(example, editor)
    client = sign_in(national_editor)
    url, form = from_editor(client, example, "approve")
    approve(example, lead)
    response = client.post(url, form, follow=True)
    assert "wurde schon freigegeben: von Annette Leitung" in said(response)
    assert not current(example).live


def test_an_old_editor_leaves_no_draft_behind(news, editor, lead, second_lead, sign_in):
    submit(news, editor)
    client = sign_in(second_lead)
    url, form = from_editor(client, news, "approve")
    del form["review-step"]
    approve(news, lead)
    response = client.post(url, form, follow=True)
    assert "wurde schon freigegeben" in said(response)
    assert not current(news).has_unpublished_changes


def test_a_decision_is_told_once(news, editor, lead, sign_in):
    submit(news, editor)
    client = sign_in(lead)
    url, form = from_editor(client, news, "approve")
    [told] = client.post(url, form, follow=True).context["messages"]
    assert "Ihre Korrektur ist gespeichert" in str(told)


def test_an_autosave_decides_nothing(news, editor, lead, sign_in):
    submit(news, editor)
    client = sign_in(lead)
    url, form = from_editor(client, news, "approve")
    answer = client.post(url, form, headers={"accept": "application/json"})
    assert answer.json()["success"] is False
    assert current(news).current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS
    assert current(news).latest_revision == news.latest_revision


def test_changes_are_not_asked_for_without_a_reason(news, editor, lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    sign_in(lead).post(url_of(step, "reject"), {"comment": "  "})
    assert current(news).workflow_in_progress


def test_the_dialogue_says_that_the_reason_is_missing(news, editor, lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    headers = {"x-requested-with": "XMLHttpRequest"}
    response = sign_in(lead).post(url_of(step, "reject"), {"comment": ""}, headers=headers)
    assert "Bitte schreiben Sie, was geändert werden soll." in json.loads(response.content)["html"]


def test_a_forged_refusal_without_a_reason_does_nothing(news, editor, lead, sign_in):
    submit(news, editor)
    client = sign_in(lead)
    url, form = from_editor(client, news, "reject")
    client.post(url, form)
    assert current(news).workflow_in_progress


@pytest.fixture
def changed(news, editor, lead):
    """A public page with a submitted change."""
    page = publish(news, editor)
    page.title = "Frühstück in Rheine"
    page.save_revision(user=editor)
    OutgoingMail.objects.all().delete()
    submit(page, editor)
    return current(page)


def comparison(page) -> str:
    revision = page.current_workflow_task_state.revision_id
    return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", revision])


@pytest.mark.parametrize("place", ["dashboard", "editor", "mail"])
def test_the_difference_is_one_click_away(changed, lead, sign_in, place):
    client = sign_in(lead)
    if place == "mail":
        text = OutgoingMail.objects.get(recipient=lead.email).body
    elif place == "editor":
        text = client.get(reverse("wagtailadmin_pages:edit", args=[changed.pk])).content.decode()
    else:
        text = client.get(reverse("wagtailadmin_home")).content.decode()
    assert comparison(changed) in text


@pytest.mark.parametrize("who", ["lead", "editor", "national_editor"])
def test_the_difference_shows_old_and_new(request, changed, who, sign_in):
    text = sign_in(request.getfixturevalue(who)).get(comparison(changed)).content.decode()
    assert "Frühstück in Rheine" in text.replace("</span>", "").replace(
        '<span class="addition">', ""
    )


def test_the_difference_is_closed_to_other_houses(changed, other_lead, sign_in):
    response = sign_in(other_lead).get(comparison(changed), follow=True)
    assert "Rheine" not in response.content.decode()


def test_what_was_never_public_has_no_difference(news, editor, lead, sign_in):
    submit(news, editor)
    text = sign_in(lead).get(reverse("wagtailadmin_home")).content.decode()
    assert "compare" not in text


def test_taking_a_review_on_says_who_sees_it_and_how_it_ends(news, editor, lead, sign_in):
    submit(news, editor)
    text = said(decide(sign_in(lead), current(news).current_workflow_task_state, "claim"))
    assert "sieht Ihren Namen" in text
    assert "Übernahme beenden" in text


def test_giving_a_review_back_says_that_it_is_open(news, editor, lead, sign_in):
    submit(news, editor)
    step, client = current(news).current_workflow_task_state, sign_in(lead)
    decide(client, step, "claim")
    assert "wieder offen" in said(decide(client, step, "give_back"))


def test_a_claim_that_came_second_is_told_who_was_first(news, editor, lead, second_lead, sign_in):
    submit(news, editor)
    step = current(news).current_workflow_task_state
    decide(sign_in(lead), step, "claim")
    text = said(decide(sign_in(second_lead), step, "claim"))
    assert "Annette Leitung hat diese Prüfung" in text
    assert "sieht Ihren Namen" not in text
